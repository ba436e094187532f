import type { InitializeParams, WorkspaceFolder } from 'vscode-languageserver';
import type { Workspace } from '#language/index.ts';
import type { Host, Options } from './host.ts';

/**
 * The folders of the workspace. Their designs are listed when a feature first looks beyond the open documents: that may take a
 * while. What is made afterwards, the client tells.
 */
export class Folders {
  readonly #options: Options;
  readonly #workspace: Workspace;
  #uris: readonly string[] = [];
  #listing: Promise<void> | undefined;

  constructor(options: Options, workspace: Workspace) {
    this.#options = options;
    this.#workspace = workspace;
  }

  /** Takes over what `initialize` says. */
  begin({ workspaceFolders, rootUri }: InitializeParams): void {
    this.#uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  }

  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.#uris = [...this.#uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    this.#listing = undefined;
  }

  /** Waits until the workspace knows the designs of its folders. */
  listed(): Promise<void> {
    this.#listing ??= this.#list();
    return this.#listing;
  }

  async #list(): Promise<void> {
    const uris = await this.#options.designs?.(this.#uris);
    if (uris) this.#workspace.list(uris);
  }
}

/** Waits until the workspace has the designs of its folders, and the newest texts of the open ones. */
export async function wholeWorkspace({ folders, texts, document }: Host): Promise<void> {
  await folders.listed();
  for (const { uri } of texts.all()) document(uri);
}
