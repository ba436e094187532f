import { KINDS } from '../../schema/index.ts';
import type { Fix, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const unknownProperty: Rule = {
  name: 'type/unknown-property',
  severity: 'error',
  summary: 'A property that this kind of declaration does not have.',
  *check({ problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'unknown-property') continue;
      const { key, within, known, span } = problem;
      const meant = nearest(key, known);
      const elsewhere = KINDS.filter((k) => Object.hasOwn(k.properties, key)).map((k) => k.kind);
      const hint = meant
        ? `did you mean \`${meant}\`?`
        : elsewhere.length > 0
          ? `it belongs to \`${elsewhere.join('`, `')}\`.`
          : `it may have ${list(known)}.`;
      const fixes: Fix[] = meant ? [{ title: `Change to \`${meant}\``, edits: [{ at: span, text: meant }] }] : [];
      // a budget that stands in the wrong place is still meant
      if (key !== 'budget')
        fixes.push({ title: `Remove \`${key}\``, edits: [{ at: problem.whole, text: '', line: true }] });
      yield { at: span, message: `\`${within}\` has no property \`${key}\`: ${hint}`, subject, fixes };
    }
  },
};

const list = (words: readonly string[]): string => words.map((w) => `\`${w}\``).join(', ');
