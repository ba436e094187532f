import type { AstNode } from 'langium';
import type { Anchor, Problem, Span } from '../design.ts';

/** What lowering of one item shares: where its text begins, and what could not be read. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly anchor: Anchor;
  /** the item's text */
  readonly text: string;

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

  textOf(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  syntax(message: string, span: Span, right?: string): void {
    this.problems.push({ is: 'syntax', message, span, ...(right !== undefined && { right }) });
  }
}
