import { type Lexeme, lexemesOf } from '../syntax/parser.ts';
import { BEGINS_PROPERTY, blanksBetween, isComment, type Neighbours } from './blanks.ts';
import { breaksIn, moveComment, put, putBreaks, type TextChange } from './changes.ts';

/**
 * What has to change inside of one item without mistakes; `text` is the document's, the item stands from `start` to `end`, and
 * `moved` says whether its first line is put into column 0.
 */
export function* formatItem(text: string, start: number, end: number, moved: boolean): Generator<TextChange> {
  const lexemes = lexemesOf(text.slice(start, end)).map((lexeme) => trimmed(lexeme, start));
  const levels = new Levels(lexemes);
  for (const [i, lexeme] of lexemes.entries()) {
    const a = lexemes[i - 1];
    const breaks = a ? breaksIn(text, a.end, lexeme.start) : 0;
    const indent = levels.indent[i]!;
    if (a && breaks > 0)
      yield* putBreaks(text, a.end, lexeme.start, a.is === '{' || lexeme.is === '}' ? 1 : breaks, indent);
    else if (a) yield* put(text, a.end, lexeme.start, blanksBetween(neighbours(text, lexemes, i, levels)));
    if (lexeme.is === 'QUANTITY') yield* unitOf(text, lexeme);
    if (lexeme.is === 'BLOCK_COMMENT' && (a ? breaks > 0 : moved))
      yield* moveComment(text, lexeme.start, lexeme.end, indent);
  }
}

function neighbours(text: string, lexemes: readonly Lexeme[], i: number, levels: Levels): Neighbours {
  const [before, a, b, after] = [lexemes[i - 2], lexemes[i - 1]!, lexemes[i]!, lexemes[i + 1]];
  const close = levels.closed.get(b);
  return {
    before,
    a,
    gap: text.slice(a.end, b.start),
    b,
    after,
    depth: levels.depth[i]!,
    oneLine: close !== undefined && breaksIn(text, b.start, close.start) === 0,
    last: !after || breaksIn(text, b.end, after.start) > 0,
  };
}

/** With offsets of the document; blanks at the end of a line are no part of a comment. */
function trimmed({ is, text, start }: Lexeme, by: number): Lexeme {
  const own = is === 'LINE_COMMENT' ? text.trimEnd() : text;
  return { is, text: own, start: start + by, end: start + by + own.length };
}

/** One blank before a unit: `1500 tokens`. */
function* unitOf(text: string, quantity: Lexeme): Generator<TextChange> {
  const blanks = /[ \t]+/.exec(quantity.text);
  if (!blanks) return;
  const at = quantity.start + blanks.index;
  yield* put(text, at, at + blanks[0].length, ' ');
}

/** How deep each lexeme stands, and how far it is indented where it begins a line. */
class Levels {
  /** inside of how many braces */
  readonly depth: number[] = [];
  /** in columns */
  readonly indent: number[] = [];
  /** the closing brace of each opening one */
  readonly closed = new Map<Lexeme, Lexeme>();
  private readonly open: Lexeme[] = [];
  private brackets = 0;
  private begun = false;

  constructor(lexemes: readonly Lexeme[]) {
    for (const [i, lexeme] of lexemes.entries()) {
      const opening = lexeme.is === '}' ? this.open.pop() : undefined;
      if (opening) this.closed.set(opening, lexeme);
      if (/^[\])]$/.test(lexeme.is)) this.brackets--;
      this.depth.push(this.open.length);
      this.indent.push(2 * (this.open.length + this.inValue(lexemes, i)));
      if (/^[[(]$/.test(lexeme.is)) this.brackets++;
      if (lexeme.is === '{') this.open.push(lexeme);
      if (!isComment(lexeme)) this.begun = true;
    }
  }

  /** How many levels deeper than its property a line of a value stands; a comment stands like what follows it. */
  private inValue(lexemes: readonly Lexeme[], i: number): number {
    if (!this.begun) return 0;
    let next = i;
    while (isComment(lexemes[next])) next++;
    const follows = lexemes[next];
    if (!follows || /^[{}]$/.test(follows.is)) return 0;
    if (this.open.length > 0 && BEGINS_PROPERTY.has(follows.is)) return 0;
    return /^[\])]$/.test(lexemes[i]!.is) ? this.brackets : Math.max(1, this.brackets);
  }
}
