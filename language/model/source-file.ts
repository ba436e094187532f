import { kindOf } from '../schema/index.ts';
import { type Comment, cut } from '../syntax/segments.ts';
import type { Anchor, Item, Problem, Span } from './design.ts';
import { lowerItem } from './lower/item.ts';

/** One document, cut and lowered. An edit lowers again only the items whose text changed. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly entries: readonly Entry[];
  readonly comments: readonly Comment[];
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly Problem[];
}

export interface Entry {
  /** the kind of item, whether it is closed, and its text: equal identities lower to equal items */
  readonly identity: string;
  readonly anchor: Anchor;
  /** of its text, which begins at the anchor, with a doc comment */
  readonly length: number;
  readonly item: Item;
}

/** `// mlsys-ignore RULE: reason`, or `// mlsys-ignore-file RULE: reason` among a file's first lines */
export interface Suppression {
  /** empty where the comment names none */
  readonly rule: string;
  readonly reason: string;
  readonly scope: 'line' | 'file';
  /** one for the file that stands below its first declaration: it counts for nothing there */
  readonly late?: true;
  /** the lines it speaks of, counted from zero: its own, and where it stands alone the next that is no such comment */
  readonly lines: readonly [number, number];
  readonly span: Span;
  /** the name of the rule in it */
  readonly ruleSpan: Span;
}

export function readSource(uri: string, text: string, previous?: SourceFile): SourceFile {
  const { segments, comments, openComment } = cut(text, (word) => word === 'scenario' || kindOf(word) !== undefined);
  const known = reusable(previous);
  const entries = segments.map((segment): Entry => {
    const own = text.slice(segment.start, segment.end);
    const identity = `${segment.is}${segment.unclosed ? '!' : ''}${own}`;
    const old = known.get(identity)?.shift();
    if (old) {
      old.anchor.offset = segment.start;
      return old;
    }
    const anchor: Anchor = { uri, offset: segment.start };
    return { identity, anchor, length: own.length, item: lowerItem(segment, own, anchor) };
  });
  const at: Anchor = { uri, offset: 0 };
  const problems: Problem[] = [];
  if (openComment !== undefined)
    problems.push({
      is: 'syntax',
      message: 'This comment has no closing `*/`.',
      rights: [],
      span: { at, start: openComment, end: Math.min(text.length, openComment + 2) },
    });
  return { uri, text, entries, comments, suppressions: suppressions(text, comments, at, segments[0]?.start), problems };
}

function reusable(previous: SourceFile | undefined): Map<string, Entry[]> {
  const known = new Map<string, Entry[]>();
  for (const entry of previous?.entries ?? []) {
    const list = known.get(entry.identity);
    if (list) list.push(entry);
    else known.set(entry.identity, [entry]);
  }
  return known;
}

const SUPPRESSION = /^\/\/\s*mlsys-ignore(-file)?(?![\w-])(?:\s+([\w*-]+\/[\w*-]+)\s*(?::\s*(.*))?$)?/;

function suppressions(text: string, comments: readonly Comment[], at: Anchor, first = text.length): Suppression[] {
  const found: (Suppression & { alone: boolean; lines: [number, number] })[] = [];
  let line = 0;
  let counted = 0;
  for (const comment of comments) {
    if (!text.startsWith('mlsys-ignore', text.indexOf('m', comment.start))) continue;
    const m = SUPPRESSION.exec(text.slice(comment.start, comment.end).trimEnd());
    if (!m) continue;
    for (let n = text.indexOf('\n', counted); n >= 0 && n < comment.start; n = text.indexOf('\n', n + 1)) {
      line++;
      counted = n + 1;
    }
    const rule = m[2] ?? '';
    const span = { at, start: comment.start, end: comment.end };
    const start = text.indexOf(rule, comment.start);
    // comments that stand one below the other speak of the same line
    for (let i = found.length - 1; comment.alone && found[i]?.alone && found[i]!.lines[1] === line; i--)
      found[i]!.lines[1]++;
    found.push({
      rule,
      reason: m[3]?.trim() ?? '',
      scope: m[1] ? 'file' : 'line',
      ...(m[1] && comment.start > first && { late: true as const }),
      lines: [line, comment.alone ? line + 1 : line],
      alone: comment.alone,
      span,
      ruleSpan: rule ? { at, start, end: start + rule.length } : span,
    });
  }
  return found;
}
