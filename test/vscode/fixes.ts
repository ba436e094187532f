import assert from 'node:assert/strict';
import { type CodeAction, CodeActionKind, commands, type TextDocument, workspace } from 'vscode';
import { finding, findings, open, replace, restore, until } from './support.ts';

/** Applies the first fix that is offered for the first finding of `rule`, and waits until there is none of it any more. */
async function fix(document: TextDocument, rule: string): Promise<string> {
  const found = await finding(document, rule);
  const offered = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    found.range,
    CodeActionKind.QuickFix.value,
  );
  const action = offered.find(({ edit }) => edit);
  assert.ok(action, `no fix for "${found.message}" among ${offered.map(({ title }) => title)}`);
  assert.ok(await workspace.applyEdit(action.edit!));
  await until(`no ${rule} after "${action.title}"`, () => findings(document, rule).length === 0);
  return action.title;
}

describe('a quick fix removes its finding', () => {
  let fraud: TextDocument;

  before(async () => {
    ({ document: fraud } = await open('fraud.mlsys'));
  });

  afterEach(() => restore(fraud));

  it('of too few replicas', async () => {
    const title = await fix(fraud, 'capacity/gpu-shortfall');
    assert.match(title, /23/);
    assert.match(fraud.getText(), /replicas: 23/);
  });

  it('of a property that is misspelt', async () => {
    await replace(fraud, 'retention', 'retension');
    await fix(fraud, 'type/unknown-property');
    assert.match(fraud.getText(), /retention: 60d/);
  });

  it('of a name that is misspelt', async () => {
    await replace(fraud, 'RiskStore', 'RiskStor', 'store: ');
    await fix(fraud, 'name/unresolved');
    assert.match(fraud.getText(), /store: RiskStore/);
  });
});
