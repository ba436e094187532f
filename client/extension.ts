import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Api, start } from './activate.ts';

/** The entry on a desktop and on a server: the language server is a process of its own. */
export function activate(context: ExtensionContext): Api {
  const module = context.asAbsolutePath('dist/server.cjs');
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } };
  return start(context, (options) => new LanguageClient('mlsys', 'MLSys', { run, debug }, options));
}

export { deactivate } from './activate.ts';
