import type { Connection, Position, Range } from 'vscode-languageserver';
import type { Document, Loader, Workspace } from '#language/index.ts';
import type { Span } from '#language/model/design.ts';

/** What a host (Node, a browser's worker) brings to the server. */
export interface Options {
  /** reads a file that no editor has open; undefined where there is none */
  readonly load: Loader;
  /** bytes in use, for tests and reports */
  readonly memory?: () => Record<string, number>;
}

/** What every feature works with. */
export interface Host {
  readonly connection: Connection;
  readonly options: Options;
  readonly workspace: Workspace;
  /** set by `initialize` */
  readonly client: { snippets: boolean; inlayHints: boolean };
  /** the document with the newest text that has arrived, and its version; undefined for one that is not open */
  document(uri: string): Document | undefined;
  version(uri: string): number | null;
  /** how many messages were handled so far */
  handled(): number;
  /** Answers a request; whatever goes wrong becomes `otherwise` and a line in the log, never the end of the process. */
  guard<A extends unknown[], T>(name: string, answer: (...args: A) => T, otherwise: T): (...args: A) => T;
}

/** A place in any file that a document sees. */
export const rangeOf = (document: Document, span: Span): Range => document.linesOf(span.at.uri).range(span);

export const offsetOf = (document: Document, position: Position): number => document.lines.offset(position);

export const markdown = (value: string) => ({ kind: 'markdown' as const, value });
