import { batchedPool, logNormal, pool, quantileOf, restart, type Samples } from '../../laws/simulation.ts';
import { figuresOf } from '../figure.ts';
import type { Sample, Study } from '../study.ts';

const SIMULATED = { low: null, high: null, held: false } as const;
const PERCENTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

const serving = (properties: string, replicas: number, rate: number): string => `
model Net { architecture: linear  params: 10 }
serving Pool { model: Net  hardware: 1 x CPU  replicas: ${replicas}  traffic: ${rate}/s  ${properties} }
`;

function started(cases: () => Generator<Sample>): Sample[] {
  restart();
  return [...cases()];
}

const LOADS = [0.3, 0.5, 0.7, 0.8, 0.9];
const SERVERS = [1, 2, 4, 16, 64];

/** 20 ms on average: constant, or log-normal with that p99 over p50. */
function* pools(): Generator<Sample> {
  for (const tail of [1, 2, 5])
    for (const servers of SERVERS)
      for (const load of LOADS) {
        const p50 = 0.02 / Math.exp((Math.log(tail) / 2.3263478740408408) ** 2 / 2);
        const service: Samples = tail === 1 ? () => 0.02 : logNormal(p50, tail * p50, 0.99);
        const rate = (load * servers) / 0.02;
        const latency = tail === 1 ? '20ms' : `p50 ${p50 * 1e3}ms p99 ${tail * p50 * 1e3}ms`;
        yield {
          id: `${servers} servers at ${load}, p99 = ${tail} p50`,
          published: quantileOf(pool(servers, rate, service), 0.99),
          ...SIMULATED,
          estimate: figuresOf(serving(`latency: ${latency}`, servers, rate))('Pool', 'serving.latency_p99').estimate,
        };
      }
}

/** A batch of b takes 10 ms + 2 ms b. */
function* batches(): Generator<Sample> {
  for (const max of [4, 16])
    for (const wait of [0, 0.005, 0.02])
      for (const servers of [1, 4, 16])
        for (const load of [0.2, 0.5, 0.8]) {
          const full = 0.01 + 0.002 * max;
          const rate = (load * servers * max) / full;
          const text = serving(
            `latency: 12ms at 1, ${full * 1e3}ms at ${max}  batching { max: ${max}  wait: ${wait * 1e3}ms }`,
            servers,
            rate,
          );
          yield {
            id: `${servers} servers at ${load}, batches of ${max}, ${wait * 1e3} ms wait`,
            published: quantileOf(batchedPool(servers, rate, 0.01, 0.002, max, wait), 0.99),
            ...SIMULATED,
            estimate: figuresOf(text)('Pool', 'serving.latency_p99').estimate,
          };
        }
}

export const poolLatency: Study = {
  name: 'pool_latency',
  title: 'p99 of a replica pool under load, against simulation',
  unit: 's',
  target: { median: 0.1, p90: 0.2 },
  truth: 'repository',
  samples: () => started(pools),
};

export const batchedLatency: Study = {
  name: 'batched_latency',
  title: 'The same where replicas take batches',
  unit: 's',
  target: { median: 0.1, p90: 0.2 },
  truth: 'repository',
  samples: () => started(batches),
};

/** Ways through parts with that p99 over p50, one after the other, at once, and both. */
function* ways(): Generator<Sample> {
  const flows: readonly (readonly [string, number, (parts: readonly Samples[]) => number])[] = [
    ['A -> B', 2, ([a, b]) => a!() + b!()],
    ['A -> B -> C -> D', 4, (parts) => parts.reduce((sum, part) => sum + part(), 0)],
    ['A & B', 2, ([a, b]) => Math.max(a!(), b!())],
    ['A -> (B & C) -> D', 4, ([a, b, c, d]) => a!() + Math.max(b!(), c!()) + d!()],
    ['20 * A -> B', 2, ([a, b]) => Math.max(...Array.from({ length: 20 }, () => a!())) + b!()],
  ];
  for (const tail of [2, 4, 10])
    for (const [flow, count, draw] of flows) {
      const names = ['A', 'B', 'C', 'D'].slice(0, count);
      const medians = names.map((_, i) => 0.004 * 2 ** i);
      const parts = medians.map((p50) => logNormal(p50, tail * p50, 0.99));
      const figure = figuresOf(`
${names.map((name, i) => `service ${name} { latency: p50 ${medians[i]! * 1e3}ms p99 ${tail * medians[i]! * 1e3}ms }`).join('\n')}
request Way { traffic: 1/s  flow: ${flow} }`);
      for (const [name, p] of PERCENTILES)
        yield {
          id: `${name} of ${flow}, p99 = ${tail} p50`,
          published: quantileOf(() => draw(parts), p),
          ...SIMULATED,
          estimate: figure('Way', `request.latency_${name}`).estimate,
        };
    }
}

export const wayLatency: Study = {
  name: 'way_latency',
  title: 'p50, p95 and p99 of sums and maxima, against simulation',
  unit: 's',
  target: { median: 0.02, p90: 0.02 },
  truth: 'repository',
  samples: () => started(ways),
};
