import { RULES } from '../index.ts';
import type { Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const unusedSuppression: Rule = {
  name: 'style/unused-suppression',
  severity: 'warning',
  summary: 'A comment that silences a rule where the rule has nothing to say.',
  *check({ idle }) {
    for (const suppression of idle) {
      const { rule, span, ruleSpan, reason, late } = suppression;
      const known = RULES.some((r) => r.name === rule);
      const meant =
        known || !rule
          ? undefined
          : nearest(
              rule,
              RULES.map((r) => r.name),
            );
      const top = { ...span, start: 0, end: 0 };
      const moved = `// mlsys-ignore-file ${rule}: ${reason || 'reason'}\n`;
      const move = {
        title: 'Move it to the first line',
        edits: [
          { at: top, text: moved },
          { at: span, text: '', line: true as const },
        ],
      };
      const remove = { title: 'Remove the comment', edits: [{ at: span, text: '', line: true as const }] };
      yield {
        at: span,
        message: !rule
          ? 'This comment names no rule and silences nothing: write `mlsys-ignore RULE: reason`.'
          : known
            ? late
              ? `\`mlsys-ignore-file\` stands in the first lines of a file, before its declarations: here it silences nothing.`
              : `Nothing here breaks \`${rule}\`: this comment silences nothing.`
            : `There is no rule \`${rule}\`${meant ? `: did you mean \`${meant}\`?` : ': this comment silences nothing.'}`,
        subject: null,
        fixes: [
          ...(meant ? [{ title: `Change to \`${meant}\``, edits: [{ at: ruleSpan, text: meant }] }] : []),
          ...(late && known ? [move] : []),
          remove,
        ],
      };
    }
  },
};
