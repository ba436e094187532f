import assert from 'node:assert/strict';
import { commands, type LocationLink, Uri, window, workspace } from 'vscode';
import { api, at, finding, findings, until } from './support.ts';

const inOther = (name: string): Uri => Uri.joinPath(workspace.workspaceFolders![1]!.uri, name);

const write = (uri: Uri, text: string): Thenable<void> => workspace.fs.writeFile(uri, new TextEncoder().encode(text));

const show = async (uri: Uri) => (await window.showTextDocument(await workspace.openTextDocument(uri))).document;

describe('files', () => {
  it('a text that is in no file yet has findings and a preview', async () => {
    const content =
      'entity Card { keys: 1M }\nfeatures Spend { entity: Cart  type: batch  schema { total: float32 } }\n';
    const document = await workspace.openTextDocument({ language: 'mlsys', content });
    await window.showTextDocument(document);
    const found = await finding(document, 'name/unresolved');
    assert.equal(document.getText(found.range), 'Cart');
    await commands.executeCommand('mlsys.openPreviewToSide');
    const { previewState } = await api();
    await until('its diagram', () => previewState(document.uri.toString())?.rendered?.how === 'drawn');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('what a design imports is read, and read again when it changes, without being open', async () => {
    const [shared, design] = [inOther('shared.mlsys'), inOther('design.mlsys')];
    await write(shared, 'entity Card { keys: 1M }\n');
    await write(
      design,
      'import "./shared.mlsys"\nfeatures Spend { entity: Card  type: batch  schema { total: float32 } }\n',
    );
    const document = await show(design);
    await until('the definition of Card', () => defines(document, 'Card', shared));
    assert.deepEqual(findings(document, 'name/unresolved'), []);
    await write(shared, 'entity User { keys: 1M }\n');
    await finding(document, 'name/unresolved');
    await write(shared, 'entity Card { keys: 2M }\n');
    await until('Card is known again', () => findings(document, 'name/unresolved').length === 0);
  });

  it('a design sees those of another folder of the workspace', async () => {
    const design = inOther('across.mlsys');
    await write(
      design,
      'import "../examples/fraud.mlsys"\nfeedback Labels { from: AnalystReview  to: TrainFraudNet }\n',
    );
    const document = await show(design);
    const fraud = Uri.joinPath(workspace.workspaceFolders![0]!.uri, 'fraud.mlsys');
    await until('the definition of TrainFraudNet', () => defines(document, 'TrainFraudNet', fraud));
  });
});

async function defines(document: Awaited<ReturnType<typeof show>>, name: string, where: Uri): Promise<boolean> {
  const found = await commands.executeCommand<LocationLink[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    at(document, name),
  );
  return found[0]?.targetUri.toString() === where.toString();
}
