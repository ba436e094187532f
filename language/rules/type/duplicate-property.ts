import type { Rule } from '../rule.ts';

export const duplicateProperty: Rule = {
  name: 'type/duplicate-property',
  severity: 'error',
  summary: 'A property is written twice; the first counts.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'repeated-property') continue;
      const { key, span, first } = problem;
      yield { at: span, message: `\`${key}\` is written twice: the first counts.`, subject, related: [{ at: first, message: `\`${key}\` is first written here.` }] };
    }
  },
};
