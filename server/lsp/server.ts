import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Workspace } from '#language/index.ts';
import { provideCatalog } from './catalog.ts';
import { provideCodeActions } from './code-action.ts';
import { provideCompletion } from './completion.ts';
import { Severities } from './configuration.ts';
import { provideDefinition } from './definition.ts';
import { provideDiagnostics } from './diagnostics.ts';
import { provideDocumentLinks } from './document-link.ts';
import { provideDocumentSymbols } from './document-symbol.ts';
import { Folders } from './folders.ts';
import { provideFolding } from './folding.ts';
import { provideFormatting } from './formatting.ts';
import type { Host, Options } from './host.ts';
import { today } from '../today.ts';
import { provideHover } from './hover.ts';
import { provideInlayHints } from './inlay-hint.ts';
import { provideMemory } from './memory.ts';
import { provideReferences } from './references.ts';
import { provideRename } from './rename.ts';
import { provideSelectionRanges } from './selection-range.ts';
import { LEGEND, provideSemanticTokens } from './semantic-tokens.ts';
import { provideView } from './view.ts';
import { provideWhatIf } from './what-if.ts';
import { provideWorkspaceSymbols } from './workspace-symbol.ts';

const FEATURES = [
  provideDiagnostics,
  provideHover,
  provideInlayHints,
  provideCompletion,
  provideDefinition,
  provideDocumentSymbols,
  provideSemanticTokens,
  provideCodeActions,
  provideFormatting,
  provideReferences,
  provideRename,
  provideWorkspaceSymbols,
  provideFolding,
  provideSelectionRanges,
  provideDocumentLinks,
  provideView,
  provideWhatIf,
  provideCatalog,
  provideMemory,
];

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: 'mlsys' },
  capabilities: {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    inlayHintProvider: true,
    completionProvider: { triggerCharacters: ['.', ' ', '(', '~'], resolveProvider: true },
    definitionProvider: true,
    documentSymbolProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentLinkProvider: {},
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    semanticTokensProvider: { legend: LEGEND, full: true },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'], resolveProvider: true },
  },
};

/** Serves one client over a connection, until it says `exit`. */
export function createServer(connection: Connection, options: Options): void {
  const host = hostOf(connection, options);
  initialize(host);
  for (const provide of FEATURES) provide(host);
  host.texts.listen(connection);
  connection.listen();
}

function hostOf(connection: Connection, options: Options): Host {
  const texts = new TextDocuments(TextDocument);
  const workspace = new Workspace(options.load);
  workspace.patient = true;
  workspace.today = today;
  let handled = 0;
  function attempt<T>(name: string, act: () => T, otherwise: T): T {
    const failed = (error: unknown) => {
      connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return otherwise;
    };
    try {
      const result = act();
      return result instanceof Promise ? (result.catch(failed) as typeof result) : result;
    } catch (error) {
      return failed(error);
    }
  }
  return {
    connection,
    options,
    texts,
    workspace,
    folders: new Folders(options, workspace),
    severities: new Severities(connection, options.load, workspace),
    client: { snippets: false, links: false, inlayHints: true, resolvesEdits: false, pages: options.pages },
    document(uri) {
      const text = texts.get(uri)?.getText();
      const known = workspace.get(uri);
      return text === undefined || known?.text === text ? known : workspace.update(uri, text);
    },
    version: (uri) => texts.get(uri)?.version ?? null,
    handled: () => handled,
    attempt,
    guard: (name, answer, otherwise) => (params) => {
      handled++;
      return attempt(name, () => answer(params), otherwise);
    },
  };
}

/** What the client can do, and what it has set: with `initialize`, and whenever that changes. */
function initialize(host: Host): void {
  const { connection, client } = host;
  let [watches, configures, folders] = [false, false, false];
  connection.onInitialize((params) => {
    const {
      capabilities: { textDocument, workspace },
      initializationOptions,
    } = params;
    client.snippets = textDocument?.completion?.completionItem?.snippetSupport === true;
    client.resolvesEdits = textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
    if (typeof initializationOptions?.pages === 'string') client.pages = initializationOptions.pages;
    client.links = textDocument?.definition?.linkSupport === true;
    watches = workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    configures = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    folders = workspace?.workspaceFolders === true;
    host.folders.begin(params);
    takeOver(host, initializationOptions?.mlsys);
    return CAPABILITIES;
  });
  connection.onInitialized(() => {
    const ignored = () => undefined;
    const watchers = [{ globPattern: '**/*.mlsys' }, { globPattern: '**/mlsys.json' }];
    if (watches) connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(ignored);
    if (configures)
      connection.client.register(DidChangeConfigurationNotification.type, { section: 'mlsys' }).catch(ignored);
    if (folders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => host.folders.change(added, removed));
  });
  connection.onDidChangeConfiguration(
    host.guard('configuration', ({ settings }) => takeOver(host, settings?.mlsys), undefined),
  );
}

type Settings = { readonly inlayHints?: { readonly enabled?: unknown }; readonly rules?: unknown } | null | undefined;

function takeOver(host: Host, settings: Settings): void {
  setInlayHints(host, settings);
  host.severities.set(settings?.rules);
}

function setInlayHints({ client, connection }: Host, settings: Settings): void {
  const enabled = settings?.inlayHints?.enabled;
  if (typeof enabled !== 'boolean' || enabled === client.inlayHints) return;
  client.inlayHints = enabled;
  connection.languages.inlayHint.refresh().catch(() => undefined);
}
