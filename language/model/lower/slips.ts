import type { Reader } from './reader.ts';

/** A slip that the parser can only stumble over, found in the text itself. */
interface Slip {
  readonly find: RegExp;
  readonly message: string | ((found: string) => string);
  /** what to write instead, and a second form where two may be meant; absent where nothing is clearly meant */
  readonly right?: string | ((found: string) => string);
  readonly or?: string;
  /** the pieces around it mean nothing by themselves: what else the line is said to lack follows from it */
  readonly shatters?: true;
}

const SLIPS: readonly Slip[] = [
  {
    find: /\bp\d{1,2}\.\d+\b/g,
    message: (found) => `\`${found}\` is not known: a tail beyond p99 cannot be told from p50 and p99. Write \`p99\`.`,
    right: 'p99',
    shatters: true,
  },
  { find: /;/g, message: 'A property needs no `;`: a new line or a blank ends it.', right: '' },
  {
    find: /(?<![\w.)\]}])\.\d[\d_]*/g,
    message: (found) => `A number begins with a digit: write \`0${found}\`.`,
    right: (found) => `0${found}`,
    shatters: true,
  },
  {
    find: /(?<![\w.])\d[\d_]*\.(?![\d.])/g,
    message: (found) => `A number does not end with a point: write \`${found.slice(0, -1)}\`.`,
    right: (found) => found.slice(0, -1),
    shatters: true,
  },
  { find: /\.{3,}/g, message: 'A range has two dots, as in `15ms..30ms`.', right: '..', shatters: true },
  {
    find: /!=|\u2260/g,
    message: 'Values are compared by `<`, `<=`, `>` or `>=`: two that are measured are never exactly different.',
    shatters: true,
  },
  {
    find: /===?/g,
    message: 'Values are compared by `<`, `<=`, `>` or `>=`: two that are measured are never exactly equal.',
    right: '<=',
    or: '>=',
    shatters: true,
  },
  { find: /=<|\u2264/g, message: 'At most is written `<=`.', right: '<=', shatters: true },
  { find: /\u2265/g, message: 'At least is written `>=`.', right: '>=', shatters: true },
  { find: /--?>>|-->|\u2192/g, message: 'The next step of a flow comes after `->`.', right: '->', shatters: true },
  {
    find: /=>/g,
    message: 'At least is written `>=`, and the next step of a flow `->`.',
    right: '>=',
    or: '->',
    shatters: true,
  },
  {
    find: /[\u201C\u201D\u2018\u2019'`][^\u201C\u201D\u2018\u2019'`"\n]*[\u201C\u201D\u2018\u2019'`]/g,
    message: 'A text stands in double quotes.',
    right: (found) => `"${found.slice(1, -1)}"`,
    shatters: true,
  },
  { find: /#(?=[ #!])/g, message: 'A comment begins with `//`.', right: '//', shatters: true },
  {
    find: /(?<![\w./])\d[\d_./]*\s*\u00D7\s*(?=\w)/g,
    message: 'How many of something is written with the letter `x`.',
    right: (found) => found.replace(/\s*\u00D7\s*/, ' x '),
    shatters: true,
  },
  {
    find: /(?<![$\w.])\d[\d_.]*[kMB]?[ \t]*(?:\$|(?:USD|usd|dollars?)\b)/g,
    message: 'An amount of money begins with `$`.',
    right: (found) => `$${found.replace(/[ \t]*(?:\$|[Uu].*|d.*)$/, '')}`,
    shatters: true,
  },
  { find: /[\u20AC\u00A3\u00A5]\s*\d*/g, message: 'Money is in US dollars, such as `$20k/month`.', shatters: true },
  {
    find: /(?<=\bbudget\s*:\s*(?:\w+\s+)?p\d\d?)\s*:/g,
    message: 'A budget is a bound, such as `p99 < 50ms`.',
    right: ' <',
    shatters: true,
  },
  {
    find: /(?<=^[ \t]*require\s[^"=<>{}]*?)(?<![<>=!])=(?![=<>])/gm,
    message: 'A requirement compares by `<`, `<=`, `>` or `>=`.',
    right: '<=',
    or: '>=',
    shatters: true,
  },
];

/** Most items have none: one look says so. */
const ANY = new RegExp(SLIPS.map((slip) => slip.find.source).join('|'));

/** Notes the slips of an item; gives their lines. */
export function noteSlips(reader: Reader, lineOf: (offset: number) => number): Set<number> {
  const lines = new Set<number>();
  if (!ANY.test(reader.text)) return lines;
  const text = blank(reader.text);
  for (const { find, message, right, or, shatters } of SLIPS) {
    for (const m of text.matchAll(find)) {
      const [found] = m;
      const line = lineOf(m.index);
      const span = reader.span(m.index, m.index + found.length);
      reader.syntax(said(message, found)!, span, said(right, found), or);
      reader.slips.add(reader.problems.at(-1)!);
      lines.add(line);
      if (shatters) reader.shattered.push(span);
    }
  }
  return lines;
}

const said = (words: string | ((found: string) => string) | undefined, found: string): string | undefined =>
  typeof words === 'function' ? words(found) : words;

/** the text with its comments and strings blanked out, offsets kept */
function blank(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^\n]|[^"\\\n])*"?/g, (m) => m.replace(/[^\n]/g, ' '));
}
