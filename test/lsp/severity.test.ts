import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './client.ts';

const folder = mkdtempSync(join(tmpdir(), 'mlsys-rules-'));
const uriOf = (name: string) => pathToFileURL(join(folder, name)).toString();
const DESIGN = uriOf('a.mlsys');
const FILE = uriOf('mlsys.json');
const TEXT = 'param peak = 3/s\nparam peak = 4/s\n';

describe('severities in an editor', () => {
  let client: Client;
  beforeAll(async () => {
    writeFileSync(join(folder, 'mlsys.json'), '{"rules": {"name/*": "hint", "naem/cycle": "off"}}');
    client = await Client.start();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    expect(client.errors).toEqual([]);
    expect(await client.stop()).toBe(0);
  });

  const severities = () => client.published.findLast((p) => p.uri === DESIGN)?.diagnostics.map((d) => d.severity);
  const become = (expected: (number | undefined)[]) =>
    client.until(() => JSON.stringify(severities()) === JSON.stringify(expected), `severities ${expected}`);

  it('come from the mlsys.json beside the file, whose slips are marked in it', async () => {
    const found = await client.open(DESIGN, TEXT);
    expect(found).toMatchObject([{ code: 'name/duplicate', severity: 4 }]);
    const marked = client.published.findLast((p) => p.uri === FILE)!.diagnostics;
    expect(marked).toMatchObject([{ message: expect.stringContaining('`naem/cycle`: did you mean `name/cycle`?') }]);
    expect(marked[0]!.range).toEqual({ start: { line: 0, character: 29 }, end: { line: 0, character: 41 } });
  });

  it('follow the file when it changes', async () => {
    writeFileSync(join(folder, 'mlsys.json'), '{"rules": {"name/*": "info"}}');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: FILE, type: 2 }] });
    await become([3]);
    expect(client.published.findLast((p) => p.uri === FILE)!.diagnostics).toEqual([]);
  });

  it('of the settings win over the file, until they are gone', async () => {
    const set = (rules: object) =>
      client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { mlsys: { rules } } });
    await set({ 'name/duplicate': 'off' });
    await become([]);
    await set({ 'name/duplicate': 'warning' });
    await become([2]);
    await set({});
    await become([3]);
  });
});
