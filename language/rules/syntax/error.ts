import type { Rule } from '../rule.ts';

export const syntaxError: Rule = {
  name: 'syntax/error',
  severity: 'error',
  summary: 'The text cannot be read; says what was expected, with the nearest valid form.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'syntax') continue;
      const { span, message, right } = problem;
      const title = right === '' ? 'Remove it' : `Write \`${right?.trim()}\``;
      yield {
        at: span,
        message,
        subject,
        ...(right !== undefined && { fixes: [{ title, edits: [{ at: span, text: right }] }] }),
      };
    }
  },
};
