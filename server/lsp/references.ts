import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import { declaredAt, type Use, usesIn, usesOf } from '#language/editor/references.ts';
import { wholeWorkspace } from './folders.ts';
import { type Host, offsetOf, rangeOf } from './host.ts';

export function provideReferences(host: Host): void {
  host.connection.onReferences(
    host.guard(
      'references',
      async ({ textDocument: { uri }, position, context }): Promise<Location[]> => {
        await wholeWorkspace(host);
        const document = host.document(uri);
        const found = document && declaredAt(document, offsetOf(document, position));
        if (!found) return [];
        const uses = [...usesOf(host.workspace, found.declared)].filter(({ is }) => is !== 'declaration');
        const own = found.declared.nameSpan;
        return [
          ...(context.includeDeclaration ? [{ uri: own.at.uri, range: rangeOf(document, own) }] : []),
          ...uses.map((use) => ({ uri: use.document.uri, range: rangeOf(use.document, use.span) })),
        ];
      },
      Promise.resolve([]),
    ),
  );
  host.connection.onDocumentHighlight(
    host.guard(
      'highlights',
      ({ textDocument: { uri }, position }): DocumentHighlight[] | null => {
        const document = host.document(uri);
        const found = document && declaredAt(document, offsetOf(document, position));
        if (!found) return null; // the editor then marks equal words
        return usesIn(document, found.declared).map(({ span, is }) => ({
          range: rangeOf(document, span),
          kind: KINDS[is],
        }));
      },
      null,
    ),
  );
}

const KINDS: Readonly<Record<Use['is'], DocumentHighlightKind>> = {
  declaration: DocumentHighlightKind.Write,
  write: DocumentHighlightKind.Write,
  read: DocumentHighlightKind.Read,
};
