import { isMissing } from '../estimate/estimate.ts';
import type { Node, Span } from '../model/design.ts';
import type { Document } from '../workspace.ts';
import { firstKnown, quantitiesFor } from './figures.ts';

export interface DocumentSymbol {
  readonly name: string;
  /** a kind of declaration, or `param`, `require` */
  readonly kind: string;
  /** `serving, 16 GPUs` */
  readonly detail: string;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The outline: every declaration, parameter and requirement of a document in its order. */
export function symbolsOf(document: Document): DocumentSymbol[] {
  return document.file.entries.flatMap(({ item }): DocumentSymbol[] => {
    switch (item.is) {
      case 'node':
        return [
          {
            name: item.node.name || item.node.kind,
            kind: item.node.kind,
            detail: detail(document, item.node),
            span: item.node.span,
            nameSpan: item.node.nameSpan,
          },
        ];
      case 'param':
        return [
          {
            name: item.param.name || 'param',
            kind: 'param',
            detail: 'param',
            span: item.param.span,
            nameSpan: item.param.nameSpan,
          },
        ];
      case 'scenario':
        return [
          {
            name: item.scenario.name || 'scenario',
            kind: 'scenario',
            detail: 'scenario',
            span: item.scenario.span,
            nameSpan: item.scenario.nameSpan,
          },
        ];
      case 'requirement': {
        const { span, conditionSpan, why } = item.requirement;
        return [
          {
            name: why || text(document, conditionSpan) || 'require',
            kind: 'require',
            detail: 'require',
            span,
            nameSpan: conditionSpan,
          },
        ];
      }
      default:
        return [];
    }
  });
}

const text = (document: Document, { at, start, end }: Span): string =>
  document.text.slice(at.offset + start, at.offset + end).replace(/\s+/g, ' ');

function detail(document: Document, node: Node): string {
  const figure = firstKnown(document, node, quantitiesFor(node.kind));
  return figure && !isMissing(figure) ? `${node.kind}, ${figure.display}` : node.kind;
}
