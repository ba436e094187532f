import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cdf,
  constant,
  type Distribution,
  logNormalOf,
  mean,
  occasional,
  quantile,
  scaled,
  shift,
} from '#language/estimate/numeric/distribution.ts';
import { equilibrium, erlangC, minimum, poolResponse } from '#language/estimate/numeric/queue.ts';
import { gridOf } from '#language/estimate/numeric/spread.ts';
import { logNormal, pool } from './simulation.ts';

/** An exponential time with this mean, as a grid. */
const exponential = (average: number): Distribution =>
  gridOf(
    Float64Array.from({ length: 3001 }, (_, i) => i / 120),
    Float64Array.from({ length: 3001 }, (_, i) => (i === 3000 ? 1 : -Math.expm1(-i / 120))),
    0,
    average,
  );

/**
 * M/M/c with a service of 20 ms: servers, load, probability of a wait, and the 99th percentiles of wait and response in ms, which Erlang's
 * formula and the stationary distribution of the chain give alike (Kleinrock, Queueing Systems I, 1975, section 3.5).
 */
const MMC = [
  [1, 0.7, 0.7, 283.233, 307.011],
  [2, 0.5, 0.333333, 70.131, 113.319],
  [2, 0.7, 0.576471, 135.145, 165.312],
  [3, 0.8, 0.647191, 139.002, 169.11],
  [4, 0.8, 0.596432, 102.21, 137.864],
  [8, 0.5, 0.059044, 8.878, 92.493],
  [8, 0.7, 0.270603, 27.484, 95.634],
  [8, 0.8, 0.457645, 47.794, 103.044],
  [8, 0.9, 0.701533, 106.267, 141.747],
  [64, 0.95, 0.588011, 25.464, 96.841],
  [400, 0.95, 0.220314, 3.092, 92.334],
] as const;

describe('closed forms', () => {
  test.each(MMC)('M/M/%i at a load of %f', (servers, load, waits, _, response) => {
    expect(erlangC(servers, servers * load)).toBeCloseTo(waits, 6);
    const d = poolResponse({ servers, arrivalRate: (servers * load) / 20, service: exponential(20) })!;
    expect(Math.abs(quantile(d, 0.99) / response - 1)).toBeLessThan(2e-3);
  });

  test("Erlang's C is stable for ten thousand servers", () => {
    // about the square-root rule of Halfin and Whitt 1981: 1 / (1 + b F(b) / f(b)) with b = 1
    expect(erlangC(10_000, 9_900)).toBeCloseTo(1 / (1 + 0.8413447 / 0.2419707), 2);
    expect(erlangC(10_000, 10_000)).toBe(1);
    expect(erlangC(10_000, 100)).toBe(0);
  });

  test('M/D/1: the mean wait is that of Pollaczek and Khinchine, and short waits those of Erlang (1909)', () => {
    for (const load of [0.2, 0.5, 0.8, 0.95]) {
      const d = poolResponse({ servers: 1, arrivalRate: load, service: constant(1) })!;
      expect(mean(d) / (1 + load / (2 * (1 - load)))).toBeCloseTo(1, 6);
      expect(cdf(d, 1)).toBeCloseTo(1 - load, 9);
      for (const t of [0.25, 0.5, 0.99]) expect(cdf(d, 1 + t)).toBeCloseTo((1 - load) * Math.exp(load * t), 3);
      const second = (1 - load) * (Math.exp(1.5 * load) - 0.5 * load * Math.exp(0.5 * load));
      expect(cdf(d, 2.5)).toBeCloseTo(second, 3);
    }
  });

  test('M/G/1: the mean wait is that of Pollaczek and Khinchine', () => {
    const service = logNormalOf({ p50: 1, p99: 5 });
    const sigma = Math.log(5) / 2.3263478740408408;
    const square = Math.exp(2 * sigma ** 2);
    const d = poolResponse({ servers: 1, arrivalRate: 0.7 / mean(service), service })!;
    expect(mean(d)).toBeCloseTo(mean(service) + ((0.7 / mean(service)) * square) / (2 * 0.3), 2);
  });

  test('what is left of a constant is uniform, of an exponential the same', () => {
    for (const t of [0.1, 0.5, 0.9]) expect(cdf(equilibrium(constant(2)), 2 * t)).toBeCloseTo(t, 12);
    for (const t of [0.1, 0.5, 2]) expect(cdf(equilibrium(exponential(1)), t)).toBeCloseTo(-Math.expm1(-t), 4);
    for (const t of [0.1, 0.5, 2])
      expect(cdf(minimum(4, equilibrium(exponential(1))), t)).toBeCloseTo(-Math.expm1(-4 * t), 3);
  });

  test('a pool that cannot carry its load has no response time', () => {
    expect(poolResponse({ servers: 4, arrivalRate: 4, service: constant(1) })).toBeNull();
    expect(poolResponse({ servers: 0, arrivalRate: 1, service: constant(1) })).toBeNull();
    expect(poolResponse({ servers: 4, arrivalRate: Number.NaN, service: constant(1) })).toBeNull();
  });
});

