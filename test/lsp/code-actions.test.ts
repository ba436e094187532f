import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from '#language/workspace.ts';
import { Client, rules } from './client.ts';

const SLIPS = `param a = 10K
param b = 20K
model M { params: 5K  layers: 2.5 }
entity E { keys: lots }
`;

const found = (text: string): string[] =>
  new Workspace().update('file:///a.mlsys', text).findings.map((f) => `${f.rule} ${f.subject}`);

describe('code actions', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.stop();
  });

  it('mend all of a kind in the file, and nothing else', async () => {
    const [first] = await client.open('file:///a.mlsys', SLIPS);
    const all = (await client.actions('file:///a.mlsys', first!)).find(({ title }) => title.startsWith('Fix all'));
    expect(all!.title).toBe('Fix all 3 of syntax/error in this file');
    expect(client.applied('file:///a.mlsys', all!)).toBe(SLIPS.replaceAll('0K', '0k').replace('5K', '5k'));
  });

  it('are not offered for one of its kind', async () => {
    const diagnostics = await client.open('file:///b.mlsys', SLIPS);
    const range = diagnostics.find(({ code }) => code === 'type/out-of-range')!;
    const titles = (await client.actions('file:///b.mlsys', range)).map(({ title }) => title);
    expect(titles).toEqual(['Change to `3`', 'Ignore type/out-of-range here, with a reason']);
  });

  it('silence any finding with a reason, and that one alone', async () => {
    const diagnostics = await client.open('file:///c.mlsys', SLIPS);
    expect(new Set(rules(diagnostics)).size).toBe(3);
    for (const diagnostic of diagnostics) {
      const ignore = (await client.actions('file:///c.mlsys', diagnostic)).find(
        ({ title }) => title === `Ignore ${diagnostic.code} here, with a reason`,
      );
      const text = client.applied('file:///c.mlsys', ignore!);
      const { subject } = diagnostic.data as { subject: string };
      expect(found(text)).toEqual(found(SLIPS).filter((fact) => fact !== `${diagnostic.code} ${subject}`));
    }
  });

  it('are worked out when they are taken, where the client can wait', async () => {
    const waiting = await Client.start({ resolves: true });
    const [first] = await waiting.open('file:///a.mlsys', SLIPS);
    const all = (await waiting.actions('file:///a.mlsys', first!)).find(({ title }) => title.startsWith('Fix all'));
    expect(all!.edit).toBeUndefined();
    expect(waiting.applied('file:///a.mlsys', await waiting.resolve(all!))).toContain('param b = 20k');
    await waiting.stop();
  });

  it('every finding links to the page of its rule', async () => {
    for (const { code, codeDescription } of await client.open('file:///d.mlsys', SLIPS)) {
      expect(codeDescription!.href.endsWith(`/language/rules/${code}.md`)).toBe(true);
      expect(existsSync(fileURLToPath(codeDescription!.href))).toBe(true);
    }
  });
});
