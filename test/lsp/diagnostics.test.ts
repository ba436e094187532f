import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, example, rules, textOf } from './client.ts';

const FRAUD = 'file:///designs/fraud.mlsys';

describe('diagnostics', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    expect(await client.stop()).toBe(0);
  });

  it('come with the version of the text that they are of', async () => {
    await client.open(FRAUD, example('fraud.mlsys'));
    await client.type(FRAUD, 'rate: 6k/s', 'rate: 6GB');
    const found = await client.diagnostics(FRAUD);
    const mismatch = found.find((d) => d.code === 'type/unit-mismatch');
    expect(mismatch).toMatchObject({ severity: 1, source: 'mlsys' });
    const line = client.text(FRAUD).split('\n')[mismatch!.range.start.line]!;
    expect(line.slice(mismatch!.range.start.character, mismatch!.range.end.character)).toBe('6GB');
    await client.type(FRAUD, 'rate: 6GB', 'rate: 6k/s');
    expect(rules(await client.diagnostics(FRAUD))).not.toContain('type/unit-mismatch');
  });

  it('of a burst of changes are those of the last', async () => {
    const before = client.published.length;
    for (let i = 0; i < 30; i++)
      void client.type(FRAUD, `replicas: ${i === 0 ? 16 : i}`, `replicas: ${i + 1}`, 'serving FraudScorer {');
    await client.type(FRAUD, 'replicas: 30', 'replicas: none', 'serving FraudScorer {');
    const found = await client.diagnostics(FRAUD);
    expect(found.some((d) => textOf(d).includes('none'))).toBe(true);
    const versions = client.published.slice(before).map((p) => p.version!);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(versions.length).toBeLessThan(31);
    await client.type(FRAUD, 'replicas: none', 'replicas: 16', 'serving FraudScorer {');
    await client.diagnostics(FRAUD);
  });

  it('say what a scenario breaks', async () => {
    const found = await client.diagnostics(FRAUD);
    const shortfall = found.find((d) => d.code === 'capacity/gpu-shortfall');
    expect(shortfall?.message).toMatch(/BlackFriday.*23/s);
    expect(shortfall?.data).toMatchObject({ subject: 'FraudScorer', scenario: 'BlackFriday' });
  });

  it('of a document follow what it imports, open or on the disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlsys-'));
    const [user, other, disk] = ['user', 'other', 'disk'].map((n) =>
      pathToFileURL(join(folder, `${n}.mlsys`)).toString(),
    ) as [string, string, string];
    try {
      writeFileSync(join(folder, 'disk.mlsys'), 'entity Card { keys: 5 }\n');
      await client.open(other, 'source Clicks { type: stream }\n');
      const text =
        'import "./other.mlsys"\nimport "./disk.mlsys"\nfeatures F { entity: Card  type: batch  source: Clicks  schema { a: int32 } }\n';
      expect(rules(await client.open(user, text))).not.toContain('name/unresolved');

      const seen = client.published.length;
      await client.type(other, 'Clicks', 'Views');
      await client.until(
        () =>
          client.published.slice(seen).some((p) => p.uri === user && rules(p.diagnostics).includes('name/unresolved')),
        'the importing document again',
      );

      writeFileSync(join(folder, 'disk.mlsys'), 'entity User { keys: 5 }\n');
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: disk, type: 2 }],
      });
      await client.until(
        () =>
          client.published.at(-1)!.uri === user &&
          client.published.at(-1)!.diagnostics.some((d) => textOf(d).includes('Card')),
        'the file on the disk again',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of a document that is closed are gone', async () => {
    const uri = 'untitled:Untitled-1';
    expect(rules(await client.open(uri, 'serving X { }'))).toContain('type/missing-property');
    await client.close(uri);
    await client.until(
      () => client.published.at(-1)!.uri === uri && client.published.at(-1)!.diagnostics.length === 0,
      'no diagnostics',
    );
  });

  it('come over IPC too', async () => {
    const child = fork(join(import.meta.dirname, '../../server/node.ts'), ['--node-ipc']);
    const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.listen();
    const published = new Promise<{ diagnostics: unknown[] }>((resolve) =>
      connection.onNotification('textDocument/publishDiagnostics', resolve),
    );
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: 'file:///a.mlsys', languageId: 'mlsys', version: 1, text: 'serving X { }' },
    });
    expect((await published).diagnostics.length).toBeGreaterThan(0);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  });
});
