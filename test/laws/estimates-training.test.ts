import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { isMissing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { intervalOf, sensitivitiesOf } from '#language/estimate/uncertainty.ts';
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

const widthOf = (analysis: Analysis, quantity: string): number => {
  const interval = intervalOf(analysis, analysis.design.lookup('Job')!, `training.${quantity}`)!;
  return Math.sqrt(interval.high / interval.low);
};

describe('time and what follows from it', () => {
  const search = fc.record({
    trials: fc.integer({ min: 1, max: 50 }),
    parallel_trials: fc.integer({ min: 1, max: 10 }),
  });

  test('GPU-hours are devices by time by trials, cost and energy go with them', () => {
    fc.assert(
      fc.property(jobs, search, (properties, trials) => {
        const analysis = job({ ...properties, ...trials });
        const devices = Number(properties.hardware.split(' ')[0]);
        const hours = value(analysis, 'gpu_hours');
        expect(hours / (devices * value(analysis, 'time') * trials.trials)).toBeCloseTo(1, 12);
        const rounds = Math.ceil(trials.trials / trials.parallel_trials);
        expect(value(analysis, 'search_time') / (value(analysis, 'time') * rounds)).toBeCloseTo(1, 12);
        const one = job({ ...properties, trials: 1 });
        expect(value(analysis, 'cost') / value(one, 'cost')).toBeCloseTo(trials.trials, 9);
        expect(value(analysis, 'energy') / value(one, 'energy')).toBeCloseTo(trials.trials, 9);
      }),
      { numRuns: 30 },
    );
  });

  test('more devices never take longer, more tokens never less', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 12 }), (properties, doublings) => {
        const at = (devices: number, tokens: string) =>
          value(job({ ...properties, tokens, hardware: `${devices} x H100` }), 'time');
        const few = 2 ** doublings;
        expect(at(2 * few, '10B')).toBeLessThan(at(few, '10B'));
        expect(at(few, '20B')).toBeCloseTo(2 * at(few, '10B'), 3);
      }),
      { numRuns: 40 },
    );
  });

  test('a larger model takes longer, and more memory', () => {
    fc.assert(
      fc.property(jobs, ({ model, ...properties }) => {
        const sizes = ['Llama_2_7B', 'Llama_2_13B', 'Llama_2_70B'].map((name) => job({ ...properties, model: name }));
        for (const quantity of ['time', 'memory_per_gpu', 'checkpoint_bytes']) {
          const [small, middle, large] = sizes.map((analysis) => value(analysis, quantity));
          expect(middle).toBeGreaterThan(small!);
          expect(large).toBeGreaterThan(middle!);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('what is computed twice costs time, and what is waited for too', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 1000 }), (properties, perSecond) => {
        const [none, selective, full] = ['none', 'selective', 'full'].map((recompute) =>
          value(job({ ...properties, recompute }), 'time'),
        );
        expect(selective).toBeGreaterThan(none!);
        expect(full).toBeGreaterThan(selective!);
        const loaded = value(job({ ...properties, recompute: 'none', loader: `${perSecond}/s` }), 'time');
        expect(loaded).toBeCloseTo(Math.max(none!, 10e9 / properties.sequence / perSecond), 3);
      }),
      { numRuns: 30 },
    );
  });

  test('the MFU is a share, and stages that wait lower it', () => {
    fc.assert(
      fc.property(jobs, (properties) => {
        expect(value(job({ ...properties, stack: 'tuned' }), 'mfu')).toBeGreaterThan(0);
        expect(value(job({ ...properties, stack: 'tuned' }), 'mfu')).toBeLessThanOrEqual(1);
      }),
      { numRuns: 20 },
    );
    const piped = (stages: number) =>
      value(
        job({
          hardware: '64 x H100',
          strategy: '3d',
          tensor_parallel: 1,
          pipeline_parallel: stages,
          micro_batch: 1,
          batch: 128,
        }),
        'mfu',
      );
    expect(piped(16)).toBeLessThan(piped(8));
    expect(piped(8)).toBeLessThan(piped(4));
  });

  test('what is known better is stated more surely', () => {
    const unknown = job({});
    const typical = job({ stack: 'typical' });
    const tuned = job({ stack: 'tuned' });
    const given = job({ mfu: '40%' });
    const widths = [unknown, typical, tuned, given].map((analysis) => widthOf(analysis, 'time'));
    for (let i = 1; i < widths.length; i++) expect(widths[i]).toBeLessThanOrEqual(widths[i - 1]!);
    expect(widths[0]).toBeLessThan(1.8);
    expect(widths[1]).toBeLessThanOrEqual(1.5);
    expect(widths[2]).toBeLessThan(1.25);
    const measured = job({ step: '10s on 64 x A100_80GB' });
    expect(intervalOf(measured, measured.design.lookup('Job')!, 'training.time')).toBeNull();
  });

  test('the inputs that move it most are named', () => {
    const analysis = job({ stack: 'tuned' });
    const found = sensitivitiesOf(analysis, analysis.design.lookup('Job')!, 'training.time');
    expect(found[0]).toMatchObject({ input: 'Job.tokens', effect: 0.1 });
  });
});

