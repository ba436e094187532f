import type { Node } from '../model/design.ts';
import type { Lines, Range } from '../text.ts';
import type { Edit, Fix } from './rule.ts';

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A new property right after the brace that opens the body: on a line of its own, or in line where the body is in one line. */
export function insertion(node: Node, text: string): Edit {
  const at = { ...node.bodySpan, start: node.bodySpan.start + 1, end: node.bodySpan.start + 1 };
  return { at, text: node.inline ? ` ${text} ` : `\n  ${text}` };
}

/** A fix as edits of the text, in the order of the text. */
export function editsOf(lines: Lines, fix: Fix): TextEdit[] {
  const offsets = fix.edits
    .map((edit) => ({ ...reach(lines.text, edit), newText: edit.text }))
    .sort((a, b) => a.start - b.start);
  return offsets.map(({ start, end, newText }) => ({
    range: { start: lines.position(start), end: lines.position(end) },
    newText,
  }));
}

function reach(text: string, { at, line }: Edit): { start: number; end: number } {
  const start = Math.min(at.at.offset + at.start, text.length);
  const end = Math.min(at.at.offset + at.end, text.length);
  if (!line) return { start, end };
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /[ \t]*(?:\r?\n|$)/y;
  rest.lastIndex = end;
  const after = rest.exec(text);
  return text.slice(first, start).trim() === '' && after
    ? { start: first, end: end + after[0].length }
    : { start, end };
}
