import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodeAction,
  type CompletionItem,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type LocationLink,
  type MarkupContent,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type SemanticTokens,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const ROOT = join(import.meta.dirname, '../..');

export const example = (name: string): string => readFileSync(join(ROOT, 'test/designs/examples', name), 'utf8');

/** A language client as small as can be: one server process, the real protocol over standard input and output. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  /** every publication, in order */
  readonly published: PublishDiagnosticsParams[] = [];
  /** what the server logged as an error */
  readonly errors: string[] = [];
  readonly #texts = new Map<string, string>();
  readonly #versions = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  capabilities: InitializeResult['capabilities'] = {};

  private constructor(server: string, nodeOptions: readonly string[]) {
    this.process = spawn(process.execPath, [...nodeOptions, join(ROOT, server), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      for (const look of this.#waiting) look();
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.errors.push(message);
    });
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/inlayHint/refresh', () => null);
    this.connection.listen();
  }

  static async start({
    snippets = true,
    resolves = false,
    initializationOptions = {},
    root = null as string | null,
    server = 'server/node.ts',
    nodeOptions = [] as readonly string[],
  } = {}): Promise<Client> {
    const client = new Client(server, nodeOptions);
    const completionItem = { snippetSupport: snippets, documentationFormat: ['markdown'] };
    const capabilities = {
      textDocument: {
        completion: { completionItem },
        definition: { linkSupport: snippets },
        ...(resolves && { codeAction: { resolveSupport: { properties: ['edit'] } } }),
      },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    const params = { processId: process.pid, rootUri: root, capabilities, initializationOptions };
    client.capabilities = (await client.connection.sendRequest<InitializeResult>('initialize', params)).capabilities;
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }

  /** Opens a document and gives its first diagnostics. */
  async open(uri: string, text: string): Promise<Diagnostic[]> {
    this.#texts.set(uri, text);
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'mlsys', version: 1, text },
    });
    return this.diagnostics(uri);
  }

  /** Replaces one text by another at its only place, as an incremental change, and waits for nothing. */
  async type(uri: string, old: string, by: string, after = ''): Promise<void> {
    const text = this.#texts.get(uri)!;
    const start = text.indexOf(old, after ? text.indexOf(after) + after.length : 0);
    if (start < 0) throw new Error(`no ${old} in ${uri}`);
    const range = { start: positionIn(text, start), end: positionIn(text, start + old.length) };
    this.#texts.set(uri, text.slice(0, start) + by + text.slice(start + old.length));
    await this.#change(uri, [{ range, text: by }]);
  }

  async replace(uri: string, text: string): Promise<void> {
    this.#texts.set(uri, text);
    await this.#change(uri, [{ text }]);
  }

  async #change(uri: string, contentChanges: object[]): Promise<void> {
    const version = this.#versions.get(uri)! + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  close(uri: string): Promise<void> {
    this.#texts.delete(uri);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  version(uri: string): number {
    return this.#versions.get(uri)!;
  }

  text(uri: string): string {
    return this.#texts.get(uri)!;
  }

  /** The diagnostics of the newest text, as soon as they are there. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const found = await this.until(
      () => this.published.findLast((p) => p.uri === uri && p.version === this.version(uri)),
      `diagnostics of ${uri}`,
    );
    return found.diagnostics;
  }

  until<T>(look: () => T | undefined | false, what: string, ms = 8000): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(() => reject(new Error(`not within ${ms} ms: ${what}`))), ms);
      const again = () => {
        const found = look();
        if (found) done(() => resolve(found));
      };
      const done = (end: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(again);
        end();
      };
      this.#waiting.add(again);
      again();
    });
  }

  /** Where a text stands: behind its first character, in the first place after `after`. */
  at(uri: string, text: string, after = '', behind = 1): Position {
    const whole = this.text(uri);
    const from = after ? whole.indexOf(after) + after.length : 0;
    const start = whole.indexOf(text, from);
    if (start < 0 || (after && from < after.length)) throw new Error(`no ${text} after ${after}`);
    return positionIn(whole, start + behind);
  }

  async hover(uri: string, position: Position): Promise<string> {
    const hover = await this.#ask<Hover | null>('hover', uri, { position });
    return hover ? (hover.contents as MarkupContent).value : '';
  }

  completion = (uri: string, position: Position): Promise<CompletionItem[]> =>
    this.#ask('completion', uri, { position });
  definition = (uri: string, position: Position): Promise<LocationLink[] | null> =>
    this.#ask('definition', uri, { position });
  symbols = (uri: string): Promise<DocumentSymbol[]> => this.#ask('documentSymbol', uri);
  tokens = (uri: string): Promise<SemanticTokens> => this.#ask('semanticTokens/full', uri);
  actions = (uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> =>
    this.#ask('codeAction', uri, { range: diagnostic.range, context: { diagnostics: [diagnostic] } });

  resolve = (action: CodeAction): Promise<CodeAction> => this.connection.sendRequest('codeAction/resolve', action);

  hints(uri: string): Promise<InlayHint[]> {
    return this.#ask('inlayHint', uri, {
      range: { start: { line: 0, character: 0 }, end: positionIn(this.text(uri), this.text(uri).length) },
    });
  }

  #ask<T>(feature: string, uri: string, params: object = {}): Promise<T> {
    return this.connection.sendRequest(`textDocument/${feature}`, { textDocument: { uri }, ...params });
  }

  /** Sends an edit as it would be applied, and gives the text that comes of it. */
  applied(uri: string, action: CodeAction): string {
    const text = this.text(uri);
    const edits = action.edit!.changes![uri]!.toSorted(
      (a, b) => offsetIn(text, b.range.start) - offsetIn(text, a.range.start),
    );
    return edits.reduce(
      (t, { range, newText }) => t.slice(0, offsetIn(text, range.start)) + newText + t.slice(offsetIn(text, range.end)),
      text,
    );
  }
}

export function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - (before.lastIndexOf('\n') + 1) };
}

export function offsetIn(text: string, { line, character }: Position): number {
  return text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
}

export const rules = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => String(code));

export const textOf = ({ message }: Diagnostic): string => (typeof message === 'string' ? message : message.value);
