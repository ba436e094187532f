import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentLink, FoldingRange, SelectionRange } from 'vscode-languageserver/node';
import { Client, example, offsetIn } from './client.ts';

const folder = mkdtempSync(join(tmpdir(), 'mlsys-structure-'));
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();

const TEXT = `import "./one.mlsys"
import "./two words.mlsys"
import "./none.mlsys"

// a comment
// of two lines
param a = 1
param b = max(
  2,
  3
)
/**
 * A doc comment.
 */
features F {
  entity: E  type: batch
  schema {
    x: int32
    y: int32
  }
}
request R { traffic: 2 * a + b  flow: A -> (B & C[3]) }
service S { description: "not { a block"
`;

describe('structure', () => {
  const uri = uriOf('structure.mlsys');
  let client: Client;
  beforeAll(async () => {
    for (const name of ['one.mlsys', 'two words.mlsys']) writeFileSync(join(folder, name), '');
    client = await Client.start();
    await client.open(uri, TEXT);
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = <T>(feature: string, more: object = {}, at = uri): Promise<T> =>
    client.connection.sendRequest(`textDocument/${feature}`, { textDocument: { uri: at }, ...more });

  const slice = ({ range: { start, end } }: { range: SelectionRange['range'] }, text = TEXT): string =>
    text.slice(offsetIn(text, start), offsetIn(text, end));

  it('folds imports, comments, parameters, items and blocks, and keeps closing braces in sight', async () => {
    const folds = await ask<FoldingRange[]>('foldingRange');
    expect(folds.map(({ startLine, endLine, kind = 'code' }) => `${startLine + 1}-${endLine + 1} ${kind}`)).toEqual([
      '1-3 imports',
      '5-6 comment',
      '7-11 code',
      '8-11 code',
      '12-14 comment',
      '15-20 code',
      '17-19 code',
    ]);
  });

  it('folds every declaration of several lines of an example', async () => {
    const at = 'untitled:fraud';
    await client.open(at, example('fraud.mlsys'));
    const lines = client.text(at).split('\n');
    const folds = await ask<FoldingRange[]>('foldingRange', {}, at);
    const opened = lines.flatMap((line, i) => (line.endsWith('{') ? [i] : []));
    expect(folds.map(({ startLine }) => startLine).toSorted((a, b) => a - b)).toEqual(opened);
    for (const { startLine, endLine } of folds) {
      expect(lines[endLine + 1]!.trim()).toBe('}');
      expect(endLine).toBeGreaterThan(startLine);
    }
  });

  it('selects the word, the value, the property, the block, the item, the file', async () => {
    const chain = async (text: string, after = '', behind = 1): Promise<string[]> => {
      const [found] = await ask<SelectionRange[]>('selectionRange', {
        positions: [client.at(uri, text, after, behind)],
      });
      const parts: string[] = [];
      for (let range: SelectionRange | undefined = found; range; range = range.parent) parts.push(slice(range));
      return parts;
    };
    const declaration = TEXT.slice(TEXT.indexOf('features F'), TEXT.indexOf('request R') - 1);
    const item = TEXT.slice(TEXT.indexOf('/**'), TEXT.indexOf('request R') - 1);
    expect(await chain('int32', 'x: int32')).toEqual([
      'int32',
      'y: int32',
      'x: int32\n    y: int32',
      '{\n    x: int32\n    y: int32\n  }',
      'schema {\n    x: int32\n    y: int32\n  }',
      declaration.slice(declaration.indexOf('entity'), declaration.lastIndexOf('}')).trim(),
      declaration.slice(declaration.indexOf('{')),
      declaration,
      item,
      TEXT,
    ]);
    expect((await chain('C', '& ')).slice(0, 5)).toEqual([
      'C',
      'C[3]',
      'B & C[3]',
      'A -> (B & C[3])',
      'flow: A -> (B & C[3])',
    ]);
    expect(await chain('2', 'max(\n  ')).toEqual(['2', 'max(\n  2,\n  3\n)', 'param b = max(\n  2,\n  3\n)', TEXT]);
    expect((await chain('one', '"./'))[0]).toBe('"./one.mlsys"');
    expect(await chain('comment', '// a ')).toEqual(['// a comment', TEXT]);
  });

  it('selects something around every offset, each part inside of the next', async () => {
    const positions = TEXT.split('\n').flatMap((line, at) =>
      [...line].map((_, character) => ({ line: at, character })),
    );
    const found = await ask<SelectionRange[]>('selectionRange', { positions });
    expect(found.length).toBe(positions.length);
    found.forEach((range, i) => {
      const offset = offsetIn(TEXT, positions[i]!);
      let inner = { start: offset, end: offset };
      for (let at: SelectionRange | undefined = range; at; at = at.parent) {
        const outer = { start: offsetIn(TEXT, at.range.start), end: offsetIn(TEXT, at.range.end) };
        expect(outer.start).toBeLessThanOrEqual(inner.start);
        expect(outer.end).toBeGreaterThanOrEqual(inner.end);
        inner = outer;
      }
      expect(inner).toEqual({ start: 0, end: TEXT.length });
    });
  });

  it('links the imports whose files are there', async () => {
    const links = await ask<DocumentLink[]>('documentLink');
    expect(links.map((link) => `${slice(link)} ${link.target}`)).toEqual([
      `./one.mlsys ${uriOf('one.mlsys')}`,
      `./two words.mlsys ${uriOf('two words.mlsys')}`,
    ]);
  });

  it('is nothing for a document that is not open', async () => {
    const at = 'untitled:nowhere';
    expect(await ask('foldingRange', {}, at)).toEqual([]);
    expect(await ask('documentLink', {}, at)).toEqual([]);
    expect(await ask('selectionRange', { positions: [] }, at)).toBeNull();
  });
});
