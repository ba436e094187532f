import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, rules } from './client.ts';

const DESIGN = 'file:///designs/slow.mlsys';
const SLOW = 'cost/cheaper-hardware';
const TEXT = `model Assistant { base: Llama_3_1_8B }

serving Chat {
  model: Assistant
  hardware: 1 x H100
  replicas: 8
  input: 500 tokens
  output: 200 tokens
  budget: ttft p95 < 1s, tpot p95 < 100ms
  traffic: 150/s
}
`;

describe('advice that takes long waits until typing pauses', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start();
  });
  afterAll(() => client.stop());

  /** The publications of the newest text, in order. */
  const newest = () => client.published.filter((p) => p.uri === DESIGN && p.version === client.version(DESIGN));
  const advice = (n: number) => newest()[n]?.diagnostics.find(({ code }) => code === SLOW);

  test('a text is published at once without it, and again with it', async () => {
    expect(rules(await client.open(DESIGN, TEXT))).not.toContain(SLOW);
    expect(newest()).toHaveLength(1);
    const found = await client.until(() => advice(1), 'the advice');
    expect(found.range.start).toEqual({ line: 4, character: 12 });
  });

  test('while something is typed the old one stays, at its place', async () => {
    await client.type(DESIGN, 'serving Chat {\n', 'serving Chat {\n  owner: "search"\n');
    expect(rules(await client.diagnostics(DESIGN))).toContain(SLOW);
    expect(newest()).toHaveLength(1);
    expect(advice(0)!.range.start).toEqual({ line: 5, character: 12 });
    await client.type(DESIGN, 'model Assistant', '\nmodel Assistant');
    await client.diagnostics(DESIGN);
    expect(advice(0)!.range.start).toEqual({ line: 6, character: 12 });
  });

  test('what it said of a text that is gone is gone with it', async () => {
    await client.type(DESIGN, '1 x H100', '1 x A100_80GB_PCIe');
    expect(rules(await client.diagnostics(DESIGN))).not.toContain(SLOW);
  });

  test('its fix is there once it is', async () => {
    await client.type(DESIGN, '1 x A100_80GB_PCIe', '1 x H100');
    const found = await client.until(() => advice(1), 'the advice');
    const [fix] = await client.actions(DESIGN, found);
    expect(fix?.title).toMatch(/^Use \d+ x /);
    expect(client.applied(DESIGN, fix!)).not.toContain('1 x H100');
  });
});
