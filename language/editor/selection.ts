import type { Property, Span } from '../model/design.ts';
import type { Document } from '../workspace.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A stretch of a document's text; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What an editor selects step by step around an offset: the word, the value, the property, the block, the item, the file. */
export function selectionsAt(document: Document, offset: number): Stretch[] {
  const holds = ({ start, end }: Stretch) => start <= offset && offset <= end && end > start;
  const whole = { start: 0, end: document.text.length };
  const entry = document.file.entries.find(({ anchor, length }) =>
    holds({ start: anchor.offset, end: anchor.offset + length }),
  );
  const comment = document.file.comments.find(holds);
  const around: Stretch[] = comment ? [whole, comment] : [whole];
  if (!entry) return nested(around.filter(holds));
  const item = { start: entry.anchor.offset, end: entry.anchor.offset + entry.length };
  const tokens = tokensOf(document.text, item.start, item.end);
  const words = tokens.filter(({ is }) => is !== 'sign');
  return nested([...around, item, ...words, ...blocks(tokens), ...spansIn(entry.item)].filter(holds));
}

/** The text between two braces without the white space at its ends, and with the braces. */
function blocks(tokens: readonly Token[]): Stretch[] {
  const open: number[] = [];
  const found: Stretch[] = [];
  tokens.forEach(({ is, text, end }, i) => {
    if (is === 'sign' && text === '{') open.push(i);
    const from = is === 'sign' && text === '}' ? open.pop() : undefined;
    if (from === undefined) return;
    found.push({ start: tokens[from]!.start, end });
    if (i - from > 1) found.push({ start: tokens[from + 1]!.start, end: tokens[i - 1]!.end });
  });
  return found;
}

/** Every part of an item that lowering has noted the place of, and of properties the key with its value. */
function spansIn(part: unknown): Stretch[] {
  if (typeof part !== 'object' || part === null) return [];
  if (isSpan(part)) return [{ start: part.at.offset + part.start, end: part.at.offset + part.end }];
  const inner = part instanceof Map ? [...part.values()] : Object.values(part);
  const found = inner.flatMap(spansIn);
  if (!isProperty(part)) return found;
  const { at } = part.keySpan;
  return [...found, { start: at.offset + part.keySpan.start, end: at.offset + part.valueSpan.end }];
}

const isSpan = (part: object): part is Span => 'at' in part && 'start' in part && 'end' in part;

const isProperty = (part: object): part is Property => 'keySpan' in part && 'valueSpan' in part;

/** From the smallest to the largest, each inside of the next. */
function nested(stretches: readonly Stretch[]): Stretch[] {
  const chain: Stretch[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.end - a.start - (b.end - b.start))) {
    const last = chain.at(-1);
    if (!last || (start <= last.start && end >= last.end && end - start > last.end - last.start))
      chain.push({ start, end });
  }
  return chain;
}
