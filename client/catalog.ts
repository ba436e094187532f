import { type Disposable, workspace } from 'vscode';
import { CATALOG } from '#server/protocol.ts';
import type { Host } from './activate.ts';

/** Shows the catalog's files, which live inside of the server, as read-only documents `mlsys-catalog:/accelerators.mlsys`. */
export function provideCatalog({ client }: Host): Disposable {
  return workspace.registerTextDocumentContentProvider('mlsys-catalog', {
    provideTextDocumentContent: (uri, token) =>
      client.sendRequest<string | null>(CATALOG, { uri: uri.toString() }, token),
  });
}
