import { type ExtensionContext, type LogOutputChannel, Uri, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { provideCatalog } from './catalog.ts';
import type { PreviewReport } from './preview/panel.ts';
import { registerPreviews } from './preview/previews.ts';

/** What `activate` hands to other extensions and to the tests. */
export interface Api {
  readonly client: BaseLanguageClient;
  /** what the preview of a document (of any, without `uri`) last said about itself; null where there is none */
  previewState(uri?: string): PreviewReport | null;
}

/** What every part of the client works with. */
export interface Host {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly log: LogOutputChannel;
}

let running: BaseLanguageClient | undefined;

/** Starts the client that `create` makes, which differs between Node and the browser, and all that needs it. */
export function start(context: ExtensionContext, create: (options: LanguageClientOptions) => BaseLanguageClient): Api {
  const log = window.createOutputChannel('MLSys', { log: true });
  const client = create({
    documentSelector: ['file', 'untitled', 'mlsys-catalog'].map((scheme) => ({ language: 'mlsys', scheme })),
    outputChannel: log,
    initializationOptions: { pages: Uri.joinPath(context.extensionUri, 'language/rules').toString() },
  });
  running = client;
  const host = { context, client, log };
  context.subscriptions.push(log, provideCatalog(host));
  const previews = registerPreviews(host);
  // Not awaited: commands and restored panels are there at once, and wait for the server where they need it.
  client.start().catch((error) => log.error('The language server did not start.', error));
  return { client, previewState: previews.report };
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
