import type { SelectionRange } from 'vscode-languageserver';
import { selectionsAt } from '#language/editor/selection.ts';
import type { Document } from '#language/index.ts';
import { type Host, offsetOf } from './host.ts';

export function provideSelectionRanges(host: Host): void {
  host.connection.onSelectionRanges(
    host.guard(
      'selection',
      ({ textDocument: { uri }, positions }): SelectionRange[] | null => {
        const document = host.document(uri);
        return document ? positions.map((position) => selection(document, offsetOf(document, position))) : null;
      },
      null,
    ),
  );
}

/** From the inside to the outside. */
function selection(document: Document, offset: number): SelectionRange {
  const { lines } = document;
  let outer: SelectionRange | undefined;
  for (const { start, end } of selectionsAt(document, offset).reverse())
    outer = { range: { start: lines.position(start), end: lines.position(end) }, ...(outer && { parent: outer }) };
  return outer ?? { range: { start: lines.position(offset), end: lines.position(offset) } };
}
