import type { Connection, Position, Range, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Document, Loader, Workspace } from '#language/index.ts';
import type { Span } from '#language/model/design.ts';
import type { Severities } from './configuration.ts';
import type { Folders } from './folders.ts';
import type { LateFiles } from './late-files.ts';

/** What a host (Node, a browser's worker) brings to the server. */
export interface Options {
  /** reads a file that no editor has open; undefined where there is none */
  readonly load: Loader;
  /** whose `load` it is, where files are read asynchronously */
  readonly late?: LateFiles;
  /** lists the designs in folders, and sees to it that `load` knows them */
  readonly designs?: (folders: readonly string[]) => readonly string[] | Promise<readonly string[]>;
  /** the folder of the rules' pages, as a URI, where the client does not say it */
  readonly pages?: string;
  /** bytes in use, for tests and reports */
  readonly memory?: () => Record<string, number>;
}

/** What every feature works with. */
export interface Host {
  readonly connection: Connection;
  readonly options: Options;
  /** the open texts, as the client changes them */
  readonly texts: TextDocuments<TextDocument>;
  readonly workspace: Workspace;
  readonly folders: Folders;
  readonly severities: Severities;
  /** set by `initialize` */
  readonly client: {
    snippets: boolean;
    links: boolean;
    inlayHints: boolean;
    /** takes an action without its edits, and asks for them when it is taken */
    resolvesEdits: boolean;
    /** where the rules' pages are, as a URI */
    pages: string | undefined;
  };
  /** the document with the newest text that has arrived; undefined for one that is not open */
  document(uri: string): Document | undefined;
  version(uri: string): number | null;
  /** how many messages were answered so far */
  handled(): number;
  /** Whatever goes wrong becomes `otherwise` and a line in the log, never the end of the process. */
  attempt<T>(name: string, act: () => T, otherwise: T): T;
  /** The same for the answer to a message, which counts as handled. */
  guard<P, T>(name: string, answer: (params: P) => T, otherwise: T): (params: P) => T;
}

/** A place in any file that a document sees. */
export const rangeOf = (document: Document, span: Span): Range => document.linesOf(span.at.uri).range(span);

export const offsetOf = (document: Document, position: Position): number => document.lines.offset(position);

export const markdown = (value: string) => ({ kind: 'markdown' as const, value });

/** Runs a task after the messages that wait; browsers have no `setImmediate`. */
export const later: (task: () => void) => unknown =
  (globalThis as { setImmediate?: (task: () => void) => unknown }).setImmediate ?? ((task) => setTimeout(task, 0));
