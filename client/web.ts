import { type ExtensionContext, FileType, Uri, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { DESIGNS, READ, type ReadRequest } from '#server/protocol.ts';
import { type Api, start } from './activate.ts';

/** The entry in a browser that has no server behind it: the language server is a worker. */
export function activate(context: ExtensionContext): Api {
  const worker = new Worker(Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true));
  context.subscriptions.push({ dispose: () => worker.terminate() });
  return start(context, (options) => {
    // Each virtual workspace has a scheme of its own.
    const documentSelector = [{ language: 'mlsys' }];
    const client = new LanguageClient('mlsys', 'MLSys', worker, { ...options, documentSelector });
    client.onRequest(READ, ({ uri }: ReadRequest) => textOf(Uri.parse(uri)));
    client.onRequest(DESIGNS, designs);
    return client;
  });
}

async function textOf(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return null; // not there, or not readable: the import is then unresolved
  }
}

/** The URIs of all designs; what the editor's own search finds depends on the host, reading folders does not. */
async function designs(): Promise<string[]> {
  const found = await Promise.all(workspace.workspaceFolders?.map(({ uri }) => designsIn(uri)) ?? []);
  return found.flat();
}

async function designsIn(folder: Uri): Promise<string[]> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  const found = entries.map(([name, type]) => {
    const uri = Uri.joinPath(folder, name);
    if (type === FileType.Directory) return name.startsWith('.') || name === 'node_modules' ? [] : designsIn(uri);
    return name.endsWith('.mlsys') ? [uri.toString()] : [];
  });
  return (await Promise.all(found)).flat();
}

export { deactivate } from './activate.ts';
