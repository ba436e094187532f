import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cdf,
  constant,
  type Distribution,
  logNormalOf,
  logNormalThrough,
  maximum,
  maximumOf,
  mean,
  mixture,
  occasional,
  quantile,
  scaled,
  shift,
  sum,
  variance,
} from '#language/estimate/numeric/distribution.ts';
import { gridOf } from '#language/estimate/numeric/spread.ts';
import { logNormal, type Samples } from './simulation.ts';

const PERCENTILES = [0.5, 0.9, 0.95, 0.99];
const DRAWS = 200_000;

/** The answer's percentiles over those of many draws, less 1. */
function errors(answer: Distribution, draw: Samples): number[] {
  const all = Float64Array.from({ length: DRAWS }, draw).sort();
  return PERCENTILES.map((p) => quantile(answer, p) / all[Math.floor(p * DRAWS)]! - 1);
}

/** An exponential time with mean 1, as a grid. */
const exponential = gridOf(
  Float64Array.from({ length: 2001 }, (_, i) => i / 100),
  Float64Array.from({ length: 2001 }, (_, i) => (i === 2000 ? 1 : -Math.expm1(-i / 100))),
);

const time = fc.double({ min: 1e-4, max: 10, noNaN: true });
const logNormals = fc
  .tuple(time, fc.double({ min: 1.05, max: 12, noNaN: true }))
  .map(([p50, ratio]) => logNormalOf({ p50, p99: p50 * ratio }));
const member = fc.oneof(
  logNormals,
  time.map(constant),
  fc
    .tuple(fc.constantFrom(0.003, 0.07, 0.42, 0.83), fc.oneof(logNormals, time.map(constant)))
    .map(([share, d]) => occasional(share, d)),
);
const members = fc.array(member, { minLength: 1, maxLength: 6 });

