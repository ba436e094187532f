import type { Lexeme } from '../syntax/parser.ts';

/** Two lexemes on one line, with what stands between them and around them. */
export interface Neighbours {
  readonly before: Lexeme | undefined;
  readonly a: Lexeme;
  /** the white space between a and b */
  readonly gap: string;
  readonly b: Lexeme;
  readonly after: Lexeme | undefined;
  /** inside of how many braces */
  readonly depth: number;
  /** b is a brace that is closed on its line */
  readonly oneLine: boolean;
  /** b ends its line */
  readonly last: boolean;
}

/** The white space that belongs between two lexemes of a line. Columns that the author has aligned stay. */
export function blanksBetween(pair: Neighbours): string {
  const { a, b, gap, depth } = pair;
  if (isComment(b)) return pair.last ? kept(gap, 1) : ' ';
  if (isComment(a)) return ' ';
  if (b.is === '{') return pair.oneLine ? kept(gap, 1) : ' ';
  if (a.is === '{' || b.is === '}') return ' ';
  if (depth > 0 && BEGINS_PROPERTY.has(b.is)) return kept(gap, 2);
  if (/^[:,)\]]$/.test(b.is) || /^[([~@]$/.test(a.is) || b.is === '@') return '';
  if (/^[:,]$/.test(a.is)) return ' ';
  if (b.is === '[' || (b.is === '(' && a.is === 'CALL')) return '';
  if (a.is === '-' && isSign(pair.before)) return '';
  const dotted = dots(pair);
  if (dotted !== undefined) return dotted;
  if (isOperator(a) || isOperator(b)) return isSlice(pair) ? '' : ' ';
  // a blank may make one word of two: `5%` and `tokens`
  return gap === '' ? '' : ' ';
}

export const isComment = (lexeme: Lexeme | undefined): boolean => lexeme?.is.endsWith('_COMMENT') === true;

/** The lexemes that a property, a block or an assignment begins with. */
export const BEGINS_PROPERTY: ReadonlySet<string> = new Set(['KEY', 'BLOCK', 'ASSIGN']);

/** A run of blanks as the author has it, if it is as long as it should be at least. */
export const kept = (gap: string, least: number): string =>
  gap.length >= least && /^ *$/.test(gap) ? gap : ' '.repeat(least);

const OPERATORS: ReadonlySet<string> = new Set(['->', '&', '*', '/', '+', '-', '^', '<', '<=', '>', '>=', '=']);

const isOperator = ({ is }: Lexeme): boolean => OPERATORS.has(is);

/** Whether a minus behind this is a sign, not a subtraction: `-5`, `a * -5`, `mde -10%`. */
const isSign = (before: Lexeme | undefined): boolean =>
  before === undefined ||
  isOperator(before) ||
  /^[([:,{]$|^\.\.$/.test(before.is) ||
  (before.is === 'ID' && /^(?:baseline|mde)$/.test(before.text));

/** `A.b` and `5ms..8ms` have no blanks, but `12 h .. 15 h` needs them: before a dot `h` would be no unit. */
function dots({ before, a, b, after }: Neighbours): string | undefined {
  if (b.is === '.' || b.is === '..') return spaced(a) || (b.is === '..' && spaced(after)) ? ' ' : '';
  if (a.is === '..') return spaced(before) || spaced(b) ? ' ' : '';
  return a.is === '.' ? '' : undefined;
}

const spaced = (lexeme: Lexeme | undefined): boolean => lexeme?.is === 'QUANTITY' && /[ \t]/.test(lexeme.text);

/** `1/7 x H100` stays as the author has it. */
function isSlice({ before, a, b, after, gap }: Neighbours): boolean {
  const whole = (lexeme: Lexeme | undefined) => lexeme?.is === 'QUANTITY' && /^\d+$/.test(lexeme.text);
  if (gap !== '') return false;
  return a.is === '/'
    ? whole(before) && whole(b) && before?.end === a.start
    : b.is === '/' && whole(a) && whole(after) && after?.start === b.end;
}
