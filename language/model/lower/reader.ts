import type { AstNode } from 'langium';
import type { Anchor, Problem, Span } from '../design.ts';

/** What lowering of one item shares: where its text begins, and what could not be read. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly anchor: Anchor;
  /** the item's text */
  readonly text: string;
  /** the properties that its declaration may have */
  keys: ReadonlySet<string> = new Set();
  /** problems that are slips, and the places where one left the parser with pieces that mean nothing by themselves */
  readonly slips = new Set<Problem>();
  readonly shattered: Span[] = [];

  constructor(anchor: Anchor, text: string) {
    this.anchor = anchor;
    this.text = text;
  }

  span(start: number, end: number): Span {
    return { at: this.anchor, start, end };
  }

  /** the text of a syntax node */
  of(node: AstNode): Span {
    const cst = node.$cstNode;
    return cst ? this.span(cst.offset, cst.end) : this.span(0, 0);
  }

  isShattered({ start, end }: Span): boolean {
    return this.shattered.some((slip) => slip.start < end && slip.end > start);
  }

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** `rights`: what to write instead, where it is known */
  syntax(message: string, span: Span, ...rights: readonly (string | undefined)[]): void {
    this.problems.push({ is: 'syntax', message, span, rights: rights.filter((text) => text !== undefined) });
  }

  /** A problem that is mended by writing something at its end. */
  unfinished(message: string, span: Span, text: string): void {
    const end = this.text.trimEnd().length;
    this.problems.push({ is: 'syntax', message, span, rights: [text], at: this.span(end, end) });
  }
}
