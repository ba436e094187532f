import { RULES } from '../index.ts';
import type { Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const unusedSuppression: Rule = {
  name: 'style/unused-suppression',
  severity: 'warning',
  summary: 'A comment that silences a rule where the rule has nothing to say.',
  *check({ idle }) {
    for (const { rule, span, ruleSpan } of idle) {
      const known = RULES.some((r) => r.name === rule);
      const meant =
        known || !rule
          ? undefined
          : nearest(
              rule,
              RULES.map((r) => r.name),
            );
      const remove = { title: 'Remove the comment', edits: [{ at: span, text: '', line: true as const }] };
      yield {
        at: span,
        message: !rule
          ? 'This comment names no rule and silences nothing: write `mlsys-ignore RULE: reason`.'
          : known
            ? `Nothing here breaks \`${rule}\`: this comment silences nothing.`
            : `There is no rule \`${rule}\`${meant ? `: did you mean \`${meant}\`?` : ': this comment silences nothing.'}`,
        subject: null,
        fixes: [
          ...(meant ? [{ title: `Change to \`${meant}\``, edits: [{ at: ruleSpan, text: meant }] }] : []),
          remove,
        ],
      };
    }
  },
};
