import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { isMissing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { spreadsThatFit, trainingMemoryOf } from '#language/estimate/training-strategy.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';

const analysisOf = (text: string): Analysis =>
  new Analysis(buildDesign([readSource('file:///law.mlsys', text)]), estimatorsByQuantity);

/** A job of catalog models; what is not varied is left to defaults. */
const job = (properties: Readonly<Record<string, string | number>>): Analysis => {
  const all = {
    model: 'Llama_2_7B',
    sequence: 4096,
    batch: 512,
    tokens: '10B',
    hardware: '64 x A100_80GB',
    ...properties,
  };
  const lines = Object.entries(all).map(([name, value]) => `  ${name}: ${value}`);
  return analysisOf(`training Job {\n${lines.join('\n')}\n}`);
};

function value(analysis: Analysis, quantity: string): number {
  const found = analysis.estimate(analysis.design.lookup('Job')!, `training.${quantity}`);
  if (isMissing(found)) throw new Error(`training.${quantity} needs ${found.missing.join(', ')}`);
  return found.value;
}

const spreads = (analysis: Analysis) => spreadsThatFit(analysis, analysis.design.lookup('Job')!);

const jobs = fc.record({
  model: fc.constantFrom('Llama_2_7B', 'Llama_2_13B', 'Llama_2_70B', 'Mixtral_8x7B'),
  hardware: fc.constantFrom('1 x H100', '8 x A100_40GB', '16 x A100_80GB', '64 x H100', '256 x H200'),
  sequence: fc.constantFrom(512, 2048, 8192),
  batch: fc.constantFrom(64, 512, 2048),
  strategy: fc.constantFrom('ddp', 'zero1', 'zero2', 'zero3', 'fsdp'),
  recompute: fc.constantFrom('none', 'full'),
  attention: fc.constantFrom('flash', 'standard'),
});

describe('the ways to spread a job that fit', () => {
  test('fit, and are sorted by time', () => {
    fc.assert(
      fc.property(jobs, (properties) => {
        const analysis = job(properties);
        const node = analysis.design.lookup('Job')!;
        const found = spreads(analysis);
        for (const spread of found) {
          const { needs, has } = trainingMemoryOf(analysis.set(spread.values), node)!;
          expect(needs).toBe(spread.memory);
          expect(needs).toBeLessThanOrEqual(0.97 * has);
          expect(new Set([...spread.values.keys()].map((k) => k.replace('Job.', '')))).toEqual(
            new Set(spread.changes.keys()),
          );
        }
        const times = found.map((spread) => spread.time!);
        for (let i = 1; i < times.length; i++) expect(times[i]).toBeGreaterThanOrEqual(times[i - 1]! * (1 - 1e-9));
      }),
      { numRuns: 30 },
    );
  });

  test('a job that fits as it is, is one of them', () => {
    const analysis = job({ strategy: 'fsdp', micro_batch: 1, recompute: 'none' });
    expect(spreads(analysis).some((spread) => spread.changes.size === 0)).toBe(true);
  });

  test('replicas that do not fit are sharded before they are recomputed', () => {
    const analysis = job({ strategy: 'ddp', micro_batch: 1 });
    const { needs, has } = trainingMemoryOf(analysis, analysis.design.lookup('Job')!)!;
    expect(needs).toBeGreaterThan(has);
    const [best] = spreads(analysis);
    expect(best!.changes.get('recompute')).toBeUndefined();
    expect([...best!.changes.keys()]).toEqual(['strategy']);
  });

  test('what no spread makes fit has none', () => {
    expect(spreads(job({ model: 'Llama_3_1_405B', hardware: '1 x A100_40GB', micro_batch: 1 }))).toEqual([]);
  });

  test('without a memory estimate there are none', () => {
    expect(spreads(job({ model: 'ResNet_50' }))).toEqual([]);
  });
});

describe('memory', () => {
  test('more sharding never needs more', () => {
    fc.assert(
      fc.property(jobs, (properties) => {
        const [ddp, zero1, zero2, zero3, fsdp] = ['ddp', 'zero1', 'zero2', 'zero3', 'fsdp'].map((strategy) =>
          value(job({ ...properties, strategy }), 'memory_per_gpu'),
        );
        expect(zero1).toBeLessThanOrEqual(ddp!);
        expect(zero2).toBeLessThanOrEqual(zero1!);
        expect(zero3).toBeLessThanOrEqual(zero2!);
        expect(fsdp).toBe(zero3);
      }),
      { numRuns: 50 },
    );
  });
});
