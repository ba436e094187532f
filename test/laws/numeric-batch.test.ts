import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BatchedPool,
  type BatchedResponse,
  batchedPoolResponse,
  batchServiceTime,
} from '#language/estimate/numeric/batch.ts';
import { cdf, constant, quantile } from '#language/estimate/numeric/distribution.ts';
import { poolResponse, serversForLatency } from '#language/estimate/numeric/queue.ts';
import { batchedPool } from './simulation.ts';

const PERCENTILES = [0.5, 0.95, 0.99];
const percentiles = ({ response }: BatchedResponse) => PERCENTILES.map((p) => quantile(response, p));

/** A pool at a share of what it carries at most. */
const loaded = (load: number, pool: Omit<BatchedPool, 'arrivalRate'>): BatchedPool => ({
  ...pool,
  arrivalRate: (load * pool.servers * pool.max) / batchServiceTime(pool.law, pool.max),
});

const pools = fc
  .record({
    load: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    servers: fc.integer({ min: 1, max: 60 }),
    perItem: fc.double({ min: 0, max: 1, noNaN: true }),
    max: fc.integer({ min: 2, max: 32 }),
    wait: fc.constantFrom(0, 0.1, 1),
  })
  .map(({ load, servers, perItem, max, wait }) => loaded(load, { servers, law: { fixed: 1, perItem }, max, wait }));

describe('simulated pools', () => {
  // 10 ms for one request; a batch of 8 gains a factor of 3.3, 5.9 and 1.4
  test.each([
    ['as is usual', 8, 2],
    ['that hardly depend on the batch', 9.5, 0.5],
    ['that nearly only depend on it', 5, 5],
  ])('batches with times %s', (_, fixed, perItem) => {
    const draws = 100_000;
    const off: Record<number, number[]> = { 0.5: [], 0.95: [], 0.99: [] };
    for (const servers of [1, 4, 32])
      for (const max of [2, 8, 32])
        for (const [load, wait] of [
          [0.2, 2],
          [0.5, 0],
          [0.5, 5],
          [0.8, 0],
          [0.8, 2],
        ] as const) {
          const given = loaded(load, { servers, law: { fixed, perItem }, max, wait });
          const all = Float64Array.from(
            { length: draws },
            batchedPool(servers, given.arrivalRate, fixed, perItem, max, wait),
          ).sort();
          const { response } = batchedPoolResponse(given)!;
          for (const p of PERCENTILES) off[p]!.push(Math.abs(quantile(response, p) / all[Math.floor(p * draws)]! - 1));
        }
    for (const [p, each] of Object.entries(off)) {
      each.sort((a, b) => a - b);
      expect(each[Math.floor(each.length / 2)], `median of p${p}`).toBeLessThan(0.02);
      expect(each[Math.floor(each.length * 0.9)], `p90 of p${p}`).toBeLessThan(0.08);
    }
  });
});

