import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Position } from 'vscode-languageserver/node';
import { VIEW, type ViewResponse } from '#server/protocol.ts';
import { Client, example, positionIn, rules } from './client.ts';

const URI = 'file:///designs/broken.mlsys';
const FRAUD = example('fraud.mlsys');

const LISTS = ['references', 'documentHighlight', 'foldingRange', 'selectionRange', 'documentLink', 'formatting'];
const isList = (answer: unknown): boolean => Array.isArray(answer) || answer === null;

describe('whatever the text', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
    await client.open(URI, '');
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    expect(await client.stop()).toBe(0);
  });

  /** Every feature is asked, and has to answer. */
  async function askAll(text: string, offset = text.length) {
    await client.replace(URI, text);
    const position = positionIn(text, offset);
    const [hover, completion, , symbols, tokens, hints, view] = await Promise.all([
      client.hover(URI, position),
      client.completion(URI, position),
      client.definition(URI, position),
      client.symbols(URI),
      client.tokens(URI),
      client.hints(URI),
      client.connection.sendRequest<ViewResponse>(VIEW, { uri: URI, view: 'lifecycle' }),
    ]);
    for (const answer of await Promise.all(LISTS.map((feature) => asked(feature, position))))
      expect(answer).toSatisfy(isList);
    // renaming may be refused, with a reason
    await asked('rename', position).catch((error: Error) => expect(error.message).not.toBe(''));
    const diagnostics = await client.diagnostics(URI);
    const [first] = diagnostics;
    if (first) await client.actions(URI, first);
    expect(typeof hover).toBe('string');
    for (const answer of [completion, symbols, tokens.data, hints]) expect(Array.isArray(answer)).toBe(true);
    for (const symbol of symbols) expect(symbol.name).not.toBe('');
    return { diagnostics, completion, view };
  }

  const asked = (feature: string, position: Position): Promise<unknown> =>
    client.connection.sendRequest(`textDocument/${feature}`, {
      textDocument: { uri: URI },
      ...{ position, positions: [position], context: { includeDeclaration: true }, newName: 'Renamed' },
      options: { tabSize: 2, insertSpaces: true },
    });

  it('every feature answers at every prefix of a design', async () => {
    for (let end = 0; end < FRAUD.length; end += 200) {
      const { view } = await askAll(FRAUD.slice(0, end));
      expect(view).not.toBeNull();
    }
  });

  it('a mistake in one declaration costs the others nothing', async () => {
    const { diagnostics, view } = await askAll(
      FRAUD.replace('pattern: fraud_detection', 'pattern: fraud_detection ]').replace(
        'store: RiskStore',
        'store: RiskStor',
      ),
    );
    expect(rules(diagnostics)).toEqual(
      expect.arrayContaining(['syntax/error', 'name/unresolved', 'capacity/gpu-shortfall']),
    );
    expect(view.broken).toBe(true);
  });

  it.each([
    ['nothing but signs', '{}[]()<>,;:="\'\\/*-+^~&|@#$%.'],
    ['an open comment', 'serving A { /* '],
    ['an open text', 'system S { owner: "'],
    ['deep brackets', `param p = ${'('.repeat(5000)}`],
    [
      'names of objects',
      'constructor X { valueOf: 3 }\nserving constructor { toString: __proto__ }\nmodel __proto__ { }',
    ],
    ['a lone surrogate', 'system S { owner: "\ud800" }'],
  ])('%s is answered', async (_, text) => {
    await askAll(text, Math.min(text.length, 12));
  });

  it('lines may end with CR LF', async () => {
    const text = FRAUD.replaceAll('\n', '\r\n').replace('retention', 'retension');
    const { diagnostics } = await askAll(text);
    const unknown = diagnostics.find((d) => d.code === 'type/unknown-property')!;
    const line = text.split('\r\n')[unknown.range.start.line]!;
    expect(line.slice(unknown.range.start.character, unknown.range.end.character)).toBe('retension');
    const silence = (await client.actions(URI, unknown)).find((a) => a.title.startsWith('Ignore'))!;
    expect(client.applied(URI, silence)).toContain(
      '\r\n  // mlsys-ignore type/unknown-property: reason\r\n  retension',
    );
    const clean = await askAll(FRAUD.replaceAll('\n', '\r\n'));
    expect(rules(clean.diagnostics).filter((r) => /^(syntax|type|name)\//.test(r))).toEqual([]);
  });

  it('a file may begin with a byte order mark', async () => {
    const { diagnostics } = await askAll(`\uFEFF${FRAUD}`);
    expect(rules(diagnostics).filter((r) => /^(syntax|type|name)\//.test(r))).toEqual([]);
  });

  it('positions count UTF-16 code units', async () => {
    const text = 'system S { description: "🚀🚀"  owner: "a"  ownr: 3 }\n';
    const { diagnostics, completion } = await askAll(text, text.indexOf(' ownr') + 1);
    const { range } = diagnostics.find((d) => d.code === 'type/unknown-property')!;
    expect([range.start.character, range.end.character]).toEqual([text.indexOf('ownr'), text.indexOf('ownr') + 4]);
    const edit = completion.find((i) => i.label === 'budget')!.textEdit as {
      range: { start: { character: number }; end: { character: number } };
    };
    expect([edit.range.start.character, edit.range.end.character]).toEqual([
      text.indexOf('ownr'),
      text.indexOf('ownr') + 4,
    ]);
  });

  it('a position beyond the text, and a document that is not open, are answered', async () => {
    const nowhere = { line: 1e6, character: 1e6 };
    expect(await client.hover(URI, nowhere)).toBe('');
    expect(Array.isArray(await client.completion(URI, nowhere))).toBe(true);
    expect(await client.completion('file:///not/open.mlsys', nowhere)).toEqual([]);
    expect(await client.definition('file:///not/open.mlsys', nowhere)).toBeNull();
  });
});