describe('memory grows with what is held', () => {
  test('longer sequences and larger micro-batches need more, more devices never more', () => {
    fc.assert(
      fc.property(jobs, fc.integer({ min: 1, max: 16 }), (properties, micro) => {
        const at = (changed: Record<string, string | number>) =>
          value(job({ ...properties, micro_batch: micro, ...changed }), 'memory_per_gpu');
        expect(at({ micro_batch: micro + 1 })).toBeGreaterThan(at({}));
        expect(at({ sequence: 2 * properties.sequence })).toBeGreaterThan(at({}));
        expect(at({ hardware: '512 x H100' })).toBeLessThanOrEqual(at({ hardware: '16 x H100' }));
        expect(at({ recompute: 'full' })).toBeLessThanOrEqual(at({ recompute: 'none' }));
        expect(at({ attention: 'flash' })).toBeLessThanOrEqual(at({ attention: 'standard' }));
      }),
      { numRuns: 40 },
    );
  });

  test('its parts add up', () => {
    fc.assert(
      fc.property(jobs, (properties) => {
        const analysis = job({ ...properties, micro_batch: 1 });
        const found = analysis.estimate(analysis.design.lookup('Job')!, 'training.memory_per_gpu');
        if (isMissing(found)) throw new Error(found.missing.join());
        const of = (label: string) => found.steps.find((row) => row.label === label)?.value ?? 0;
        const states = of('weights') + of('gradients') + of('optimizer states');
        const kept = of('buffer factor') * (of('activations') + of('logits'));
        expect(found.value).toBeCloseTo(states + kept + of('overhead'), 0);
        const largest = Math.max(
          ...['weights', 'gradients', 'optimizer states', 'activations', 'logits', 'overhead'].map(of),
        );
        const named = found.assumptions.find((note) => note.startsWith('the largest part: '))!;
        expect(of(/part: ([a-z ]+) \(/.exec(named)![1]!)).toBe(largest);
      }),
      { numRuns: 30 },
    );
  });
});

describe('checkpoints', () => {
  test('are saved more often where more devices fail, and as Young says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), (doublings) => {
        const at = (devices: number) => job({ hardware: `${devices} x H100`, failures: '0.001/d' });
        const [few, many] = [at(2 ** doublings), at(2 ** (doublings + 1))];
        const [interval, bytes] = [value(few, 'checkpoint_interval'), value(few, 'checkpoint_bytes')];
        const write = bytes / (2 ** doublings * 122e6);
        const between = 86400 / (0.001 * 2 ** doublings);
        expect(interval).toBeCloseTo(Math.sqrt(2 * write * between), 3);
        expect(value(many, 'checkpoint_interval')).toBeLessThan(interval);
      }),
      { numRuns: 10 },
    );
  });
});
