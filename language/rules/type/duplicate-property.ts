import type { Rule } from '../rule.ts';

export const duplicateProperty: Rule = {
  name: 'type/duplicate-property',
  severity: 'error',
  summary: 'A property is written twice; the first counts.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'repeated-property') continue;
      const { key, span, first, whole } = problem;
      yield {
        at: span,
        message: `\`${key}\` is written twice: the first counts.`,
        subject,
        related: [{ at: first, message: `\`${key}\` is first written here.` }],
        // which of two budgets counts is for their author to say
        fixes:
          key === 'budget'
            ? []
            : [{ title: `Remove the second \`${key}\``, edits: [{ at: whole, text: '', line: true }] }],
      };
    }
  },
};
