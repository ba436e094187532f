import { workspaceSymbols } from '#language/editor/workspace-symbols.ts';
import type { Document } from '#language/index.ts';
import { symbolKind } from './document-symbol.ts';
import { wholeWorkspace } from './folders.ts';
import { type Host, rangeOf } from './host.ts';

export function provideWorkspaceSymbols(host: Host): void {
  host.connection.onWorkspaceSymbol(
    host.guard(
      'workspace symbols',
      async ({ query }) => {
        await wholeWorkspace(host);
        let document: Document | undefined;
        return [...workspaceSymbols(host.workspace, query)].map(({ name, kind, span }) => {
          const { uri } = span.at;
          if (document?.uri !== uri) document = host.workspace.document(uri)!;
          return {
            name,
            kind: symbolKind(kind),
            containerName: kind,
            location: { uri, range: rangeOf(document, span) },
          };
        });
      },
      Promise.resolve([]),
    ),
  );
}
