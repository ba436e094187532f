import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { type Estimate, isMissing, type Missing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { intervalOf } from '#language/estimate/uncertainty.ts';
import { sequentialDesign } from '#language/estimate/numeric/sequential.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';

/** Estimates of training and of data: laws that hold for every design, and figures that others published. */
function answers(text: string) {
  const design = buildDesign([readSource('file:///law.mlsys', text)]);
  const analysis = new Analysis(design, estimatorsByQuantity);
  const ask = (name: string, quantity: string): Estimate | Missing => analysis.estimate(design.lookup(name)!, quantity);
  const figure = (name: string, quantity: string): Estimate => {
    const answer = ask(name, quantity);
    if (isMissing(answer)) throw new Error(`${name} ${quantity} needs ${answer.missing.join(', ')}`);
    return answer;
  };
  return {
    ask,
    figure,
    value: (name: string, quantity: string) => figure(name, quantity).value,
    interval: (name: string, quantity: string) => intervalOf(analysis, design.lookup(name)!, quantity),
  };
}

const example = (file: string) => readFileSync(join(import.meta.dirname, '../designs/examples', file), 'utf8');
const slack = 1 + 1e-12;
const whole = (min: number, max: number) => fc.integer({ min, max });

const measured = (p: Partial<Record<string, string | number>> = {}) => `
  model M { params: 100M }
  training T { model: M  examples: ${p.examples ?? '10M'}  epochs: ${p.epochs ?? 1}  batch: ${p.batch ?? 64}  step: ${p.step ?? '100ms'}  hardware: ${p.hardware ?? '8 x A100_80GB'} ${p.more ?? ''} }`;

const computed = (p: Partial<Record<string, string | number>> = {}) => `
  model M { base: ${p.base ?? 'Llama_2_7B'} }
  training T { model: M  tokens: ${p.tokens ?? '1B'}  sequence: ${p.sequence ?? 4096}  batch: 512  micro_batch: ${p.micro ?? 1}  hardware: ${p.hardware ?? '64 x A100_80GB'} ${p.more ?? ''} }`;

describe('training', () => {
  test('the worked estimates come out to the digit', () => {
    const { value, figure } = answers(example('worked_estimates.mlsys'));
    expect(value('OneGpu', 'training.steps')).toBe(3_125_000);
    expect(value('OneGpu', 'training.time')).toBe(312_500);
    expect(value('EightGpus', 'training.time')).toBe(39_062.5);
    expect(['OneGpu', 'EightGpus'].map((n) => figure(n, 'training.time').display)).toEqual(['86.8 h', '10.85 h']);
    expect(figure('EightGpus', 'training.time').assumptions.join()).toContain('8 GPUs also mean 8 batches a step');
  });

  test('a step that was measured on the declared pool is taken as it is', () => {
    const { value, figure } = answers(example('fraud.mlsys'));
    expect(value('TrainFraudNet', 'training.steps')).toBe(292_968.75);
    expect(value('TrainFraudNet', 'training.time')).toBeCloseTo(292_968.75 * 0.018, 6);
    expect(figure('TrainFraudNet', 'training.time').display).toBe('1.465 h');
  });

  test('more examples never take less time, and twice as many take twice the time', () => {
    fc.assert(
      fc.property(whole(1, 1e9), whole(1, 64), (examples, gpus) => {
        const at = (n: number) =>
          answers(measured({ examples: n, hardware: `${gpus} x H100` })).value('T', 'training.time');
        expect(at(2 * examples)).toBeCloseTo(2 * at(examples), 4);
      }),
      { numRuns: 40 },
    );
  });

  test('more devices never take more time, measured or computed', () => {
    fc.assert(
      fc.property(whole(1, 2000), whole(1, 2000), (a, b) => {
        const [few, many] = [Math.min(a, b), Math.max(a, b)];
        for (const text of [measured, computed]) {
          const at = (n: number) => answers(text({ hardware: `${n} x H100` })).value('T', 'training.time');
          expect(at(many)).toBeLessThanOrEqual(at(few) * slack);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('units and scales never change an answer', () => {
    fc.assert(
      fc.property(whole(1, 1000), whole(1, 1000), (ms, millions) => {
        const one = answers(measured({ step: `${ms}ms`, examples: `${millions}M` })).value('T', 'training.time');
        const other = answers(measured({ step: `${ms / 1000}s`, examples: millions * 1e6 })).value(
          'T',
          'training.time',
        );
        expect(Math.abs(one / other - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 40 },
    );
  });

  test('a measured pool that is scaled up and down again gives the same time', () => {
    const up = answers(measured({ step: '50ms on 8 x H100', hardware: '64 x H100' })).value('T', 'training.time');
    const seconds = (up * 64) / 10e6;
    const back = answers(measured({ step: `${seconds}s on 64 x H100`, hardware: '8 x H100' })).value(
      'T',
      'training.time',
    );
    expect(back).toBeCloseTo((10e6 / 64) * 0.05, 6);
  });

  test('GPU-hours, cost and energy count every device and trial, and time none of the trials', () => {
    fc.assert(
      fc.property(whole(2, 100), whole(1, 10), (trials, together) => {
        const one = answers(measured());
        const all = answers(measured({ more: `trials: ${trials} parallel_trials: ${together}` }));
        expect(all.value('T', 'training.time')).toBe(one.value('T', 'training.time'));
        for (const quantity of ['training.gpu_hours', 'training.cost', 'training.energy'])
          expect(all.value('T', quantity) / one.value('T', quantity)).toBeCloseTo(trials, 9);
      }),
      { numRuns: 20 },
    );
    expect(answers(measured()).value('T', 'training.gpu_hours')).toBeCloseTo(
      8 * answers(measured()).value('T', 'training.time'),
      6,
    );
  });

  test('sharding more, and splitting layers, never needs more memory', () => {
    const at = (more: string) => answers(computed({ more })).value('T', 'training.memory_per_gpu');
    const order = ['ddp', 'zero1', 'zero2', 'zero3'].map((s) => at(`strategy: ${s}`));
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(at('strategy: fsdp')).toBe(at('strategy: zero3'));
    expect(at('strategy: ddp recompute: full')).toBeLessThan(at('strategy: ddp recompute: selective') * slack);
    expect(at('strategy: ddp method: lora')).toBeLessThan(at('strategy: ddp'));
    expect(at('strategy: ddp method: qlora')).toBeLessThan(at('strategy: ddp method: lora'));
    for (const tensor of [2, 4, 8])
      expect(at(`strategy: 3d tensor_parallel: ${tensor} pipeline_parallel: 2`)).toBeGreaterThan(
        at(`strategy: 3d tensor_parallel: ${tensor * 2} pipeline_parallel: 2`),
      );
  });

  test('a longer sequence never fits better', () => {
    fc.assert(
      fc.property(whole(128, 16384), whole(128, 16384), (a, b) => {
        const at = (sequence: number) =>
          answers(computed({ sequence, more: 'strategy: fsdp' })).value('T', 'training.memory_per_gpu');
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
      { numRuns: 20 },
    );
  });

  test('what the author gives wins, and narrows the interval', () => {
    const given = answers(computed({ more: 'mfu: 40%' }));
    expect(given.figure('T', 'training.mfu').display).toBe('40%');
    const width = (more: string) => {
      const { low, high } = answers(computed({ more })).interval('T', 'training.time')!;
      return high / low;
    };
    expect(width('mfu: 40%')).toBeLessThan(width('stack: tuned'));
    expect(width('stack: tuned')).toBeLessThan(1.5 ** 2);
    expect(width('stack: typical')).toBeGreaterThan(width('stack: tuned'));
  });

  test('an interval contains its figure', () => {
    for (const text of [measured(), computed()]) {
      const { value, interval } = answers(text);
      const { low, high } = interval('T', 'training.time')!;
      expect(low).toBeLessThan(value('T', 'training.time'));
      expect(high).toBeGreaterThan(value('T', 'training.time'));
    }
  });
});

/** MFU that mosaicml/llm-foundry publishes (scripts/train/benchmarking), bf16, FSDP */
const FOUNDRY = [
  {
    params: '64.86B',
    layers: 80,
    hidden: 8192,
    sequence: 2048,
    hardware: '512 x H100',
    recompute: 'full',
    mfu: 0.4125,
  },
  {
    params: '64.86B',
    layers: 80,
    hidden: 8192,
    sequence: 2048,
    hardware: '256 x H100',
    recompute: 'full',
    mfu: 0.4242,
  },
];

/** GPU-hours that model cards state */
const CARDS = [
  { base: 'Llama_2_7B', tokens: '2T', sequence: 4096, hardware: '1024 x A100_80GB', hours: 184_320 },
  { base: 'LLaMA_65B', tokens: '1.4T', sequence: 2048, hardware: '2048 x A100_80GB', hours: 1_022_362 },
  { base: 'Llama_3_1_405B', tokens: '15.6T', sequence: 8192, hardware: '16384 x H100', hours: 30_840_000 },
];

/** Peaks of a GPT of 181B in the trials of BLOOM (bigscience-workshop/bigscience, tr11-176B-ml chronicles), GB */
const PEAKS = [
  { pipeline: 12, micro: 1, peak: 29 },
  { pipeline: 12, micro: 4, peak: 49 },
  { pipeline: 6, micro: 2, peak: 44 },
  { pipeline: 6, micro: 4, peak: 56 },
];

describe('training against published figures', () => {
  test('MFU on a tuned stack', () => {
    for (const { params, layers, hidden, sequence, hardware, recompute, mfu } of FOUNDRY) {
      const text = `model M { architecture: transformer  params: ${params}  layers: ${layers}  hidden: ${hidden} }
        training T { model: M  tokens: 1B  sequence: ${sequence}  batch: 2048  hardware: ${hardware}  recompute: ${recompute}  stack: tuned }`;
      const { value, interval } = answers(text);
      expect(Math.abs(value('T', 'training.mfu') / mfu - 1)).toBeLessThan(0.2);
      const { low, high } = interval('T', 'training.mfu')!;
      expect(low < mfu && mfu < high).toBe(true);
    }
  });

  test('GPU-hours of whole models lie in the interval', () => {
    for (const { hours, ...card } of CARDS) {
      const { interval } = answers(computed(card));
      const { low, high } = interval('T', 'training.gpu_hours')!;
      expect(low / 3600, card.base).toBeLessThan(hours);
      expect(high / 3600, card.base).toBeGreaterThan(hours);
    }
  });

  test('peak memory within a fifth', () => {
    for (const { pipeline, micro, peak } of PEAKS) {
      const text = `model M { architecture: transformer  params: 181B  layers: 73  hidden: 14336  heads: 112  vocab: 250880 }
        training T { model: M  tokens: 1B  sequence: 2048  batch: 2048  micro_batch: ${micro}  hardware: 384 x A100_80GB
          strategy: zero1  tensor_parallel: 8  pipeline_parallel: ${pipeline}  recompute: full }`;
      expect(
        Math.abs(answers(text).value('T', 'training.memory_per_gpu') / 1e9 / peak - 1),
        `${pipeline} ${micro}`,
      ).toBeLessThan(0.2);
    }
  });

  test('the checkpoint of BLOOM', () => {
    const text = 'model M { params: 176B } training T { model: M  hardware: 384 x A100_80GB }';
    expect(Math.abs(answers(text).value('T', 'training.checkpoint_bytes') / 2.3e12 - 1)).toBeLessThan(0.1);
  });
});

describe('prices', () => {
  const at = (rows: string, region = '') =>
    answers(
      `system S { ${region} } ${rows} ${measured({ hardware: '1 x H100', examples: '36k', batch: 1, step: '100ms' })}`,
    );

  test('an own price wins over the catalog, and one for the region over the cheapest', () => {
    expect(at('price P { hardware: 8 x H100 rate: $16/h }').value('T', 'training.cost')).toBeCloseTo(2, 9);
    const rows =
      'price A { hardware: 1 x H100 rate: $1/h region: eu_west_1 } price B { hardware: 1 x H100 rate: $3/h region: us_east_1 }';
    expect(at(rows, 'region: us_east_1').value('T', 'training.cost')).toBeCloseTo(3, 9);
    expect(at(rows, 'region: "us-east-1"').value('T', 'training.cost')).toBeCloseTo(3, 9);
    const cheapest = at(rows).figure('T', 'training.cost');
    expect(cheapest.value).toBeCloseTo(1, 9);
    expect(cheapest.assumptions.join()).toContain('cheapest');
  });

  test('hardware without a price has no cost, and says what is needed', () => {
    const answer = answers(
      'hardware Chip { memory: 80GB } model M { params: 1M } training T { model: M examples: 1k batch: 1 step: 1s hardware: 1 x Chip }',
    ).ask('T', 'training.cost');
    expect(isMissing(answer) && answer.missing).toEqual(['a `price` for `Chip`']);
  });
});

const TYPES: Readonly<Record<string, number>> = {
  int32: 4,
  int64: 8,
  float32: 4,
  float64: 8,
  bool: 1,
  timestamp: 8,
  'string(20)': 20,
  'category(2)': 1,
  'category(256)': 1,
  'category(257)': 2,
  'float32[64]': 256,
};

describe('data', () => {
  test('the bytes of a row are the sum of its columns', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(TYPES)), { minLength: 1, maxLength: 12 }), (types) => {
        const schema = types.map((t, i) => `c${i}: ${t}`).join(' ');
        const { value } = answers(`entity E { keys: 1 } features F { entity: E type: batch schema { ${schema} } }`);
        expect(value('F', 'features.bytes_per_key')).toBe(types.reduce((sum, t) => sum + TYPES[t]!, 0));
      }),
    );
  });

  test('a store holds the sum of its views, once for each copy', () => {
    fc.assert(
      fc.property(whole(1, 1e9), whole(1, 200), whole(1, 3), (keys, width, replication) => {
        const views = ['A', 'B', 'C'].map(
          (n, i) => `features ${n} { store: S entity: E type: batch schema { a: float32[${width + i}] } }`,
        );
        const { value } = answers(
          `entity E { keys: ${keys} key: 16B } featurestore S { replication: ${replication} } ${views.join(' ')}`,
        );
        const parts = ['A', 'B', 'C'].reduce((sum, n) => sum + value(n, 'features.online_bytes'), 0);
        expect(value('S', 'featurestore.online_bytes') / ((parts * replication) / 0.85)).toBeCloseTo(1, 12);
      }),
      { numRuns: 30 },
    );
  });

  test('reads follow the flows: traffic × calls × rows', () => {
    const text = `entity E { keys: 1 } features F { entity: E type: on_demand schema { a: bool } }
      request A { traffic: 100/s flow: F[20] -> F } request B { traffic: 10/s flow: 50% * F[4] }`;
    expect(answers(text).value('F', 'features.reads_per_second')).toBeCloseTo(100 * 20 + 100 + 10 * 0.5 * 4, 9);
  });

  test('a pipeline that is slower than its source has no lag', () => {
    const lag = (throughput: string) =>
      answers(
        `source S { type: stream rate: 10k/s } source T { type: batch } pipeline P { from: S to: T type: batch every: 1h throughput: ${throughput} }`,
      ).ask('P', 'pipeline.lag');
    const behind = lag('9k/s');
    expect(isMissing(behind) && behind.missing.join()).toContain('falls behind');
    const fine = lag('20k/s');
    expect(!isMissing(fine) && fine.value).toBeCloseTo(1.5 * 3600, 6);
  });

  test('an index grows with its vectors, and compression makes it smaller', () => {
    fc.assert(
      fc.property(whole(1e4, 1e8), whole(64, 4096), (vectors, dimensions) => {
        const { value } = answers(
          ['flat', 'hnsw', 'ivf_flat', 'ivf_pq']
            .map((t) => `index ${t}_ { vectors: ${vectors} dimensions: ${dimensions} type: ${t} pq_bytes: 8B }`)
            .join(' '),
        );
        const of = (t: string) => value(`${t}_`, 'index.memory_bytes');
        expect(of('flat')).toBe(vectors * dimensions * 4);
        expect(of('hnsw')).toBe(vectors * (dimensions * 4 + 2 * 16 * 4 + 8));
        expect(of('ivf_flat')).toBeGreaterThan(of('flat'));
        expect(of('ivf_pq')).toBeLessThan(of('ivf_flat'));
      }),
      { numRuns: 30 },
    );
  });

  test('feature servers answer as in the benchmarks of Feast', () => {
    // feast-dev/feast-benchmarks: median of a read of 50 features with Redis, by rows
    const published = [
      ['python', 1, 8.6],
      ['python', 10, 18.3],
      ['python', 20, 28.5],
      ['go', 1, 1.38],
      ['go', 50, 13.5],
      ['go', 90, 22.95],
    ] as const;
    for (const [server, rows, ms] of published) {
      const columns = Array.from({ length: 50 }, (_, i) => `c${i}: float32`).join(' ');
      const text = `entity E { keys: 1M } featurestore S { online: Redis server: ${server} } features F { store: S entity: E type: batch every: 1d schema { ${columns} } }
        request R { traffic: 10/s flow: F[${rows}] }`;
      expect(
        Math.abs((answers(text).value('F', 'features.latency_p50') * 1000) / ms - 1),
        `${server} ${rows}`,
      ).toBeLessThan(0.15);
    }
  });
});

const abTest = (p: Partial<Record<string, string>>) => `
  model M { params: 1M } serving A { model: M hardware: 1 x L4 } serving B { model: M hardware: 1 x L4 }
  experiment X { control: A ${p.control ?? '50%'} treatment: B ${p.treatment ?? '50%'} exposure: ${p.exposure ?? '10k/d'}
    primary: conversion baseline ${p.baseline ?? '10%'} mde ${p.mde ?? '10%'}
    alpha: ${p.alpha ?? '5%'} power: ${p.power ?? '80%'} ${p.more ?? ''} }`;

const perArm = (p: Partial<Record<string, string>>) => answers(abTest(p)).value('X', 'experiment.sample_per_arm');
const treated = (p: Partial<Record<string, string>>) => answers(abTest(p)).value('X', 'experiment.sample_treatment');

describe('experiments', () => {
  test("samples are those of R's power.prop.test", () => {
    const published = [
      ['10%', '10%', '5%', '80%', 14750.79],
      ['5%', '10%', '5%', '80%', 31233.4],
      ['20%', '25%', '5%', '80%', 1093.74],
      ['2.5%', '10%', '5%', '80%', 64198.7],
      ['0.1%', '5%', '5%', '80%', 6429483.22],
      ['0.5%', '10%', '1%', '90%', 621650.88],
    ] as const;
    for (const [baseline, mde, alpha, power, units] of published)
      expect(perArm({ baseline, mde, alpha, power })).toBe(Math.ceil(units));
  });

  test('several metrics, and R at alpha over their number', () => {
    expect(perArm({ more: 'metrics: a, b correction: bonferroni' })).toBe(Math.ceil(19675.338));
    expect(perArm({ more: 'metrics: a, b correction: fdr' })).toBe(Math.ceil(19675.338));
    expect(perArm({ more: 'metrics: a, b' })).toBe(14751);
  });

  test('points and shares say the same as an effect and a lift, and a fall may be tested as a rise', () => {
    expect(perArm({ mde: '1pp' })).toBe(perArm({ mde: '10%' }));
    expect(perArm({ mde: '-1pp' })).toBe(perArm({ mde: '-10%' }));
    expect(perArm({ baseline: '9%', mde: '1pp' })).toBe(perArm({ baseline: '10%', mde: '-1pp' }));
  });

  test('a smaller effect never needs fewer units, nor does more power or less alpha', () => {
    fc.assert(
      fc.property(whole(1, 50), whole(1, 50), whole(55, 98), whole(1, 20), (a, b, power, alpha) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        const base = { mde: `${large}%`, power: `${power}%`, alpha: `${alpha}%` };
        expect(perArm({ ...base, mde: `${small}%` })).toBeGreaterThanOrEqual(perArm(base));
        expect(perArm({ ...base, power: `${power + 1}%` })).toBeGreaterThanOrEqual(perArm(base));
        expect(perArm({ ...base, alpha: `${alpha + 1}%` })).toBeLessThanOrEqual(perArm(base));
      }),
      { numRuns: 30 },
    );
  });

  test('unequal arms need more in all, in the ratio of their shares, and mirrored ones about the same', () => {
    const halves = perArm({}) + treated({});
    const tenth = { control: '90%', treatment: '10%' };
    expect(perArm(tenth) / treated(tenth)).toBeCloseTo(9, 2);
    expect(perArm(tenth) + treated(tenth)).toBeGreaterThan(halves * 2);
    expect(
      perArm({ control: '25%', treatment: '75%', mde: '0.001pp' }) /
        treated({ control: '75%', treatment: '25%', mde: '0.001pp' }),
    ).toBeCloseTo(1, 3);
  });

  test('an unequal test of the planned size has the planned power', () => {
    const [p1, p2] = [0.1, 0.12];
    const n = perArm({ control: '80%', treatment: '20%', mde: '2pp' });
    const m = n / 4;
    const pooled = (n * p1 + m * p2) / (n + m);
    const none = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    const effect = Math.sqrt((p1 * (1 - p1)) / n + (p2 * (1 - p2)) / m);
    expect((p2 - p1 - 1.959964 * none) / effect).toBeCloseTo(0.841621, 3);
  });

  test('the duration is whole weeks in which both arms reach their sample', () => {
    fc.assert(
      fc.property(whole(100, 100_000), whole(5, 95), (exposure, share) => {
        const text = abTest({ exposure: `${exposure}/d`, control: `${share}%`, treatment: `${100 - share}%` });
        const { value } = answers(text);
        const weeks = value('X', 'experiment.duration') / 604800;
        expect(weeks).toBe(Math.round(weeks));
        const needed = Math.max(
          value('X', 'experiment.sample_per_arm') / share,
          value('X', 'experiment.sample_treatment') / (100 - share),
        );
        const days = needed / (exposure / 100);
        expect(weeks * 7).toBeGreaterThanOrEqual(days * (1 - 1e-9));
        expect(weeks * 7 - 7).toBeLessThan(days);
      }),
      { numRuns: 30 },
    );
  });

  test('boundaries and inflation are those of the tables of Jennison and Turnbull, and of SAS', () => {
    for (const [looks, z] of [
      [2, 2.1783],
      [3, 2.2895],
      [4, 2.3613],
      [5, 2.4132],
      [10, 2.555],
    ] as const)
      expect(sequentialDesign('pocock', looks, 0.05, 0.8).boundaries[0]).toBeCloseTo(z, 4);
    const strict = answers(abTest({ more: 'sequential: obrien_fleming(5)' })).figure('X', 'experiment.boundaries');
    for (const [i, z] of [4.5617, 3.2256, 2.6337, 2.2809, 2.0401].entries())
      expect(strict.values![i]).toBeCloseTo(z, 4);
    expect(sequentialDesign('pocock', 4, 0.05, 0.9).inflation).toBeCloseTo(1.183143, 4);
    expect(sequentialDesign('obrien_fleming', 1, 0.05, 0.8)).toEqual({
      boundaries: [expect.closeTo(1.959964, 6)],
      inflation: 1,
    });
    expect(perArm({ more: 'sequential: pocock(4)', power: '90%' }) / perArm({ power: '90%' })).toBeCloseTo(1.1831, 3);
  });

  test('what makes no test has no figure and no exception', () => {
    for (const p of [
      { mde: '0%' },
      { mde: '2000%' },
      { baseline: '0%' },
      { alpha: '0%' },
      { power: '100%' },
      { more: 'sequential: pocock(1000)' },
      { more: 'sequential: pocock' },
      { treatment: '0%' },
    ])
      expect(isMissing(answers(abTest(p)).ask('X', 'experiment.sample_per_arm')), JSON.stringify(p)).toBe(true);
  });
});

describe('monitors', () => {
  const smallest = (more: string) =>
    answers(`entity E { keys: 1 } features F { entity: E type: on_demand schema { a: bool } } model M { params: 1M }
      training T { model: M examples: 1000 hardware: 1 x L4 } monitor W { watch: F category: feature_drift ${more} }`).ask(
      'W',
      'monitor.min_sample',
    );
  const rows = (more: string) => {
    const answer = smallest(more);
    return isMissing(answer) ? answer.missing.join() : answer.value;
  };

  test('PSI: at 1,000 rows against 1,000 the noise is 0.0338 (Yurdakul), so that threshold needs 1,000', () => {
    expect(rows('test: psi warn: 0.033838 reference: T')).toBeGreaterThan(995);
    expect(rows('test: psi warn: 0.033838 reference: T')).toBeLessThan(1005);
    expect(rows('test: psi')).toBe(339);
    expect(rows('test: psi warn: 0.01 reference: T')).toContain('every window is noise');
  });

  test('KS: 1.358 sqrt(1/n + 1/m)', () => {
    expect(rows('test: ks critical: 0.1')).toBe(Math.ceil((2 * 1.3581 ** 2) / 0.01));
  });

  test('a lower threshold, and more bins, never need fewer rows', () => {
    fc.assert(
      fc.property(whole(1, 100), whole(1, 100), whole(2, 50), (a, b, bins) => {
        const at = (hundredths: number, n: number) => rows(`test: psi warn: ${hundredths / 100} bins: ${n}`) as number;
        expect(at(Math.min(a, b), bins)).toBeGreaterThanOrEqual(at(Math.max(a, b), bins));
        expect(at(a, bins + 1)).toBeGreaterThanOrEqual(at(a, bins));
      }),
      { numRuns: 30 },
    );
  });
});
