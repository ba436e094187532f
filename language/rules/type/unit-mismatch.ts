import { mismatches } from '../../model/dimensions.ts';
import type { Fix, Rule } from '../rule.ts';

export const unitMismatch: Rule = {
  name: 'type/unit-mismatch',
  severity: 'error',
  summary: 'A value has another dimension than is needed: a rate where a time belongs.',
  *check({ design }) {
    for (const { span, found, expected, owner, what, bytes } of mismatches(design)) {
      const wanted = expected.map((d) => d.words).join(', or ');
      const fixes: Fix[] = bytes
        ? [{ title: `Write \`${bytes.text}\``, edits: [{ at: bytes.span, text: bytes.text }] }]
        : [];
      const hint = bytes ? ` \`B\` is 10^9 here; \`${bytes.text}\` is a size.` : '';
      yield {
        at: span,
        message: `${what ? capital(what) : 'This'} must be ${wanted}, but this is ${found.words}.${hint}`,
        subject: owner,
        fixes,
      };
    }
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
