import { KINDS } from '../../schema/index.ts';
import type { Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const unknownKind: Rule = {
  name: 'type/unknown-kind',
  severity: 'error',
  summary: 'A declaration is of a kind that the language does not have.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'unknown-kind') continue;
      const meant = nearest(
        problem.kind,
        KINDS.map((k) => k.kind),
      );
      const message =
        problem.kind === ''
          ? `\`${subject}\` needs its kind before it, such as \`model ${subject} { ... }\`.`
          : `There is no kind \`${problem.kind}\`${meant ? `: did you mean \`${meant}\`?` : `. The kinds are ${KINDS.map((k) => k.kind).join(', ')}.`}`;
      yield {
        at: problem.span,
        message,
        subject,
        ...(meant && { fixes: [{ title: `Change to \`${meant}\``, edits: [{ at: problem.span, text: meant }] }] }),
      };
    }
  },
};
