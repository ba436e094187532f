import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Workspace } from '#language/index.ts';
import { provideCatalog } from './catalog.ts';
import { provideCodeActions } from './code-action.ts';
import { provideCompletion } from './completion.ts';
import { provideDefinition } from './definition.ts';
import { publishDiagnostics } from './diagnostics.ts';
import { provideDocumentSymbols } from './document-symbol.ts';
import type { Host, Options } from './host.ts';
import { provideHover } from './hover.ts';
import { provideInlayHints } from './inlay-hint.ts';
import { provideMemory } from './memory.ts';
import { LEGEND, provideSemanticTokens } from './semantic-tokens.ts';
import { provideView } from './view.ts';

/** Serves one client over a connection, until it says `exit`. */
export function createServer(connection: Connection, options: Options): void {
  let handled = 0;
  const texts = new TextDocuments(TextDocument);
  const workspace = new Workspace(options.load);
  const host: Host = {
    connection,
    options,
    workspace,
    client: { snippets: false, inlayHints: true },
    document(uri) {
      const text = texts.get(uri)?.getText();
      if (text === undefined) return undefined;
      const known = workspace.get(uri);
      return known?.text === text ? known : workspace.update(uri, text);
    },
    version: (uri) => texts.get(uri)?.version ?? null,
    handled: () => handled,
    guard:
      (name, answer, otherwise) =>
      (...args) => {
        handled++;
        try {
          return answer(...args);
        } catch (error) {
          connection.console.error(
            `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
          return otherwise;
        }
      },
  };

  let [watches, configures] = [false, false];
  connection.onInitialize((params) => {
    host.client.snippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    configures = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    configure(host, params);
    return CAPABILITIES;
  });
  connection.onInitialized(() => {
    if (configures)
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'mlsys' }).catch(() => undefined);
    if (!watches) return;
    connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.mlsys' }] })
      .catch(() => undefined);
  });
  connection.onDidChangeConfiguration(
    host.guard('configuration', ({ settings }) => setInlayHints(host, settings?.mlsys), undefined),
  );

  const diagnostics = publishDiagnostics(host);
  texts.onDidChangeContent(({ document: { uri } }) => diagnostics.changed(uri));
  texts.onDidClose(({ document: { uri } }) => diagnostics.closed(uri));
  connection.onDidChangeWatchedFiles(
    host.guard(
      'watched files',
      ({ changes }) => {
        for (const { uri } of changes)
          for (const { uri: affected } of workspace.forget(uri)) diagnostics.changed(affected);
      },
      undefined,
    ),
  );

  for (const provide of [
    provideHover,
    provideInlayHints,
    provideCompletion,
    provideDefinition,
    provideDocumentSymbols,
    provideSemanticTokens,
    provideCodeActions,
    provideView,
    provideCatalog,
    provideMemory,
  ])
    provide(host);
  texts.listen(connection);
  connection.listen();
}

/** Settings may come with `initialize`; those that come later replace them. */
const configure = (host: Host, { initializationOptions }: InitializeParams) =>
  setInlayHints(host, initializationOptions?.mlsys ?? initializationOptions);

function setInlayHints(
  { client, connection }: Host,
  settings: { inlayHints?: { enabled?: unknown } } | null | undefined,
): void {
  const enabled = settings?.inlayHints?.enabled;
  if (typeof enabled !== 'boolean' || enabled === client.inlayHints) return;
  client.inlayHints = enabled;
  connection.languages.inlayHint.refresh().catch(() => undefined);
}

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: 'mlsys' },
  capabilities: {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    inlayHintProvider: true,
    completionProvider: { triggerCharacters: ['.', ':', ' ', '>', '&', '(', '~', '@'], resolveProvider: true },
    definitionProvider: true,
    documentSymbolProvider: true,
    semanticTokensProvider: { legend: LEGEND, full: true },
    codeActionProvider: { codeActionKinds: ['quickfix'] },
  },
};
