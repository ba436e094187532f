import type { Document } from '../workspace.ts';
import { tokensOf } from './tokens.ts';

export interface Fold {
  /** lines from zero; the first stays visible */
  readonly first: number;
  readonly last: number;
  readonly is: 'code' | 'comment' | 'imports';
}

/** What can be folded: braces, items of several lines, comments, and runs of comments, imports and parameters. */
export function foldsOf(document: Document): Fold[] {
  const folds = new Map<number, Fold>();
  for (const fold of [...braces(document), ...items(document), ...comments(document), ...runs(document)]) {
    const known = folds.get(fold.first);
    if (fold.last > fold.first && (!known || known.last < fold.last)) folds.set(fold.first, fold);
  }
  return [...folds.values()].sort((a, b) => a.first - b.first);
}

const lineOf = ({ lines }: Document, offset: number): number => lines.position(offset).line;

/** The line of the closing brace stays visible too. */
function* braces(document: Document): Generator<Fold> {
  const open: number[] = [];
  for (const { is, text, start } of tokensOf(document.text)) {
    if (is !== 'sign') continue;
    if (text === '{') open.push(lineOf(document, start));
    const first = text === '}' ? open.pop() : undefined;
    if (first !== undefined) yield { first, last: lineOf(document, start) - 1, is: 'code' };
  }
}

function* items(document: Document): Generator<Fold> {
  for (const { item } of document.file.entries) {
    const span = item.is === 'param' ? item.param.span : item.is === 'requirement' ? item.requirement.span : undefined;
    if (!span) continue;
    const { start, end } = document.lines.range(span);
    yield { first: start.line, last: end.line, is: 'code' };
  }
}

/** Comments of several lines, and several comments of one line each. */
function* comments(document: Document): Generator<Fold> {
  let run: Fold | undefined;
  for (const { start, end, alone } of document.file.comments) {
    if (!alone) continue;
    const [first, last] = [lineOf(document, start), lineOf(document, end)];
    const line = document.text.startsWith('//', start);
    if (line && run?.last === first - 1) {
      run = { ...run, last };
      continue;
    }
    if (run) yield run;
    run = line ? { first, last, is: 'comment' } : undefined;
    if (!line) yield { first, last, is: 'comment' };
  }
  if (run) yield run;
}

/** Imports, or parameters, of which nothing else stands between. */
function* runs(document: Document): Generator<Fold> {
  let run: (Fold & { readonly of: string }) | undefined;
  for (const { item } of document.file.entries) {
    const span = item.is === 'import' ? item.import.span : item.is === 'param' ? item.param.span : undefined;
    const { start, end } = span ? document.lines.range(span) : { start: undefined, end: undefined };
    if (run && end && run.of === item.is) {
      run = { ...run, last: end.line };
      continue;
    }
    if (run) yield run;
    run = start && { first: start.line, last: end.line, is: item.is === 'import' ? 'imports' : 'code', of: item.is };
  }
  if (run) yield run;
}
