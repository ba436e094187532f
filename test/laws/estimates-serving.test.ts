import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { gpusByHardware } from '#language/estimate/cluster/gpus_used.ts';
import { type Estimate, isMissing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { hopsOf } from '#language/estimate/request/path.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';
import { quantitiesOf } from '#language/schema/quantities.ts';

const EXAMPLES = join(import.meta.dirname, '../designs/examples');

const analysisOf = (text: string): Analysis =>
  new Analysis(buildDesign([readSource('file:///law.mlsys', text)]), estimatorsByQuantity);

const answer = (analysis: Analysis, subject: string, quantity: string) =>
  analysis.estimate(analysis.design.lookup(subject)!, quantity);

function estimate(analysis: Analysis, subject: string, quantity: string): Estimate {
  const found = answer(analysis, subject, quantity);
  if (isMissing(found)) throw new Error(`${subject} ${quantity} needs ${found.missing.join(', ')}`);
  return found;
}

const value = (analysis: Analysis, subject: string, quantity: string): number =>
  estimate(analysis, subject, quantity).value;

/** The value, or infinity where the load is too much for any latency. */
const latency = (analysis: Analysis, subject: string, quantity: string): number => {
  const found = answer(analysis, subject, quantity);
  return isMissing(found) ? Number.POSITIVE_INFINITY : found.value;
};

const example = (file: string, scenario?: string): Analysis => {
  const analysis = analysisOf(readFileSync(join(EXAMPLES, file), 'utf8'));
  const found = analysis.design.scenarios.find((s) => s.name === scenario);
  return found ? analysis.vary({ scenario: found }) : analysis;
};

const MODEL = 'model Ranker { architecture: mlp  params: 25M }';
const scorer = (properties: string) =>
  analysisOf(`${MODEL}\nserving Scorer { model: Ranker  hardware: 1 x L4  ${properties} }`);
const chat = (properties: string) =>
  analysisOf(
    `serving Chat { model: Llama_3_1_8B  hardware: 1 x H100  input: 1000 tokens  output: 300 tokens  ${properties} }`,
  );

/** What can be written about a serving's speed. */
const speed = fc.record({
  latency: fc.integer({ min: 1, max: 200 }),
  tail: fc.option(fc.integer({ min: 2, max: 6 }), { nil: undefined }),
  max: fc.constantFrom(1, 2, 8, 32),
  wait: fc.constantFrom(0, 2, 10),
});

const written = ({
  latency: ms,
  tail,
  max,
  wait,
}: {
  latency: number;
  tail?: number | undefined;
  max: number;
  wait: number;
}) =>
  `latency: ${tail ? `p50 ${ms}ms p99 ${ms * tail}ms` : `${ms}ms`}${max > 1 ? `  batching { max: ${max}  wait: ${wait}ms }` : ''}`;

describe('the worked estimates', () => {
  const worked = example('worked_estimates.mlsys');

  test('are 400 GPUs one at a time, and 100 in batches of eight', () => {
    expect(estimate(worked, 'RealTime', 'serving.gpus').display).toBe('400 GPUs');
    expect(estimate(worked, 'Batched', 'serving.gpus').display).toBe('100 GPUs');
    const row = estimate(worked, 'RealTime', 'serving.gpus').steps.find((s) => s.label === 'requests per GPU');
    expect(row).toMatchObject({ formula: 'utilization / latency', value: 25, from: 'derived', source: null });
  });

  test('say what batches cost', () => {
    const { assumptions } = estimate(worked, 'Batched', 'serving.gpus');
    expect(assumptions.join('; ')).toContain('a batch of 8 then takes 40 ms, and filling one at 100/s can wait 70 ms');
    expect(estimate(worked, 'RealTime', 'serving.gpus').assumptions).toContain('replicas share one queue');
  });
});

describe('the examples', () => {
  test('card fraud: load, replicas and cost by hand', () => {
    const fraud = example('fraud.mlsys');
    expect(value(fraud, 'FraudScorer', 'serving.utilization')).toBeCloseTo(10800 / (16 * 2000), 9);
    expect(value(fraud, 'FraudScorerV2', 'serving.replicas')).toBe(Math.ceil(1200 / ((0.6 * 4) / 0.003)));
    expect(value(fraud, 'FraudScorer', 'serving.cost') * 730 * 3600).toBeCloseTo(16 * 0.8048 * 730, 6);
    const everything =
      value(fraud, 'FraudScorer', 'serving.cost') +
      value(fraud, 'FraudScorerV2', 'serving.cost') +
      value(fraud, 'TrainFraudNet', 'training.cost') / 86400;
    expect(value(fraud, 'CardFraud', 'system.cost')).toBeCloseTo(everything, 12);
    expect(value(fraud, 'ScoreTransaction', 'request.availability')).toBeCloseTo(0.9999, 12);
  });

  test('card fraud on Black Friday asks for 23 replicas', () => {
    const friday = example('fraud.mlsys', 'BlackFriday');
    expect(value(friday, 'FraudScorer', 'serving.utilization')).toBeCloseTo(27000 / 32000, 9);
    expect(Math.ceil(27000 / value(friday, 'FraudScorer', 'serving.throughput_per_replica'))).toBe(23);
    expect(value(friday, 'FraudScorer', 'serving.replicas')).toBe(16);
  });

  test('support chat: an outage overloads the generator, and says by how much', () => {
    expect(answer(example('support_chat.mlsys', 'Outage'), 'Chat', 'serving.latency_p99')).toMatchObject({
      missing: [
        expect.stringMatching(/^fewer requests or more replicas: the load is 2\d\d% of what 6 replicas carry$/),
      ],
    });
  });

  for (const file of readdirSync(EXAMPLES).filter((f) => f.endsWith('.mlsys'))) {
    test(`${file}: totals are the sums of their rows`, () => {
      const analysis = example(file);
      const system = analysis.design.system!;
      const { steps, value: gpus } = estimate(analysis, system.name, 'system.gpus');
      expect(gpus).toBeCloseTo(
        steps.slice(0, -1).reduce((sum, s) => sum + s.value, 0),
        9,
      );
      for (const cluster of analysis.design.nodes.filter((n) => n.kind === 'cluster')) {
        const parts = [...gpusByHardware(analysis, cluster).values()].map((e) => (isMissing(e) ? 0 : e.value));
        expect(value(analysis, cluster.name, 'cluster.gpus_used')).toBeCloseTo(
          parts.reduce((a, b) => a + b, 0),
          9,
        );
      }
    });
  }
});

describe('laws of servings', () => {
  test('more traffic never needs fewer replicas', () => {
    fc.assert(
      fc.property(speed, fc.integer({ min: 1, max: 20000 }), fc.integer({ min: 0, max: 20000 }), (s, base, more) => {
        const replicas = (traffic: number) =>
          value(scorer(`${written(s)}  traffic: ${traffic}/s`), 'Scorer', 'serving.replicas');
        expect(replicas(base + more)).toBeGreaterThanOrEqual(replicas(base));
      }),
    );
  });

  test('more replicas never make the p99 higher', () => {
    fc.assert(
      fc.property(
        speed,
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (s, servers, more, busy) => {
          const one = value(
            scorer(`${written(s)}  replicas: 1  utilization: 100%`),
            'Scorer',
            'serving.throughput_per_replica',
          );
          const p99 = (replicas: number) =>
            latency(
              scorer(`${written(s)}  replicas: ${replicas}  traffic: ${busy * servers * one}/s`),
              'Scorer',
              'serving.latency_p99',
            );
          // the queue in front of batches is an approximation
          expect(p99(servers + more)).toBeLessThanOrEqual(p99(servers) * 1.01);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('percentiles ascend, and none is below one request alone in an empty system', () => {
    fc.assert(
      fc.property(
        speed,
        fc.integer({ min: 1, max: 24 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (s, servers, busy) => {
          const one = value(
            scorer(`${written(s)}  replicas: 1  utilization: 100%`),
            'Scorer',
            'serving.throughput_per_replica',
          );
          const analysis = scorer(`${written(s)}  replicas: ${servers}  traffic: ${busy * servers * one}/s`);
          const [p50, p95, p99] = ['p50', 'p95', 'p99'].map((p) =>
            value(analysis, 'Scorer', `serving.latency_${p}`),
          ) as [number, number, number];
          expect(p50).toBeLessThanOrEqual(p95);
          expect(p95).toBeLessThanOrEqual(p99);
          expect(p50).toBeGreaterThanOrEqual((s.latency / 1000) * 0.999);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('the replicas for a budget hold it, and one fewer does not', () => {
    fc.assert(
      fc.property(
        speed,
        fc.integer({ min: 10, max: 4000 }),
        fc.double({ min: 1.3, max: 8, noNaN: true }),
        (s, traffic, slack) => {
          const bound = s.latency * (s.tail ?? 1) * slack + s.wait;
          const text = `${written(s)}  traffic: ${traffic}/s  budget: p99 < ${bound}ms`;
          const found = answer(scorer(text), 'Scorer', 'serving.replicas_for_budget');
          if (isMissing(found)) return;
          const p99 = (replicas: number) =>
            latency(scorer(`${text}  replicas: ${replicas}`), 'Scorer', 'serving.latency_p99') * 1000;
          expect(p99(found.value)).toBeLessThanOrEqual(bound * 1.0001);
          if (found.value > 1) expect(p99(found.value - 1)).toBeGreaterThan(bound * 0.9999);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('another unit is the same answer', () => {
    const ways = [
      'latency: 20ms  traffic: 10k/s',
      'latency: 0.02s  traffic: 600k/min',
      'latency: 20000us  traffic: 36M/h',
    ];
    for (const quantity of [
      'serving.gpus',
      'serving.utilization',
      'serving.latency_p99',
      'serving.cost_per_1k_requests',
    ]) {
      const [first, ...others] = ways.map((way) => value(scorer(way), 'Scorer', quantity));
      for (const other of others) expect(other / first!).toBeCloseTo(1, 9);
    }
  });

  test('a cache takes its hits off the replicas', () => {
    const replicas = (hits: string) =>
      value(scorer(`latency: 20ms  traffic: 1k/s  ${hits}`), 'Scorer', 'serving.replicas');
    expect(replicas('')).toBe(40);
    expect(replicas('cache { hit_rate: 30% }')).toBe(28);
  });

  test('at 100% there is no latency, and the answer says so', () => {
    expect(answer(scorer('latency: 20ms  replicas: 10  traffic: 500/s'), 'Scorer', 'serving.latency_p99')).toEqual({
      missing: ['fewer requests or more replicas: the load is 100% of what 10 replicas carry'],
    });
  });

  test('calls of many items are longer, and never faster in batches than the batches are', () => {
    const flow = (items: number, more: string) =>
      analysisOf(
        `${MODEL}\nserving Scorer { model: Ranker  hardware: 1 x L4  latency: 5ms at 1, 14ms at 8  ${more} }\nrequest R { traffic: 1/s  flow: Scorer[${items}] }`,
      );
    const service = (items: number, more = '') =>
      0.5 / value(flow(items, more), 'Scorer', 'serving.throughput_per_replica');
    expect(service(8)).toBeCloseTo(0.014, 9);
    expect(service(500)).toBeCloseTo(0.005 + (499 * 0.009) / 7, 9);
    expect(service(500, 'batching { max: 8 }')).toBeGreaterThan(service(500));
  });
});

describe('values that nobody should write', () => {
  const odd = [
    'latency: 0ms  traffic: 5/s  batching { max: 0 }',
    'latency: 2ms  traffic: 0/s  budget: p99 < 1ms, p99 < 5ms',
    'latency: 5ms at 8, 6ms at 8  traffic: 5/s',
    'latency: Scorer.latency.p99  traffic: 5/s',
    'latency: 2ms  traffic: 5/s  batching { wait: 2ms }  cache { hit_rate: 100% }',
    'items: 20  traffic: 10/s  quantization: fp4  batching { max: 8 }',
    'latency: p50 2ms p99 9ms  throughput: 900/s  traffic: 500/s  budget: ttft p95 < 1s',
  ];
  const written = [
    'input: 0 tokens  output: 0 tokens  traffic: 5/s  budget: tpot p95 < 1ms',
    'concurrency: 0',
    'output: p50 100 p99 900  traffic: 90/s  budget: p99 < 1ms',
  ];

  for (const text of [...odd, ...written.map((w) => `model: Llama_3_1_8B  ${w}`)]) {
    test(`${text}: a figure or what is missing, in no time`, () => {
      const analysis = text.startsWith('model')
        ? analysisOf(`serving Scorer { hardware: 4 x CPU  ${text} }`)
        : scorer(text);
      for (const { quantity } of quantitiesOf('serving')) {
        const found = answer(analysis, 'Scorer', quantity);
        expect(isMissing(found) ? found.missing.length > 0 : Number.isFinite(found.value), quantity).toBe(true);
      }
    });
  }
});

describe('laws of generation', () => {
  test('the concurrency is what the load brings in the time of an answer', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 12, noNaN: true }), (traffic) => {
        const { steps } = estimate(chat(`replicas: 1  traffic: ${traffic}/s`), 'Chat', 'serving.ttft_p50');
        const row = (label: string) => steps.find((s) => s.label === label)!.value;
        const inFlight = row('load of a replica') * (row('TTFT') + (row('output') - 1) * row('TPOT'));
        expect(inFlight / row('concurrency')).toBeCloseTo(1, 9);
      }),
    );
  });

  test('more replicas are never slower, and more requests in flight never faster', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 200 }), (replicas, concurrency) => {
        for (const quantity of ['serving.ttft_p95', 'serving.tpot_p95', 'serving.latency_p99']) {
          const at = (n: number) => latency(chat(`replicas: ${n}  traffic: 15/s`), 'Chat', quantity);
          const holding = (c: number) => value(chat(`replicas: 1  concurrency: ${c}`), 'Chat', quantity);
          expect(at(replicas + 1)).toBeLessThanOrEqual(at(replicas) * (1 + 1e-9));
          expect(holding(concurrency + 1)).toBeGreaterThanOrEqual(holding(concurrency) * (1 - 1e-9));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('sizes by hand: Llama 3.1 keeps 128 KiB a token, DeepSeek V3 70,272 bytes', () => {
    expect(value(chat(''), 'Chat', 'serving.kv_cache_bytes_per_token')).toBe(131072);
    const latent = analysisOf('serving Chat { model: DeepSeek_V3  hardware: 8 x H200 }');
    expect(value(latent, 'Chat', 'serving.kv_cache_bytes_per_token')).toBe(70272);
  });

  test('a measured latency wins over the estimate', () => {
    expect(value(chat('latency: 2s  traffic: 10/s'), 'Chat', 'serving.replicas')).toBe(40);
  });
});

describe('laws of paths', () => {
  const part = fc.record({ p50: fc.integer({ min: 1, max: 50 }), tail: fc.integer({ min: 1, max: 9 }) });
  const services = (parts: readonly { p50: number; tail: number }[]) =>
    parts.map(({ p50, tail }, i) => `service S${i} { latency: p50 ${p50}ms p99 ${p50 * tail}ms }`).join('\n');
  const p99Of = (text: string) => value(analysisOf(text), 'R', 'request.latency_p99');

  test('the p99 of a way is at most the sum of the p99, and at least the largest', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), (parts) => {
        const names = parts.map((_, i) => `S${i}`);
        const each = parts.map(({ p50, tail }) => (p50 * tail) / 1000);
        const sum = each.reduce((a, b) => a + b, 0);
        const inOrder = p99Of(`${services(parts)}\nrequest R { traffic: 1/s  flow: ${names.join(' -> ')} }`);
        const atOnce = p99Of(`${services(parts)}\nrequest R { traffic: 1/s  flow: ${names.join(' & ')} }`);
        expect(inOrder).toBeLessThanOrEqual(sum * 1.001);
        expect(atOnce).toBeLessThanOrEqual(inOrder * 1.001);
        expect(atOnce).toBeGreaterThanOrEqual(Math.max(...each) * 0.999);
      }),
      { numRuns: 40 },
    );
  });

  test('nobody waits for what is behind ~, and a share counts for its requests alone', () => {
    const parts = services([
      { p50: 5, tail: 3 },
      { p50: 40, tail: 2 },
    ]);
    const alone = p99Of(`${parts}\nrequest R { traffic: 1/s  flow: S0 }`);
    expect(p99Of(`${parts}\nrequest R { traffic: 1/s  flow: S0 -> ~S1 }`)).toBe(alone);
    const rare = p99Of(`${parts}\nrequest R { traffic: 1/s  flow: S0 -> 0.1% * S1 }`);
    expect(rare / alone).toBeGreaterThan(1);
    expect(rare).toBeLessThan(p99Of(`${parts}\nrequest R { traffic: 1/s  flow: S0 -> 5% * S1 }`));
  });

  test('a part without a latency is named', () => {
    const analysis = analysisOf('service A { latency: 1ms }\nservice B { }\nrequest R { traffic: 1/s  flow: A -> B }');
    expect(answer(analysis, 'R', 'request.latency_p99')).toEqual({ missing: ['`latency` of `B`'] });
    expect(hopsOf(analysis, analysis.design.lookup('R')!)).toEqual([]);
  });

  test('hops start where the medians before them end, and the slowest weighs most', () => {
    const text = `${services([
      { p50: 5, tail: 3 },
      { p50: 40, tail: 2 },
      { p50: 7, tail: 2 },
    ])}\nrequest R { traffic: 1/s  flow: S0 -> (S1 & S2) -> ~S0 }`;
    const analysis = analysisOf(text);
    const hops = hopsOf(analysis, analysis.design.lookup('R')!);
    expect(hops.map((h) => h.node.name)).toEqual(['S0', 'S1', 'S2', 'S0']);
    expect(hops.map((h) => h.free)).toEqual([false, false, false, true]);
    expect(hops[1]!.start).toBeCloseTo(0.005, 9);
    expect(hops[2]!.start).toBe(hops[1]!.start);
    expect(hops[3]!.start).toBeGreaterThan(0.045 * 0.999);
    expect(Math.max(...hops.map((h) => (h.share === 1 ? h.weight : 0)))).toBe(hops[1]!.weight);
  });

  test('availability multiplies over what is waited for', () => {
    const text =
      'service A { availability: 99.9% }\nservice B { availability: 99% }\nservice C { availability: 50% }\nrequest R { traffic: 1/s  flow: A -> 10% * B -> 3 * A -> ~C }';
    expect(value(analysisOf(text), 'R', 'request.availability')).toBeCloseTo(0.999 * (1 - 0.1 * 0.01), 12);
  });
});

describe('where the p99 is spent', () => {
  const way = (flow: string) =>
    `service A { latency: p50 2ms p99 9ms }\nservice B { latency: p50 5ms p99 8ms }\nservice C { latency: 3ms }\nrequest R { traffic: 1/s  flow: ${flow} }`;
  const rows = (flow: string) => {
    const answer = estimate(analysisOf(way(flow)), 'R', 'request.latency_p99');
    return { p99: answer.value, parts: answer.steps.filter((s) => s.label.endsWith(' in the p99')) };
  };

  test.each(['A -> B -> C', 'A -> (B & C) -> 10% * A', 'A -> 5 * B -> A', 'C -> C'])('%s: the parts add up', (flow) => {
    const { p99, parts } = rows(flow);
    expect(parts.length).toBe(flow.split('->').length);
    expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(p99, 6);
    for (const { value } of parts) expect(value).toBeGreaterThan(0);
  });

  test('the most variable part has more of it than of the mean', () => {
    const [a, b] = rows('A -> B').parts;
    expect(a!.value).toBeGreaterThan(b!.value);
  });
});
