import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEMORY, VIEW } from '#server/protocol.ts';
import { Client, example, positionIn } from './client.ts';

const URI = 'file:///designs/long.mlsys';
const FRAUD = example('fraud.mlsys');

/** How many edits a session has, and in which bursts a fast hand makes them. */
const EDITS = 10_000;
const BURST = 10;

/** mulberry32: the same session every time */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const INSERTS = [
  '}',
  '{',
  '"',
  '/*',
  '\n',
  'x',
  '12k/s',
  ' -> ',
  'serving A { model: FraudNet hardware: 1 x L4 }\n',
  'param q = 3\n',
  ';',
  '(',
  '1e999',
  ' 0 ',
  '🚀',
];

/** Tokens deleted, doubled, swapped or put in between. */
function mutated(text: string, next: () => number): string {
  const tokens = text.split(/(?<=\s)|(?=[{}():,])/);
  const at = Math.floor(next() * tokens.length);
  const kind = Math.floor(next() * 4);
  if (kind === 0) tokens.splice(at, 1);
  else if (kind === 1) tokens.splice(at, 0, INSERTS[Math.floor(next() * INSERTS.length)]!);
  else if (kind === 2) tokens.splice(at, 0, tokens[at]!);
  else [tokens[at], tokens[at === 0 ? 1 : at - 1]] = [tokens[at === 0 ? 1 : at - 1]!, tokens[at]!];
  return tokens.join('');
}

describe('a long session', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start({ nodeOptions: ['--expose-gc'] });
    await client.open(URI, FRAUD);
  });
  afterAll(async () => {
    expect(await client.stop()).toBe(0);
  });

  it(`of ${EDITS} random edits leaves no request unanswered, logs no error, and holds no more memory than at its start`, async () => {
    const next = random(20);
    const heap = async () => (await client.connection.sendRequest<{ heapUsed: number }>(MEMORY)).heapUsed;
    let answered = 0;
    let early = 0;
    for (let edit = 0; edit < EDITS; edit += BURST) {
      let text = FRAUD;
      for (let i = 0; i < BURST - 1; i++) {
        text = mutated(text, next);
        await client.replace(URI, text);
      }
      const position = positionIn(text, Math.floor(next() * text.length));
      const requests = [
        client.hover(URI, position),
        client.completion(URI, position),
        client.hints(URI),
        client.connection.sendRequest(VIEW, { uri: URI, view: 'lifecycle' }),
      ];
      answered += (await Promise.all(requests)).length;
      await client.replace(URI, FRAUD);
      const diagnostics = await client.diagnostics(URI);
      expect(diagnostics.length).toBeGreaterThan(0);
      client.published.length = 0;
      if (edit + BURST === EDITS / 10) early = await heap();
    }
    const late = await heap();
    expect(answered).toBe((EDITS / BURST) * 4);
    expect(client.errors).toEqual([]);
    expect(
      late / early,
      `heap ${(early / 1e6).toFixed(1)} MB at edit ${EDITS / 10}, ${(late / 1e6).toFixed(1)} MB at the end`,
    ).toBeLessThanOrEqual(1.1);
  }, 600_000);
});
