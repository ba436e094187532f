import type { Span } from './model/design.ts';
import type { Edit, Fix } from './rules/rule.ts';
import { lineAt, lineStarts } from './rules/run.ts';

export interface Position {
  /** from zero */
  readonly line: number;
  /** UTF-16 code units from the start of the line, from zero */
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Offsets and positions of one text. A line ends with LF; a CR before it belongs to the line. */
export class Lines {
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.starts = lineStarts(text);
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const line = lineAt(this.starts, at);
    return { line, character: at - this.starts[line]! };
  }

  offset({ line, character }: Position): number {
    const start = this.starts[line];
    if (start === undefined) return line < 0 ? 0 : this.text.length;
    const end = this.starts[line + 1] ?? this.text.length + 1;
    return Math.max(start, Math.min(start + character, end - 1));
  }

  range(span: Span): Range {
    return { start: this.position(span.at.offset + span.start), end: this.position(span.at.offset + span.end) };
  }
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A fix as edits of the text, in the order of the text. */
export function editsOf(lines: Lines, fix: Fix): TextEdit[] {
  const offsets = fix.edits.map((edit) => ({ ...reach(lines.text, edit), newText: edit.text })).sort((a, b) => a.start - b.start);
  return offsets.map(({ start, end, newText }) => ({ range: { start: lines.position(start), end: lines.position(end) }, newText }));
}

function reach(text: string, { at, line }: Edit): { start: number; end: number } {
  const start = Math.min(at.at.offset + at.start, text.length);
  const end = Math.min(at.at.offset + at.end, text.length);
  if (!line) return { start, end };
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /[ \t]*(?:\r?\n|$)/y;
  rest.lastIndex = end;
  const after = rest.exec(text);
  return text.slice(first, start).trim() === '' && after ? { start: first, end: end + after[0].length } : { start, end };
}
