import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  languages,
  type Location,
  type LocationLink,
  type MarkdownString,
  Range,
  type SemanticTokens,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import { at, finding, findings, open, replace, restore, ruleOf, until } from './support.ts';

const hover = async (document: TextDocument, text: string, after?: string): Promise<string> => {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at(document, text, after),
  );
  return hovers.flatMap(({ contents }) => contents.map((part) => (part as MarkdownString).value)).join('\n');
};

const hints = async (document: TextDocument): Promise<string[]> => {
  const whole = new Range(0, 0, document.lineCount, 0);
  const found = await commands.executeCommand<InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
  return found.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
};

const definition = async (document: TextDocument, text: string, after: string): Promise<{ uri: Uri; range: Range }> => {
  const position = at(document, text, after);
  const [found] = await commands.executeCommand<(Location | LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    position,
  );
  assert.ok(found, `no definition of ${text}`);
  return 'targetUri' in found ? { uri: found.targetUri, range: found.targetRange } : found;
};

/** What is offered where `text` stands after having been typed behind `after`. */
const completion = async (document: TextDocument, text: string, after: string): Promise<string[]> => {
  await replace(document, after, after + text);
  const end = document.positionAt(document.getText().indexOf(after + text) + after.length + text.length);
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, end);
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

describe('the language in the editor', () => {
  let fraud: TextDocument;

  before(async () => {
    ({ document: fraud } = await open('fraud.mlsys'));
    await until('findings in fraud.mlsys', () => languages.getDiagnostics(fraud.uri).length > 0);
  });

  afterEach(() => restore(fraud));

  it('finds no slip of syntax, type or name in an example', () => {
    const slips = languages.getDiagnostics(fraud.uri).filter((found) => /^(syntax|type|name)\//.test(ruleOf(found)));
    assert.deepEqual(
      slips.map(({ message }) => message),
      [],
    );
  });

  it('finds what a scenario breaks: 16 replicas where 23 are needed', async () => {
    const found = await finding(fraud, 'capacity/gpu-shortfall');
    assert.match(found.message, /23/);
    assert.match(found.message, /BlackFriday/);
    assert.equal(found.source, 'mlsys');
  });

  it('marks the very token whose unit is wrong', async () => {
    await replace(fraud, '6k/s', '6GB', 'rate: ');
    const found = await finding(fraud, 'type/unit-mismatch');
    assert.equal(fraud.getText(found.range), '6GB');
  });

  it('takes the finding back when the text is right again', async () => {
    await replace(fraud, 'RiskStore', 'RiskStor', 'store: ');
    await until('the unresolved name', () => findings(fraud, 'name/unresolved').length > 0);
    await restore(fraud);
    await until('no unresolved name', () => findings(fraud, 'name/unresolved').length === 0);
  });

  it('shows figures and their derivation on hover', async () => {
    const { document } = await open('worked_estimates.mlsys');
    const text = await until('the hover', () => hover(document, 'RealTime', 'serving '));
    assert.match(text, /400 GPUs/);
    assert.match(text, /utilization/);
  });

  it('shows the doc comment on hover', async () => {
    assert.match(
      await until('the hover', () => hover(fraud, 'CardVelocity', 'features ')),
      /How fast a card is being used/,
    );
  });

  it('writes estimates between the lines', async () => {
    const { document } = await open('worked_estimates.mlsys');
    const shown = await until('the hints', async () => {
      const found = await hints(document);
      return found.some((hint) => hint.includes('400 GPUs')) && found;
    });
    assert.ok(
      shown.some((hint) => hint.includes('100 GPUs')),
      shown.join(' | '),
    );
  });

  it('hides them by a setting', async () => {
    const { document } = await open('worked_estimates.mlsys');
    const settings = () => workspace.getConfiguration('mlsys');
    try {
      await settings().update('inlayHints.enabled', false, true);
      assert.deepEqual(await hints(document), []);
    } finally {
      await settings().update('inlayHints.enabled', undefined, true);
    }
    assert.notDeepEqual(await hints(document), []);
  });

  it('offers kinds, properties, words, references and hardware', async () => {
    const offers = async (text: string, after: string, wanted: string[]) => {
      const labels = await completion(fraud, text, after);
      for (const label of wanted) assert.ok(labels.includes(label), `${label} is not among ${labels.slice(0, 40)}`);
      await restore(fraud);
    };
    await offers('\nser', 'param peak = 12k/s', ['serving', 'service']);
    await offers('\n  ow', '  pattern: online', ['owner']);
    await offers('st', '  type: ', ['stream']);
    await offers('Ca', '  entity: ', ['Card']);
    await offers('A', '  hardware: 4 x ', ['A100_80GB']);
  });

  it('goes to a definition in the document', async () => {
    const { uri, range } = await definition(fraud, 'FraudNet', 'serving FraudScorer {\n  model: ');
    assert.equal(uri.toString(), fraud.uri.toString());
    assert.match(fraud.lineAt(range.start.line).text, /^model FraudNet /);
  });

  it('goes to a definition in the catalog, and shows it', async () => {
    const { uri, range } = await definition(fraud, 'L4', 'hardware: 1 x ');
    assert.equal(uri.scheme, 'mlsys-catalog');
    const catalog = await workspace.openTextDocument(uri);
    assert.match(catalog.lineAt(range.start.line).text, /hardware L4\b/);
    assert.equal(catalog.languageId, 'mlsys');
  });

  it('lists the declarations', async () => {
    const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', fraud.uri);
    const names = symbols.map(({ name }) => name);
    for (const name of ['CardFraud', 'Authorizations', 'FraudScorer', 'ScoreTransaction', 'BlackFriday'])
      assert.ok(names.includes(name), name);
  });

  it('colours names by what they mean', async () => {
    const tokens = await commands.executeCommand<SemanticTokens>('vscode.provideDocumentSemanticTokens', fraud.uri);
    assert.ok(tokens.data.length / 5 > 50, `${tokens.data.length / 5} tokens`);
  });
});
