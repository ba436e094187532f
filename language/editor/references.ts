import { isCatalogUri } from '../catalog/index.ts';
import type { Span } from '../model/design.ts';
import { type Link, linksOf } from '../model/links.ts';
import type { Document, Workspace } from '../workspace.ts';
import { type Declared, placeAt } from './place.ts';

/** One place that names a declaration, a parameter or a scenario. */
export interface Use {
  readonly span: Span;
  /** a scenario writes what stands left of its `=` */
  readonly is: 'declaration' | 'read' | 'write';
}

/** What the name at an offset means, and where that name stands. */
export function declaredAt(document: Document, offset: number): { declared: Declared; span: Span } | undefined {
  const place = placeAt(document, offset);
  if (place?.is === 'name' && place.declared.name) return { declared: place.declared, span: place.span };
  return place?.is === 'link' && place.link.target ? { declared: place.link.target, span: place.link.span } : undefined;
}

/** The uses in one document, in its order. */
export function usesIn(document: Document, declared: Declared): Use[] {
  const written = new Set(
    document.design.scenarios.flatMap((scenario) => scenario.assignments.map((a) => startOf(a.targetSpan))),
  );
  const uses = new Map<number, Use>();
  for (const link of linksOf(document.design))
    if (means(link, declared) && textOf(document, link.span) === declared.name)
      uses.set(startOf(link.span), { span: link.span, is: written.has(startOf(link.span)) ? 'write' : 'read' });
  const own = declared.nameSpan;
  if (own.at.uri === document.uri) uses.set(startOf(own), { span: own, is: 'declaration' });
  return [...uses].sort(([a], [b]) => a - b).map(([, use]) => use);
}

/** The uses in every document that the workspace knows, each with its document. */
export function* usesOf(workspace: Workspace, declared: Declared): Generator<Use & { readonly document: Document }> {
  const { uri } = declared.nameSpan.at;
  for (const document of workspace.documentsWith(declared.name)) {
    if (document.uri !== uri && !isFromCatalog(declared) && !document.sees(uri)) continue;
    for (const use of usesIn(document, declared)) yield { ...use, document };
  }
}

export const means = ({ target }: Link, declared: Declared): boolean =>
  target !== undefined && isSame(target.nameSpan, declared.nameSpan);

/** Declarations are told apart by their places: a catalog file that is open has been read a second time. */
const isSame = (a: Span, b: Span): boolean => a.at.uri === b.at.uri && startOf(a) === startOf(b);

const startOf = ({ at, start }: Span): number => at.offset + start;

const textOf = ({ text }: Document, { at, start, end }: Span): string => text.slice(at.offset + start, at.offset + end);

export const isFromCatalog = ({ nameSpan }: Declared): boolean => isCatalogUri(nameSpan.at.uri);
