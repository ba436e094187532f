import type { Span } from './model/design.ts';

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

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}

/** The line of an offset, by bisection. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
