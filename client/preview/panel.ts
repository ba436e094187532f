import {
  commands,
  type Disposable,
  type Hover,
  Position,
  Range,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { VIEW, type ViewRequest, type ViewResponse, type WireTarget } from '#server/protocol.ts';
import type { Host } from '../activate.ts';
import { idsAtCursor } from './cursor.ts';
import { take } from './export.ts';
import type { ExportFormat, FromWebview, PreviewState, Rendered, ToWebview } from './messages.ts';
import { page, pageFolder } from './page.ts';
import { write } from './write.ts';

/** What a preview last said about itself. */
export interface PreviewReport {
  readonly state: PreviewState;
  /** null: nothing has reached the screen yet */
  readonly rendered: Rendered | null;
  /** how often something has */
  readonly renders: number;
  readonly errors: readonly string[];
  /** of the page's content security policy */
  readonly violations: readonly string[];
}

/** One panel, which shows one view of one document and follows its text. */
export class Preview {
  readonly #panel: WebviewPanel;
  readonly #host: Host;
  readonly #listeners: Disposable[];
  #state: PreviewState;
  /** the last answer whose text could be read: what a page that was hidden shows again */
  #good: ViewResponse | null = null;
  #asking = false;
  #askAgain = false;
  #rendered: Rendered | null = null;
  #renders = 0;
  /** the page listens; what was asked for before */
  #ready = false;
  readonly #exports: ExportFormat[] = [];
  #errors: string[] = [];
  #violations: string[] = [];

  constructor(panel: WebviewPanel, state: PreviewState, host: Host) {
    this.#panel = panel;
    this.#state = state;
    this.#host = host;
    this.#listeners = [
      panel.webview.onDidReceiveMessage((message: FromWebview) => this.#receive(message)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#mark(textEditor)),
    ];
    const { extensionUri } = host.context;
    panel.title = `Preview ${Uri.parse(state.uri).path.split('/').at(-1)}`;
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'syntaxes', 'icons', 'file-light.svg'),
      dark: Uri.joinPath(extensionUri, 'syntaxes', 'icons', 'file-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extensionUri)] };
    panel.webview.html = page(panel.webview, extensionUri);
  }

  get uri(): string {
    return this.#state.uri;
  }

  get report(): PreviewReport {
    const [state, rendered, renders, errors, violations] = [
      this.#state,
      this.#rendered,
      this.#renders,
      this.#errors,
      this.#violations,
    ];
    return { state, rendered, renders, errors, violations };
  }

  get active(): boolean {
    return this.#panel.active;
  }

  /** Saves or copies the view as it is shown; where the page draws nothing yet, as soon as it does. */
  export(format: ExportFormat): void {
    if (!this.#panel.visible) this.show();
    if (this.#ready) this.#post({ type: 'export', format });
    else this.#exports.push(format);
  }

  /** A command of the context menu on a part. */
  act(act: 'reveal' | 'open', id: string): void {
    this.#post({ type: 'act', act, id });
  }

  /** Brings the panel to the front, with the keyboard's focus left where it is. */
  show(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  /** Asks for the view once more. At most one question is under way: those that come meanwhile become one. */
  async refresh(): Promise<void> {
    if (!this.#panel.visible) return;
    this.#askAgain = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#askAgain) {
      this.#askAgain = false;
      await this.#ask();
    }
    this.#asking = false;
  }

  async #ask(): Promise<void> {
    const state = this.#state;
    try {
      const response = await this.#host.client.sendRequest<ViewResponse | null>(VIEW, state satisfies ViewRequest);
      if (!sameView(state, this.#state)) return; // another view was picked meanwhile, and its question waits
      if (response && !response.broken) this.#good = response;
      const closed = 'The document is closed. This is how it last stood.';
      this.#post(response ? { type: 'view', response, state } : { type: 'stale', text: closed });
    } catch (error) {
      this.#host.log.error('The preview got no answer.', error as Error);
      this.#post({ type: 'stale', text: 'The language server does not answer. The output "MLSys" says more.' });
    }
  }

  #receive(message: FromWebview): unknown {
    switch (message.type) {
      case 'ready':
        return this.#begin();
      case 'pick':
        return this.#pick(message);
      case 'hover':
        return this.#hover(message.id, message.target);
      case 'write':
        return this.#write(message.as);
      case 'reveal':
        return this.#reveal(message.target, message.focus);
      case 'leave':
        return this.#edit(Uri.parse(this.uri), { preserveFocus: false });
      case 'exported':
        return take(message, Uri.parse(this.uri));
      case 'rendered':
        this.#rendered = message;
        this.#renders++;
        return;
      case 'error':
        this.#errors.push(message.message);
        return this.#host.log.error(`Preview: ${message.message}`);
      case 'csp':
        this.#violations.push(`${message.directive} ${message.blocked}`);
        return this.#host.log.warn(`Preview: ${message.directive} forbids ${message.blocked}`);
    }
  }

  async #begin(): Promise<void> {
    this.#ready = true;
    for (const format of this.#exports.splice(0)) this.#post({ type: 'export', format });
    if (this.#good) this.#post({ type: 'view', response: this.#good, state: this.#state });
    await this.refresh();
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === this.uri);
    if (editor) await this.#mark(editor);
  }

  /** A subject belongs to its view: another view starts without one. */
  #pick({ view = this.#state.view, subject, scenario, sets }: Extract<FromWebview, { type: 'pick' }>): Promise<void> {
    const same = view === this.#state.view;
    this.#state = {
      uri: this.uri,
      view,
      subject: subject !== undefined ? subject : same ? this.#state.subject : null,
      scenario: scenario !== undefined ? scenario : this.#state.scenario,
      sets: sets !== undefined ? sets : this.#state.sets,
    };
    if (!same) this.#good = null;
    return this.refresh();
  }

  async #hover(id: string, { uri, range: { start } }: WireTarget): Promise<void> {
    const place = [Uri.parse(uri), new Position(start.line, start.character)] as const;
    const hovers = await commands.executeCommand<Hover[] | undefined>('vscode.executeHoverProvider', ...place);
    const texts = (hovers ?? []).flatMap(({ contents }) => contents);
    const markdown = texts.map((text) => (typeof text === 'string' ? text : text.value));
    this.#post({ type: 'hover', id, markdown });
  }

  /** What is written counts from then on: nothing is varied any more. */
  async #write(as: 'text' | 'scenario'): Promise<void> {
    const { uri, scenario, sets } = this.#state;
    if (!sets || Object.keys(sets).length === 0) return;
    const written = await write(this.#host, { uri, scenario, sets }, as);
    if (!written) return;
    this.#state = { ...this.#state, sets: {}, ...(as === 'scenario' && { scenario: written }) };
    await this.refresh();
  }

  async #reveal({ uri, range: { start, end } }: WireTarget, focus: boolean): Promise<void> {
    const selection = new Range(start.line, start.character, end.line, end.character);
    const editor = await this.#edit(Uri.parse(uri), { preserveFocus: !focus, selection });
    editor?.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** The document in the column where it stands already, else in one that does not hide the panel. */
  async #edit(uri: Uri, options: { preserveFocus: boolean; selection?: Range }): Promise<TextEditor | undefined> {
    const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    const viewColumn =
      shown?.viewColumn ?? (this.#panel.viewColumn === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
    try {
      return await window.showTextDocument(await workspace.openTextDocument(uri), { ...options, viewColumn });
    } catch (error) {
      this.#host.log.warn(`${uri} cannot be shown.`, error as Error);
      return undefined;
    }
  }

  async #mark(editor: TextEditor): Promise<void> {
    if (!this.#good || !this.#panel.visible || editor.document.uri.toString() !== this.uri) return;
    this.#post({ type: 'mark', ids: await idsAtCursor(editor, this.#good.model) });
  }

  #post(message: ToWebview): void {
    void this.#panel.webview.postMessage(message);
  }
}

const sameView = (a: PreviewState, b: PreviewState): boolean =>
  a.view === b.view && a.subject === b.subject && a.scenario === b.scenario;
