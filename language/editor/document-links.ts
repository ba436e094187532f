import type { Span } from '../model/design.ts';
import type { Document } from '../workspace.ts';

/** The paths of imports that lead to a file, without their quotes. */
export function documentLinks({ design }: Document): { readonly span: Span; readonly uri: string }[] {
  return design.imports.flatMap(({ pathSpan, uri }) => {
    const span: Span = { ...pathSpan, start: pathSpan.start + 1, end: pathSpan.end - 1 };
    return uri === null || span.end <= span.start ? [] : [{ span, uri }];
  });
}
