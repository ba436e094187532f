import type { Problem } from '../design.ts';
import type { Reader } from './reader.ts';

type Slip = Extract<Problem, { is: 'syntax' }>;

/** Slips that the parser can only stumble over, found in the text itself: `p99.9`, `;`. */
export function slips(reader: Reader): Slip[] {
  const text = blank(reader.text);
  const found: Slip[] = [];
  for (const m of text.matchAll(/\bp(\d{1,2})\.(\d+)\b/g)) {
    const span = reader.span(m.index, m.index + m[0].length);
    found.push({
      is: 'syntax',
      message: `\`${m[0]}\` is not known: a tail beyond p99 cannot be told from p50 and p99. Write \`p99\`.`,
      span,
      right: 'p99',
    });
  }
  for (const m of text.matchAll(/;/g)) {
    const span = reader.span(m.index, m.index + 1);
    found.push({ is: 'syntax', message: 'A property needs no `;`: a new line or a blank ends it.', span, right: '' });
  }
  return found;
}

/** the text with its comments and strings blanked out, offsets kept */
export function blank(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^\n]|[^"\\\n])*"?/g, (m) => m.replace(/[^\n]/g, ' '));
}
