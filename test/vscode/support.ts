import {
  type Diagnostic,
  extensions,
  languages,
  Position,
  Range,
  type TextDocument,
  type TextEditor,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Api } from '../../client/activate.ts';

export const ID = 'mlsys.mlsys';

export const api = async (): Promise<Api> => extensions.getExtension<Api>(ID)!.activate();

/** Shows a design of the workspace, as it stands on the disk. */
export async function open(name: string): Promise<TextEditor> {
  return window.showTextDocument(await workspace.openTextDocument(uriOf(name)));
}

export const uriOf = (name: string): Uri => Uri.joinPath(workspace.workspaceFolders![0]!.uri, name);

type Maybe<T> = T | false | null | undefined;

/** Waits until `look` finds something. VS Code answers many questions only after a while. */
export async function until<T>(what: string, look: () => Maybe<T> | Promise<Maybe<T>>, ms = 20_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The middle of the first `text`, or of the first one after `after`. */
export function at(document: TextDocument, text: string, after = ''): Position {
  const whole = document.getText();
  const start = whole.indexOf(text, after ? whole.indexOf(after) + after.length : 0);
  if (start < 0) throw new Error(`There is no ${text} in ${document.uri}`);
  return document.positionAt(start + Math.floor(text.length / 2));
}

/** Replaces the first `text` after `after`. */
export async function replace(document: TextDocument, text: string, by: string, after = ''): Promise<void> {
  const middle = document.offsetAt(at(document, text, after));
  const start = middle - Math.floor(text.length / 2);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + text.length)), by);
  await workspace.applyEdit(edit);
}

export async function append(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(document.lineCount, 0), text);
  await workspace.applyEdit(edit);
}

/** Puts a document back as it is on the disk. */
export async function restore(document: TextDocument): Promise<void> {
  const saved = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), saved);
  await workspace.applyEdit(edit);
}

export const ruleOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);

export const findings = (document: TextDocument, rule: string): Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter((diagnostic) => ruleOf(diagnostic) === rule);

/** The first finding of a rule, as soon as there is one. */
export const finding = (document: TextDocument, rule: string): Promise<Diagnostic> =>
  until(`a finding of ${rule}`, () => findings(document, rule)[0]);
