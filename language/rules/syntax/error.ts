import type { Fix, Rule } from '../rule.ts';

export const syntaxError: Rule = {
  name: 'syntax/error',
  severity: 'error',
  summary: 'The text cannot be read; says what was expected, with the nearest valid form.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'syntax') continue;
      const { span, message, rights, at = span } = problem;
      const fixes = rights.map(
        (text): Fix => ({ title: text === '' ? 'Remove it' : `Write \`${text.trim()}\``, edits: [{ at, text }] }),
      );
      yield { at: span, message, subject, fixes };
    }
  },
};
