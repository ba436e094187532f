import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type FoldingRange,
  type Location,
  type SymbolInformation,
  type TextDocument,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode';

import { at, open, replace, restore, until } from './support.ts';

describe('finding the way, and one form', () => {
  let fraud: TextDocument;

  before(async () => {
    ({ document: fraud } = await open('fraud.mlsys'));
  });

  afterEach(() => restore(fraud));

  it('finds references', async () => {
    const position = at(fraud, 'RiskStore', 'featurestore ');
    const found = await until('references', async () => {
      const locations = await commands.executeCommand<Location[]>(
        'vscode.executeReferenceProvider',
        fraud.uri,
        position,
      );
      return locations.length > 0 && locations;
    });
    assert.equal(found.length, 3);
  });

  it('renames', async () => {
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      fraud.uri,
      at(fraud, 'RiskStore', 'store: '),
      'Store',
    );
    assert.equal(edit.get(fraud.uri).length, 3);
  });

  it('finds declarations of files that are not open', async () => {
    const names = await until('symbols', async () => {
      const symbols = await commands.executeCommand<SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        'helpc',
      );
      return symbols.length > 0 && symbols.map(({ name }) => name);
    });
    assert.deepEqual(names, ['HelpCentre']);
  });

  it('formats, and nothing in what has its form already', async () => {
    const edits = async () =>
      (await commands.executeCommand<TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', fraud.uri, {
        tabSize: 4,
        insertSpaces: false,
      })) ?? [];
    assert.deepEqual(await edits(), []);
    await replace(fraud, 'rate: 6k/s', 'rate:6k/s');
    assert.deepEqual(
      (await edits()).map(({ newText }) => newText),
      [' '],
    );
  });

  it('folds', async () => {
    const folds = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', fraud.uri);
    assert.ok(folds.length > 20, `${folds.length} folds`);
  });

  it('offers snippets of whole patterns', async () => {
    const end = fraud.lineAt(fraud.lineCount - 1).range.end;
    const { items } = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      fraud.uri,
      end,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('llm serving'), labels.join(', '));
  });
});