describe('simulated pools', () => {
  const draws = 250_000;

  test.each([
    ['constant', constant(1), () => () => 1],
    ['log-normal', logNormalOf({ p50: 1, p99: 3 }), () => logNormal(1, 3, 0.99)],
    ['wide log-normal', logNormalOf({ p50: 1, p99: 8 }), () => logNormal(1, 8, 0.99)],
  ] as const)('%s services', (_, service, sampled) => {
    const off: number[] = [];
    for (const servers of [1, 2, 8, 64])
      for (const load of [0.3, 0.6, 0.8]) {
        const arrivalRate = (servers * load) / mean(service);
        const all = Float64Array.from({ length: draws }, pool(servers, arrivalRate, sampled())).sort();
        const d = poolResponse({ servers, arrivalRate, service })!;
        for (const p of [0.5, 0.95, 0.99]) off.push(Math.abs(quantile(d, p) / all[Math.floor(p * draws)]! - 1));
      }
    off.sort((a, b) => a - b);
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(0.01);
    expect(off[Math.floor(off.length * 0.9)]).toBeLessThan(0.05);
    expect(off.at(-1)).toBeLessThan(0.15);
  });
});

describe('laws', () => {
  const services = fc.oneof(
    fc.constant(constant(1)),
    fc.double({ min: 1.1, max: 15, noNaN: true }).map((p99) => logNormalOf({ p50: 1, p99 })),
    fc.constantFrom(0.13, 0.6).map((share) => shift(occasional(share, constant(3)), 0.5)),
  );
  const servers = fc.integer({ min: 1, max: 80 });
  const load = fc.double({ min: 0.02, max: 0.97, noNaN: true });
  const percentiles = (d: Distribution) => [0.5, 0.9, 0.95, 0.99].map((p) => quantile(d, p));

  test('more load is never faster, and more servers never slower', () => {
    fc.assert(
      fc.property(
        services,
        servers,
        load,
        fc.double({ min: 1, max: 1.5, noNaN: true }),
        fc.integer({ min: 1, max: 9 }),
        (service, c, rho, more, extra) => {
          const arrivalRate = (rho * c) / mean(service);
          const d = percentiles(poolResponse({ servers: c, arrivalRate, service })!);
          const loaded = poolResponse({ servers: c, arrivalRate: arrivalRate * more, service });
          if (loaded)
            for (const [i, t] of percentiles(loaded).entries()) expect(t).toBeGreaterThanOrEqual(d[i]! * 0.998);
          const helped = percentiles(poolResponse({ servers: c + extra, arrivalRate, service })!);
          for (const [i, t] of helped.entries()) expect(t).toBeLessThanOrEqual(d[i]! * 1.002);
        },
      ),
    );
  });

  test('nobody is faster than the service, and percentiles ascend', () => {
    fc.assert(
      fc.property(services, servers, load, (service, c, rho) => {
        const values = percentiles(poolResponse({ servers: c, arrivalRate: (rho * c) / mean(service), service })!);
        for (const [i, t] of percentiles(service).entries()) expect(values[i]).toBeGreaterThanOrEqual(t * 0.998);
        for (const [i, t] of values.entries()) expect(t).toBeGreaterThanOrEqual(values[i - 1] ?? 0);
      }),
    );
  });

  test('another unit of time changes nothing', () => {
    fc.assert(
      fc.property(services, servers, load, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (service, c, rho, k) => {
        const arrivalRate = (rho * c) / mean(service);
        const one = percentiles(poolResponse({ servers: c, arrivalRate, service })!);
        const other = percentiles(
          poolResponse({ servers: c, arrivalRate: arrivalRate / k, service: scaled(service, k) })!,
        );
        for (const [i, t] of other.entries()) expect(t / k / one[i]! - 1).toBeCloseTo(0, 10);
      }),
    );
  });
});
