import { breaksIn, moveComment, put, putBreaks, type TextChange } from './format/changes.ts';
import { kept } from './format/blanks.ts';
import { formatItem } from './format/item.ts';
import type { Item, Problem } from './model/design.ts';
import { readSource, type SourceFile } from './model/source-file.ts';
import { lineAt, lineStarts } from './text.ts';

export { changed, type TextChange } from './format/changes.ts';

/** A top-level item, or a comment between two. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly is: 'item' | 'comment';
  /** it has several lines, a doc comment apart */
  readonly tall: boolean;
  /** it has a mistake of syntax: what it should look like is not known, and it stays as it is */
  readonly broken: boolean;
}

/**
 * What has to change so that a document has the one form: two blanks a level, a blank line between items of several lines and never
 * two, one blank around signs and two between the properties of a line. Line breaks stay where they are, comments keep their text,
 * and columns that the author has aligned in front of a comment, a brace or a property stay. Items with mistakes of syntax stay
 * untouched. With a range (offsets), only the lines that it touches change.
 */
export function formatFile(file: SourceFile, range?: { readonly start: number; readonly end: number }): TextChange[] {
  const { text } = file;
  const changes = [...changesOf(file)].sort((a, b) => a.start - b.start || a.end - b.end);
  if (!range) return changes;
  const starts = lineStarts(text);
  const first = starts[lineAt(starts, range.start)]!;
  const end = starts[lineAt(starts, range.end) + 1] ?? text.length + 1;
  return changes.filter((change) => change.start >= first && change.end < end);
}

/** The same for a text that nobody has read yet. */
export const format = (text: string): TextChange[] => formatFile(readSource('', text));

function* changesOf(file: SourceFile): Generator<TextChange> {
  const { text } = file;
  const { pieces, open } = piecesOf(file);
  const [first] = pieces;
  const last = pieces.at(-1);
  const begin = text.startsWith('\uFEFF') ? 1 : 0;
  if (!first?.broken) yield* put(text, begin, first?.start ?? text.length, '');
  const rows = rowsOf(text, pieces);
  for (const [r, row] of rows.entries()) {
    if (r > 0) yield* betweenRows(text, rows, r);
    for (const [i, piece] of row.entries()) {
      if (i > 0) yield* inRow(text, row[i - 1]!, piece);
      if (piece.broken) continue;
      const moved = i === 0 && rows[r - 1]?.at(-1)?.broken !== true;
      if (piece.is === 'item') yield* formatItem(text, piece.start, piece.end, moved);
      else if (moved) yield* moveComment(text, piece.start, piece.end, 0);
    }
  }
  if (last && !last.broken && !open) yield* put(text, last.end, text.length, lastBreak(text, last.end));
}

function piecesOf(file: SourceFile): { pieces: readonly Piece[]; open: boolean } {
  const { text } = file;
  const items = file.entries.map(({ anchor: { offset }, length, item }): Piece => {
    const own = text.slice(offset, offset + length);
    const code = own.replace(/^(?:\s+|\/\*[\s\S]*?\*\/)*/, '');
    const broken = problemsOf(item).some(({ is }) => is === 'syntax') || /\r(?!\n)/.test(own);
    return { start: offset, end: offset + length, is: 'item', tall: code.includes('\n'), broken };
  });
  let inside = 0;
  const comments = file.comments.flatMap(({ start, end }): Piece[] => {
    while (items[inside] && items[inside]!.end <= start) inside++;
    if (items[inside] && items[inside]!.start <= start) return [];
    const shown = start + text.slice(start, end).trimEnd().length;
    return [{ start, end: shown, is: 'comment', tall: false, broken: false }];
  });
  return { pieces: [...items, ...comments].sort((a, b) => a.start - b.start), open: file.problems.length > 0 };
}

function problemsOf(item: Item): readonly Problem[] {
  switch (item.is) {
    case 'node':
      return item.node.problems;
    case 'param':
      return item.param.problems;
    case 'scenario':
      return item.scenario.problems;
    case 'requirement':
      return item.requirement.problems;
    default:
      return item.problems;
  }
}

/** Pieces with no line break between them. */
function rowsOf(text: string, pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const [i, piece] of pieces.entries()) {
    if (i > 0 && breaksIn(text, pieces[i - 1]!.end, piece.start) === 0) rows.at(-1)!.push(piece);
    else rows.push([piece]);
  }
  return rows;
}

/** Beside an item with mistakes white space stays: where such an item ends is a guess. */
function* betweenRows(text: string, rows: readonly Piece[][], r: number): Generator<TextChange> {
  const above = rows[r - 1]!;
  const [last, next] = [above.at(-1)!, rows[r]![0]!];
  if (last.broken || next.broken) return;
  const apart = above.some(({ is }) => is === 'item') && (above.some(({ tall }) => tall) || isTall(text, rows, r));
  yield* putBreaks(text, last.end, next.start, apart ? 2 : breaksIn(text, last.end, next.start), 0);
}

/** Whether a row has an item of several lines, or is a comment right above one. */
function isTall(text: string, rows: readonly Piece[][], r: number): boolean {
  for (let at = r; at < rows.length; at++) {
    const row = rows[at]!;
    if (row.some(({ is }) => is === 'item')) return row.some(({ tall }) => tall);
    const next = rows[at + 1]?.[0];
    if (!next || breaksIn(text, row.at(-1)!.end, next.start) > 1) return false;
  }
  return false;
}

function* inRow(text: string, a: Piece, b: Piece): Generator<TextChange> {
  if (a.broken || b.broken) return;
  const gap = text.slice(a.end, b.start);
  yield* put(text, a.end, b.start, a.is === 'comment' ? ' ' : kept(gap, b.is === 'item' ? 2 : 1));
}

/** The line break that ends a text: its own, else the first of the text. */
function lastBreak(text: string, from: number): string {
  const [own] = /\r?\n/.exec(text.slice(from)) ?? /\r?\n/.exec(text) ?? ['\n'];
  return own;
}