describe('one distribution', () => {
  test('the percentiles of a log-normal are closed form', () => {
    const d = logNormalOf({ p50: 0.002, p99: 0.006 });
    expect(quantile(d, 0.5)).toBe(0.002);
    expect(quantile(d, 0.99)).toBeCloseTo(0.006, 15);
    // mean exp(sigma^2 / 2), with sigma = ln 3 / 2.3263
    const sigma = Math.log(3) / 2.3263478740408408;
    expect(mean(d)).toBeCloseTo(0.002 * Math.exp(sigma ** 2 / 2), 12);
    expect(variance(d)).toBeCloseTo(mean(d) ** 2 * Math.expm1(sigma ** 2), 12);
  });

  test('any two percentiles make a log-normal', () => {
    fc.assert(
      fc.property(
        time,
        fc.double({ min: 1.01, max: 30, noNaN: true }),
        fc.constantFrom([0.5, 0.95], [0.9, 0.99], [0.95, 0.999]),
        (low, ratio, [p, q]) => {
          const d = logNormalThrough({ p: p!, value: low }, { p: q!, value: low * ratio });
          expect(quantile(d, p!) / low).toBeCloseTo(1, 9);
          expect(quantile(d, q!) / low / ratio).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  test('equal percentiles, and those the wrong way round, are a constant', () => {
    expect(logNormalOf({ p50: 3, p99: 3 })).toEqual(constant(3));
    expect(logNormalOf({ p50: 3, p99: 2 })).toEqual(constant(3));
  });

  test('a percentile is where the cumulative share gets there', () => {
    fc.assert(
      fc.property(members, fc.double({ min: 0.02, max: 0.995, noNaN: true }), (ds, p) => {
        const d = sum(ds);
        const t = quantile(d, p);
        expect(cdf(d, t * (1 + 1e-9))).toBeGreaterThanOrEqual(p - 1e-6);
        if (t > 0) expect(cdf(d, t * (1 - 1e-9))).toBeLessThanOrEqual(p + 1e-6);
      }),
    );
  });
});

describe('sums', () => {
  test('published percentiles of exponential and log-normal stages', () => {
    // Erlang distributions with 2 and 5 stages: P(n, x) = 0.99 at 6.638352 and 11.604626 (tables of the incomplete gamma function)
    expect(quantile(sum([exponential, exponential]), 0.99)).toBeCloseTo(6.638352, 1);
    expect(Math.abs(quantile(sum(Array<Distribution>(5).fill(exponential)), 0.99) / 11.604626 - 1)).toBeLessThan(1e-3);
    expect(Math.abs(quantile(maximumOf(5, exponential), 0.99) / -Math.log(1 - 0.99 ** 0.2) - 1)).toBeLessThan(1e-3);
  });

  test.each([
    [
      'two alike',
      [
        [1, 3],
        [1, 3.1],
      ],
    ],
    [
      'a hundred times apart',
      [
        [1, 3],
        [100, 150],
        [10, 30],
        [0.5, 20],
      ],
    ],
    ['many small and one large', [...Array.from({ length: 29 }, (_, i) => [1, 2 + i * 0.1]), [100, 300]]],
    ['thirty', Array.from({ length: 30 }, (_, i) => [1 + (i % 7), (1 + (i % 7)) * (1.3 + (i % 5))])],
    ['heavy tails', Array.from({ length: 4 }, (_, i) => [1, 8 + i])],
    [
      'nearly constant',
      [
        [100, 101],
        [1, 3],
      ],
    ],
  ])('%s are as simulated, summed and the largest of them', (_, list) => {
    const ds = list.map(([p50, p99]) => logNormalOf({ p50: p50!, p99: p99! }));
    const draws = list.map(([p50, p99]) => logNormal(p50!, p99!, 0.99));
    const together = errors(sum(ds), () => draws.reduce((total, draw) => total + draw(), 0));
    const largest = errors(maximum(ds), () => draws.reduce((most, draw) => Math.max(most, draw()), 0));
    for (const error of [...together, ...largest]) expect(Math.abs(error)).toBeLessThan(0.01);
  });

  test('constants shift, and what is at one time stays there', () => {
    const d = sum([constant(5), occasional(0.1, constant(20)), occasional(0.02, constant(300))]);
    expect([0.5, 0.88, 0.95, 0.979, 0.99].map((p) => quantile(d, p))).toEqual([5, 5, 25, 25, 305]);
    expect(quantile(sum([constant(7), logNormalOf({ p50: 2, p99: 6 })]), 0.5)).toBe(9);
    const some = sum([
      constant(5),
      occasional(0.3, logNormalOf({ p50: 2, p99: 6 })),
      occasional(0.1, logNormalOf({ p50: 40, p99: 90 })),
    ]);
    expect(quantile(some, 0.6)).toBe(5);
    expect(cdf(some, 5)).toBeCloseTo(0.63, 12);
  });

  test('a sum of one is itself, and of none takes no time', () => {
    const d = logNormalOf({ p50: 2, p99: 6 });
    expect(sum([d])).toBe(d);
    expect(maximum([d])).toBe(d);
    expect(quantile(sum([]), 0.99)).toBe(0);
    expect(quantile(maximum([]), 0.99)).toBe(0);
  });

  test('means and variances add up', () => {
    fc.assert(
      fc.property(members, (ds) => {
        const d = sum(ds);
        expect(mean(d) / ds.reduce((total, m) => total + mean(m), 0)).toBeCloseTo(1, 9);
        const variances = ds.reduce((total, m) => total + variance(m), 0);
        expect(Math.abs(variance(d) - variances)).toBeLessThanOrEqual(1e-9 * (variances + mean(d) ** 2));
      }),
    );
  });

  test('the 99th percentile of a sum is between the largest member and the sum of their 99th percentiles', () => {
    fc.assert(
      fc.property(fc.array(logNormals, { minLength: 1, maxLength: 8 }), (ds) => {
        const p99 = quantile(sum(ds), 0.99);
        expect(p99).toBeLessThanOrEqual(ds.reduce((total, d) => total + quantile(d, 0.99), 0) * 1.0005);
        expect(p99).toBeGreaterThanOrEqual(Math.max(...ds.map((d) => quantile(d, 0.99))) * 0.9995);
      }),
    );
  });
});

describe('the largest of several', () => {
  test('of n copies, the percentile p is that of one at the n-th root', () => {
    const d = logNormalOf({ p50: 2, p99: 6 });
    for (const n of [2, 10, 100, 500])
      for (const p of PERCENTILES)
        expect(Math.abs(quantile(maximumOf(n, d), p) / quantile(d, p ** (1 / n)) - 1)).toBeLessThan(2e-4);
    expect(quantile(maximum(Array<Distribution>(500).fill(d)), 0.99)).toBe(quantile(maximumOf(500, d), 0.99));
  });

  test('of a hundred calls of which 1% are slow, 63% are slow (Dean and Barroso, The Tail at Scale, 2013)', () => {
    const call = mixture([
      { share: 0.99, of: constant(0.01) },
      { share: 0.01, of: constant(1) },
    ]);
    expect(1 - cdf(maximumOf(100, call), 0.5)).toBeCloseTo(0.634, 3);
  });

  test('is at least each of them', () => {
    fc.assert(
      fc.property(members, (ds) => {
        const d = maximum(ds);
        for (const p of PERCENTILES)
          for (const m of ds) expect(quantile(d, p)).toBeGreaterThanOrEqual(quantile(m, p) * 0.99);
        expect(quantile(d, 0.99)).toBeLessThanOrEqual(quantile(sum(ds), 0.99) * 1.01);
      }),
    );
  });
});

describe('one of several', () => {
  test('a cache: its hits, its misses, and both spread', () => {
    const [hit, miss] = [logNormalOf({ p50: 1, p99: 2 }), logNormalOf({ p50: 30, p99: 90 })];
    const d = mixture([
      { share: 0.9, of: hit },
      { share: 0.1, of: miss },
    ]);
    expect(mean(d)).toBeCloseTo(0.9 * mean(hit) + 0.1 * mean(miss), 2);
    for (const t of [0.8, 1, 1.5, 20, 40, 100])
      expect(cdf(d, t)).toBeCloseTo(0.9 * cdf(hit, t) + 0.1 * cdf(miss, t), 3);
    const constantHit = mixture([
      { share: 0.9, of: constant(1) },
      { share: 0.1, of: miss },
    ]);
    expect(quantile(constantHit, 0.9)).toBe(1);
    expect(quantile(constantHit, 0.95)).toBeCloseTo(30, 9);
  });
});

describe('all of them', () => {
  test('percentiles ascend', () => {
    fc.assert(
      fc.property(members, fc.constantFrom(sum, maximum), (ds, combine) => {
        const d = combine(ds);
        const values = [0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999].map((p) => quantile(d, p));
        for (const [i, value] of values.entries()) expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? 0);
      }),
    );
  });

  test('another unit of time changes nothing', () => {
    fc.assert(
      fc.property(
        members,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.constantFrom(sum, maximum),
        (ds, k, combine) => {
          const [d, larger] = [combine(ds), combine(ds.map((m) => scaled(m, k)))];
          for (const p of PERCENTILES)
            expect(Math.abs(quantile(larger, p) - k * quantile(d, p))).toBeLessThanOrEqual(1e-12 * k * quantile(d, p));
        },
      ),
    );
  });

  test('the same time later is that much later', () => {
    fc.assert(
      fc.property(members, time, (ds, c) => {
        for (const p of PERCENTILES) expect(quantile(shift(sum(ds), c), p)).toBeCloseTo(quantile(sum(ds), p) + c, 9);
      }),
    );
  });

  test('the same members give the same answer', () => {
    fc.assert(
      fc.property(members, (ds) => {
        expect(sum(ds)).toEqual(sum(ds));
      }),
    );
  });
});
