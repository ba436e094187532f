import type { Span } from '../model/design.ts';
import { type Document, resolvePath } from '../workspace.ts';
import { type Declared, placeAt } from './place.ts';

export interface Definition {
  /** the name or path that was asked about */
  readonly from: Span;
  /** the whole of what it names, and the part to put the caret on */
  readonly whole: Span;
  readonly name: Span;
}

/** Where the name at an offset is declared: in the document, in one that it imports, or in the catalog. */
export function definitionAt(document: Document, offset: number): Definition | undefined {
  const place = placeAt(document, offset);
  switch (place?.is) {
    case 'name':
      return of(place.span, place.declared);
    case 'link':
      return place.link.target && of(place.span, place.link.target);
    case 'member': {
      const property = place.subject.properties.get(place.path[0] ?? '');
      return property
        ? { from: place.span, whole: property.keySpan, name: property.keySpan }
        : of(place.span, place.subject);
    }
    case 'import': {
      const uri = resolvePath(document.uri, place.import.path);
      const start: Span | undefined = uri === undefined ? undefined : { at: { uri, offset: 0 }, start: 0, end: 0 };
      return start && { from: place.span, whole: start, name: start };
    }
    default:
      return undefined;
  }
}

const of = (from: Span, declared: Declared): Definition => ({ from, whole: declared.span, name: declared.nameSpan });
