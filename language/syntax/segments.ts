/**
 * Cuts a document into its top-level items before anything is parsed. Each item is then parsed on its own, so a mistake in
 * one never costs another its findings, and an edit costs the parse of one item, not of the document.
 *
 * An item begins at nesting depth 0 with `word Name {`, `param name =`, `require` or `import "`. A declaration ends with its
 * brace; one whose brace is missing ends where a line begins another item no deeper than itself.
 */
export interface Segment {
  readonly is: 'declaration' | 'param' | 'require' | 'import' | 'junk';
  readonly start: number;
  readonly end: number;
  /** a declaration that the end of the text or another item ended, not its brace */
  readonly unclosed?: true;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  /** nothing but blanks stands before it on its line */
  readonly alone: boolean;
}

export interface Cut {
  readonly segments: readonly Segment[];
  readonly comments: readonly Comment[];
  /** an opening comment without its end */
  readonly openComment?: number;
}

/** Deeper nesting than this is not parsed: it would overflow the stack of a recursive parser. */
export const DEEPEST = 200;

const WORD =
  /[A-Za-z_\u00AA-\u02FF\u0370-\u1FFF\u2C00-\u2FEF\u3040-\uD7FF][\w\u00AA-\u02FF\u0370-\u1FFF\u2C00-\u2FEF\u3040-\uD7FF]*/y;
const GAP = /\s+/y;
const NUMBER_WORD = /\d[\w.]*/y;

type Kind = Exclude<Segment['is'], 'junk'>;

export function cut(text: string, isKind: (word: string) => boolean): Cut {
  const segments: Segment[] = [];
  const comments: Comment[] = [];
  let openComment: number | undefined;
  let open: { is: Segment['is']; start: number; end: number; column: number } | undefined;
  let doc = -1;
  let depth = 0;
  let round = 0;
  let lineStart = 0;
  let fresh = true;
  let previous = '';
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  const close = (unclosed?: true) => {
    if (open) segments.push({ is: open.is, start: open.start, end: open.end, ...(unclosed && { unclosed }) });
    open = undefined;
    depth = 0;
    round = 0;
  };
  const begin = (is: Segment['is'], start: number) => {
    open = { is, start: doc >= 0 && is !== 'junk' ? doc : start, end: start, column: start - lineStart };
    doc = -1;
  };

  while (at < text.length) {
    const c = text[at]!;
    if (c === ' ') {
      do at++;
      while (text[at] === ' ');
      continue;
    }
    if (c === '\n') {
      at++;
      lineStart = at;
      fresh = true;
      continue;
    }
    if (c === '\t' || c === '\r' || c === '\uFEFF' || c === '\u00A0') {
      at++;
      continue;
    }
    if (c === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const line = text[at + 1] === '/';
      const found = line ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
      if (!line && found < 0) openComment = at;
      const end = found < 0 ? text.length : line ? found : found + 2;
      comments.push({ start: at, end, alone: fresh });
      if (!line && depth === 0 && text[at + 2] === '*' && text[at + 3] !== '/') {
        if (open) close();
        doc = at;
      }
      for (let n = text.indexOf('\n', at); n >= 0 && n < end; n = text.indexOf('\n', n + 1)) lineStart = n + 1;
      at = end;
      continue;
    }
    const first = fresh;
    fresh = false;
    WORD.lastIndex = at;
    if (WORD.test(text)) {
      const end = WORD.lastIndex;
      const outside = depth === 0 && round === 0;
      const outdented = first && open !== undefined && at - lineStart <= open.column;
      // most words stand inside of an item: not even their text is needed
      const word = outside || outdented ? text.slice(at, end) : '';
      const starts = word ? itemAt(text, at, word, previous) : undefined;
      if (starts && (outside || starts !== 'declaration' || isKind(word))) {
        close(outside || open?.is !== 'declaration' ? undefined : true);
        begin(starts, at);
      } else if (!open) begin('junk', at);
      at = end;
      open!.end = at;
      previous = 'a';
      continue;
    }
    if (!open) {
      begin('junk', at);
    }
    if (c === '"') {
      let end = at + 1;
      while (end < text.length && text[end] !== '"' && text[end] !== '\n' && text[end] !== '\r')
        end += text[end] === '\\' ? 2 : 1;
      at = Math.min(text[end] === '"' ? end + 1 : end, text.length);
      open!.end = at;
      previous = '"';
      continue;
    }
    NUMBER_WORD.lastIndex = at;
    if (c >= '0' && c <= '9' && NUMBER_WORD.test(text)) {
      at = NUMBER_WORD.lastIndex;
      open!.end = at;
      previous = '0';
      continue;
    }
    at++;
    open!.end = at;
    previous = c;
    if (c === '{') depth++;
    else if (c === '(' || c === '[') round++;
    else if ((c === ')' || c === ']') && round > 0) round--;
    else if (c === '}') {
      if (depth > 0) depth--;
      round = 0;
      if (depth === 0) close();
    }
  }
  if (open) close(open.is === 'declaration' ? true : undefined);
  return { segments, comments, ...(openComment !== undefined && { openComment }) };
}

/** Which item, if any, begins with the word at `at`. `previous` is the last thing before it. */
function itemAt(text: string, at: number, word: string, previous: string): Kind | undefined {
  const second = skip(text, at + word.length);
  if (word === 'import' && text[second] === '"') return 'import';
  if (/^[-=+*/^(,<>&~]$/.test(previous)) return undefined;
  if (word === 'require' && /[\w$("]/.test(text[second] ?? '') && second > at + word.length)
    return isBlock(text, second) ? 'declaration' : 'require';
  const name = wordAt(text, second);
  if (!name) return undefined;
  const third = skip(text, second + name.length);
  if (text[third] === '{') return 'declaration';
  if (word === 'param' && text[third] === '=' && text[third + 1] !== '=') return 'param';
  return undefined;
}

function isBlock(text: string, at: number): boolean {
  const name = wordAt(text, at);
  return name !== undefined && text[skip(text, at + name.length)] === '{';
}

function wordAt(text: string, at: number): string | undefined {
  WORD.lastIndex = at;
  return WORD.exec(text)?.[0];
}

function skip(text: string, at: number): number {
  GAP.lastIndex = at;
  const gap = GAP.exec(text);
  return gap ? at + gap[0].length : at;
}

/** True where brackets nest deeper than a recursive parser should follow. */
export function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 91 || c === 123) {
      if (++depth > DEEPEST) return true;
    } else if (c === 41 || c === 93 || c === 125) depth--;
    else if (c === 45 || c === 126) {
      // a run of prefix operators nests as well
      let run = 0;
      while (text.charCodeAt(i + run) === c) run++;
      if (run > DEEPEST) return true;
    }
  }
  return false;
}
