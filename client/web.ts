import { type ExtensionContext, Uri, workspace } from 'vscode';
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
    client.onRequest(DESIGNS, async () => (await workspace.findFiles('**/*.mlsys')).map((uri) => uri.toString()));
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

export { deactivate } from './activate.ts';
