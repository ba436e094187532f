/** A stretch of a text, by offsets, and what to put there. */
export interface TextChange {
  readonly start: number;
  /** exclusive */
  readonly end: number;
  readonly text: string;
}

/** A text with changes made that do not overlap and stand in its order. */
export function changed(text: string, changes: readonly TextChange[]): string {
  let made = '';
  let at = 0;
  for (const { start, end, text: by } of changes) {
    made += text.slice(at, start) + by;
    at = end;
  }
  return made + text.slice(at);
}

/** One or no change: nothing is said where the text is right already. */
export function* put(text: string, start: number, end: number, by: string): Generator<TextChange> {
  if (text.slice(start, end) !== by) yield { start, end, text: by };
}

/**
 * White space with line breaks in it becomes `breaks` line breaks and an indentation, in a change for the end of the line before,
 * for the blank lines, and for the indentation: each touches whole lines, so that a range of lines can be formatted alone.
 */
export function* putBreaks(
  text: string,
  start: number,
  end: number,
  breaks: number,
  indent: number,
): Generator<TextChange> {
  const first = text.indexOf('\n', start);
  const eol = text[first - 1] === '\r' && first > start ? '\r\n' : '\n';
  const last = text.lastIndexOf('\n', end - 1);
  yield* put(text, start, first + 1 - eol.length, '');
  yield* put(text, first + 1, last + 1, eol.repeat(breaks - 1));
  yield* put(text, last + 1, end, ' '.repeat(indent));
}

/** How many line breaks there are between two offsets, and no more than two. */
export function breaksIn(text: string, start: number, end: number): number {
  const between = text.slice(start, end);
  const first = between.indexOf('\n');
  if (first < 0) return 0;
  return between.indexOf('\n', first + 1) < 0 ? 1 : 2;
}

/**
 * The lines of a block comment move with its first one, from column `from` to column `to`; lines that begin with `*` are put under
 * its star.
 */
export function* moveComment(text: string, start: number, end: number, to: number): Generator<TextChange> {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const by = to - width(text.slice(lineStart, start));
  const lines = [...text.slice(start, end).matchAll(/\n([ \t]*)(?=[^\s])/g)];
  const stars = lines.every((m) => text[start + m.index + m[0].length] === '*');
  if (!stars && by === 0) return;
  for (const { index, 1: blanks = '' } of lines) {
    const at = start + index + 1;
    yield* put(text, at, at + blanks.length, ' '.repeat(stars ? to + 1 : Math.max(0, width(blanks) + by)));
  }
}

/** In columns, of which a tab fills two. */
const width = (blanks: string): number => blanks.replaceAll('\t', '  ').replaceAll('\uFEFF', '').length;
