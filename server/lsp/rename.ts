import { ErrorCodes, ResponseError, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { type Refusal, rename, renamedAt } from '#language/editor/rename.ts';
import type { Document, Edit } from '#language/index.ts';
import { wholeWorkspace } from './folders.ts';
import { type Host, offsetOf, rangeOf } from './host.ts';

export function provideRename(host: Host): void {
  host.connection.onPrepareRename(
    host.guard(
      'what is renamed',
      ({ textDocument: { uri }, position }) => {
        const document = host.document(uri);
        if (!document) return null;
        const found = renamedAt(document, offsetOf(document, position));
        if ('problem' in found) return refused(found);
        return { range: rangeOf(document, found.span), placeholder: found.declared.name };
      },
      null,
    ),
  );
  host.connection.onRenameRequest(
    host.guard(
      'rename',
      async ({ textDocument: { uri }, position, newName }): Promise<WorkspaceEdit | ResponseError<void> | null> => {
        await wholeWorkspace(host);
        const document = host.document(uri);
        if (!document) return null;
        const edits = rename(host.workspace, document, offsetOf(document, position), newName);
        return 'problem' in edits ? refused(edits) : { changes: changes(host, document, edits) };
      },
      Promise.resolve(null),
    ),
  );
}

/** Shown to the user as it is. */
const refused = ({ problem }: Refusal): ResponseError<void> => new ResponseError(ErrorCodes.InvalidRequest, problem);

function changes({ workspace }: Host, from: Document, edits: readonly Edit[]): Record<string, TextEdit[]> {
  const byFile: Record<string, TextEdit[]> = {};
  const documents = new Map<string, Document>([[from.uri, from]]);
  for (const { at, text } of edits) {
    const { uri } = at.at;
    const document = documents.get(uri) ?? workspace.document(uri) ?? from;
    documents.set(uri, document);
    byFile[uri] ??= [];
    byFile[uri].push({ range: rangeOf(document, at), newText: text });
  }
  return byFile;
}
