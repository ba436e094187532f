import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextEdit } from 'vscode-languageserver/node';
import { Client, example, offsetIn } from './client.ts';

describe('formatting', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.stop();
  });

  /** what comes of a text by the edits that the server answers */
  async function formatted(uri: string, feature: 'formatting' | 'rangeFormatting', range?: object): Promise<string> {
    const edits = await client.connection.sendRequest<TextEdit[]>(`textDocument/${feature}`, {
      textDocument: { uri },
      options: { tabSize: 8, insertSpaces: false },
      ...(range && { range }),
    });
    const text = client.text(uri);
    return edits.reduceRight(
      (t, { range: { start, end }, newText }) =>
        t.slice(0, offsetIn(text, start)) + newText + t.slice(offsetIn(text, end)),
      text,
    );
  }

  it('of a document moves white space only, whatever the editor says of tabs', async () => {
    const uri = 'untitled:formatting';
    const own = example('fraud.mlsys');
    await client.open(uri, own.replace(/^ {2}/gm, '\t\t').replace(/: /g, ' :').replace(/ -> /g, '->'));
    expect(await formatted(uri, 'formatting')).toBe(own);
    expect(client.capabilities).toMatchObject({ documentFormattingProvider: true });
  });

  it('of a range keeps to its lines', async () => {
    const uri = 'untitled:range';
    await client.open(uri, 'source  A {\ntype:stream\n   rate :5/s\n}\n');
    const line = { start: { line: 1, character: 3 }, end: { line: 1, character: 5 } };
    expect(await formatted(uri, 'rangeFormatting', line)).toBe('source  A {\n  type: stream\n   rate :5/s\n}\n');
  });

  it('of a document that is not open is nothing', async () => {
    const params = { textDocument: { uri: 'untitled:nowhere' }, options: { tabSize: 2, insertSpaces: true } };
    expect(await client.connection.sendRequest('textDocument/formatting', params)).toEqual([]);
  });
});
