import { commands, type DocumentSymbol, Position, type TextEditor } from 'vscode';
import type { WireView } from '#server/protocol.ts';

/** The ids of the diagram's parts that stand for the declaration around the editor's cursor. */
export async function idsAtCursor(editor: TextEditor, view: WireView): Promise<string[]> {
  const uri = editor.document.uri;
  const symbols = await commands.executeCommand<DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  const declaration = symbols?.find((symbol) => symbol.range.contains(editor.selection.active));
  if (!declaration) return [];
  return view.nodes
    .filter(({ target }) => {
      if (target?.uri !== uri.toString()) return false;
      return declaration.range.contains(new Position(target.range.start.line, target.range.start.character));
    })
    .map(({ id }) => id);
}
