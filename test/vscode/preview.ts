import assert from 'node:assert/strict';
import { commands, type TextDocument, window, workspace } from 'vscode';
import type { Api } from '../../client/activate.ts';
import type { PreviewReport } from '../../client/preview/panel.ts';
import { VIEW, type ViewResponse } from '../../server/protocol.ts';
import { api, append, open, replace, restore, until } from './support.ts';

describe('the preview', () => {
  let mlsys: Api;
  let fraud: TextDocument;
  /** how many the diagram of the saved text has */
  let parts: number;

  const report = () => mlsys.previewState(fraud.uri.toString());
  const renderedAfter = (renders: number, what: string, look: (report: PreviewReport) => boolean) =>
    until<PreviewReport>(what, () => {
      const now = report();
      return now && now.renders > renders && look(now) ? now : null;
    });

  before(async () => {
    mlsys = await api();
    ({ document: fraud } = await open('fraud.mlsys'));
  });

  afterEach(() => restore(fraud));

  after(() => {
    assert.deepEqual(report()?.errors, []);
    assert.deepEqual(report()?.violations, []);
  });

  it('draws every part of the life cycle', async () => {
    await commands.executeCommand('mlsys.openPreviewToSide');
    const { rendered } = await renderedAfter(0, 'the first diagram', ({ rendered }) => rendered?.how === 'drawn');
    const asked = { uri: fraud.uri.toString(), view: 'lifecycle' };
    const { model } = (await mlsys.client.sendRequest<ViewResponse | null>(VIEW, asked))!;
    parts = model.nodes.filter(({ target, opens }) => target || opens).length;
    assert.equal(rendered!.nodes, parts);
    const ids = model.nodes.map(({ id }) => id);
    for (const id of [
      'source_Authorizations',
      'features_CardProfile',
      'training_TrainFraudNet',
      'serving_FraudScorer',
      'request_ScoreTransaction',
    ])
      assert.ok(ids.includes(id), `${id} is not among ${ids}`);
    assert.equal(window.activeTextEditor?.document, fraud, 'the keyboard stays in the text');
  });

  it('is one panel a document', async () => {
    const tabs = () =>
      window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'Preview fraud.mlsys').length;
    await commands.executeCommand('mlsys.openPreviewToSide');
    await commands.executeCommand('mlsys.openPreview');
    assert.equal(tabs(), 1);
  });

  it('follows the text', async () => {
    const { renders } = report()!;
    await append(fraud, '\nsource Disputes {\n  type: batch\n  records: 1k/d\n  record: 1KB\n}\n');
    await renderedAfter(renders, 'one more node', (now) => now.rendered!.nodes === parts + 1);
  });

  it('keeps the last good diagram while the text is broken', async () => {
    await renderedAfter(0, 'the whole diagram', ({ rendered }) => rendered?.nodes === parts);
    const { renders } = report()!;
    await replace(fraud, 'serving FraudScorer {', 'serving FraudScorer {{ ');
    const { rendered } = await renderedAfter(renders, 'a diagram that is kept', (now) => now.rendered!.how === 'kept');
    assert.equal(rendered!.nodes, parts);
    await restore(fraud);
    await renderedAfter(
      report()!.renders - 1,
      'a diagram again',
      (now) => now.rendered!.how !== 'kept' && now.rendered!.nodes === parts,
    );
  });

  it('takes every theme without an error', async () => {
    const workbench = () => workspace.getConfiguration('workbench');
    const themes = [
      'Default Light Modern',
      'Default High Contrast',
      'Default High Contrast Light',
      'Default Dark Modern',
    ];
    for (const theme of themes) {
      await workbench().update('colorTheme', theme, true);
      const { renders } = report()!;
      await append(fraud, `\nservice Under${theme.replaceAll(' ', '')} { latency: 1ms }\n`);
      await renderedAfter(renders, `a diagram in ${theme}`, ({ rendered }) => rendered!.how !== 'kept');
    }
    assert.deepEqual(report()!.errors, []);
  });
});