describe('closed forms', () => {
  test('alone, a request waits as long as it may for others', () => {
    const d = batchedPoolResponse({ servers: 4, arrivalRate: 1e-4, law: { fixed: 8, perItem: 2 }, max: 8, wait: 5 })!;
    expect(quantile(d.response, 0.99)).toBeCloseTo(15, 9);
    expect(d.meanBatch).toBeCloseTo(1, 2);
    const none = batchedPoolResponse({ servers: 4, arrivalRate: 0, law: { fixed: 8, perItem: 2 }, max: 8, wait: 5 })!;
    expect(none).toEqual({ response: constant(15), meanBatch: 1, utilization: 0 });
  });

  test('with plenty of servers a batch is what comes in the wait: Poisson', () => {
    const d = batchedPoolResponse({ servers: 200, arrivalRate: 1, law: { fixed: 8, perItem: 2 }, max: 32, wait: 5 })!;
    expect(d.meanBatch).toBeCloseTo(6, 0);
    // the first of a batch waits for all of it; a batch of b has probability 5^(b-1) exp(-5) / (b-1)!
    let share = Math.exp(-5) / 6;
    for (let b = 1; b <= 10; b++) {
      const t = 5 + 8 + 2 * b;
      expect(cdf(d.response, t) - cdf(d.response, t * (1 - 1e-12))).toBeCloseTo(share, 2);
      share *= 5 / b;
    }
  });

  test('servers that are never idle take what has come since: batches of a load a / (servers - load s)', () => {
    const [fixed, perItem, servers, arrivalRate] = [8, 2, 4, 1.4];
    const d = batchedPoolResponse({ servers, arrivalRate, law: { fixed, perItem }, max: 64 })!;
    expect(Math.abs(d.meanBatch / ((arrivalRate * fixed) / (servers - arrivalRate * perItem)) - 1)).toBeLessThan(0.02);
    expect(d.utilization).toBeGreaterThan(0.97);
  });

  test('batches of one are a pool', () => {
    const d = batchedPoolResponse({ servers: 4, arrivalRate: 0.3, law: { fixed: 8, perItem: 2 }, max: 1, wait: 3 })!;
    expect(d.response).toEqual(poolResponse({ servers: 4, arrivalRate: 0.3, service: constant(10) }));
    expect(d.utilization).toBeCloseTo(0.75, 12);
  });

  test('a pool that cannot carry its load even with full batches has no response time', () => {
    expect(batchedPoolResponse(loaded(1, { servers: 4, law: { fixed: 8, perItem: 2 }, max: 8 }))).toBeNull();
    expect(batchedPoolResponse({ servers: 0, arrivalRate: 1, law: { fixed: 8, perItem: 2 }, max: 8 })).toBeNull();
    expect(
      batchedPoolResponse({ servers: 4, arrivalRate: Number.NaN, law: { fixed: 8, perItem: 2 }, max: 8 }),
    ).toBeNull();
  });

  test('a pool of thousands takes no longer to estimate than one of hundreds', () => {
    const large = loaded(0.5, { servers: 20_000, law: { fixed: 8, perItem: 2 }, max: 8, wait: 1 });
    const small = { ...large, servers: 2_000, arrivalRate: large.arrivalRate / 10 };
    for (const [i, t] of percentiles(batchedPoolResponse(large)!).entries())
      expect(Math.abs(t / percentiles(batchedPoolResponse(small)!)[i]! - 1)).toBeLessThan(0.05);
  });
});

describe('laws', () => {
  test('nobody is faster than a batch of one, batches fit, and percentiles ascend', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const d = batchedPoolResponse(pool)!;
        const values = percentiles(d);
        for (const [i, t] of values.entries())
          expect(t).toBeGreaterThanOrEqual(values[i - 1] ?? batchServiceTime(pool.law, 1));
        expect(d.meanBatch).toBeGreaterThanOrEqual(1);
        expect(d.meanBatch).toBeLessThanOrEqual(pool.max);
        expect(d.utilization).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('servers are busy at least as much as full batches would keep them', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const full = (pool.arrivalRate * batchServiceTime(pool.law, pool.max)) / (pool.servers * pool.max);
        expect(batchedPoolResponse(pool)!.utilization).toBeGreaterThanOrEqual(full - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test('twice the servers are not slower, but for noise', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const helped = percentiles(batchedPoolResponse({ ...pool, servers: 2 * pool.servers })!);
        for (const [i, t] of percentiles(batchedPoolResponse(pool)!).entries())
          expect(helped[i]).toBeLessThanOrEqual(t * 1.1);
      }),
      { numRuns: 60 },
    );
  });

  test('another unit of time changes nothing', () => {
    fc.assert(
      fc.property(pools, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (pool, k) => {
        const other = percentiles(
          batchedPoolResponse({
            ...pool,
            arrivalRate: pool.arrivalRate / k,
            law: { fixed: pool.law.fixed * k, perItem: pool.law.perItem * k },
            wait: pool.wait! * k,
          })!,
        );
        for (const [i, t] of percentiles(batchedPoolResponse(pool)!).entries())
          expect(other[i]! / k / t - 1).toBeCloseTo(0, 10);
      }),
      { numRuns: 40 },
    );
  });

  test('a bound is kept by the servers that are found for it', () => {
    const pool = { arrivalRate: 2, law: { fixed: 8, perItem: 2 }, max: 8, wait: 1 };
    const response = (servers: number) => batchedPoolResponse({ ...pool, servers })?.response ?? null;
    const fewest = serversForLatency(7, response, 0.99, 30)!;
    expect(quantile(response(fewest)!, 0.99)).toBeLessThanOrEqual(30);
    expect(quantile(response(fewest - 1)!, 0.99)).toBeGreaterThan(30);
    expect(serversForLatency(7, response, 0.99, 9)).toBeNull();
  });
});
