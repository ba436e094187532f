import { mismatches } from '../../model/dimensions.ts';
import type { Span } from '../../model/design.ts';
import { BYTES, type Dimension, MONEY_RATE, RATE, TIME } from '../../units/dimension.ts';
import type { Fix, Rule } from '../rule.ts';

export const unitMismatch: Rule = {
  name: 'type/unit-mismatch',
  severity: 'error',
  summary: 'A value has another dimension than is needed: a rate where a time belongs.',
  *check({ design }) {
    for (const { span, found, expected, owner, what, bytes, literal } of mismatches(design)) {
      const wanted = expected.map((d) => d.words).join(', or ');
      const fixes = bytes
        ? [write(bytes)]
        : literal
          ? unitsFor(expected).map((unit) => write({ span, text: `${literal}${unit}` }, owner === null))
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

/** A requirement that could not be read may turn out not to hold. */
const write = ({ span, text }: { span: Span; text: string }, requirement = false): Fix => ({
  title: `Write \`${text}\`${requirement ? ', and see whether it holds' : ''}`,
  edits: [{ at: span, text }],
});

/** The units that a bare number most likely lacks. */
const UNITS: ReadonlyMap<Dimension, readonly string[]> = new Map([
  [RATE, ['/s']],
  [TIME, ['ms', 's', 'h']],
  [BYTES, [' bytes', 'GB']],
  [MONEY_RATE, ['/month', '/h']],
]);

const unitsFor = (expected: readonly Dimension[]): readonly string[] => expected.flatMap((d) => UNITS.get(d) ?? []);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
