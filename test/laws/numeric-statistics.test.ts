import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMissing } from '#language/estimate/estimate.ts';
import { memoized } from '#language/estimate/numeric/memo.ts';
import { normalCdf, normalQuantile } from '#language/estimate/numeric/normal.ts';
import { type SequentialPlan, sequentialDesign } from '#language/estimate/numeric/sequential.ts';
import { Workspace } from '#language/workspace.ts';

describe('the normal distribution', () => {
  test('published values (Abramowitz and Stegun, table 26.1 and 26.5)', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalCdf(-3)).toBeCloseTo(0.00134989803163009, 16);
    expect(normalCdf(-8) / 6.2209605742717e-16).toBeCloseTo(1, 6);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.99)).toBeCloseTo(2.326347874040841, 12);
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  test('quantile and cumulative share undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 6);
        expect(normalCdf(normalQuantile(normalCdf(z)))).toBeCloseTo(normalCdf(z), 12);
        expect(normalCdf(-z)).toBeCloseTo(1 - normalCdf(z), 14);
      }),
    );
  });
});

/** R 4.2.2, power.prop.test, two-sided: rates, level, power, units of each arm. */
const R = [
  [0.001, 0.00101, 0.05, 0.8, 157603930.186405],
  [0.001, 0.0012, 0.05, 0.9, 577270.492196916],
  [0.005, 0.00525, 0.05, 0.8, 1280618.11407909],
  [0.005, 0.006, 0.05, 0.8, 85861.6409196989],
  [0.01, 0.0105, 0.01, 0.8, 947857.779392196],
  [0.01, 0.011, 0.05, 0.9, 218336.920412986],
  [0.01, 0.011, 0.01, 0.9, 309183.753957721],
  [0.02, 0.021, 0.01, 0.9, 597546.277302055],
  [0.02, 0.024, 0.05, 0.8, 21108.3830547486],
  [0.025, 0.02625, 0.05, 0.8, 250845.0929297],
  [0.025, 0.03, 0.05, 0.9, 22478.5544821525],
  [0.03, 0.0315, 0.05, 0.8, 207937.883714768],
  [0.05, 0.0505, 0.05, 0.9, 4011726.79406142],
  [0.05, 0.055, 0.01, 0.9, 59210.0494719304],
  [0.05, 0.075, 0.05, 0.9, 1968.06390103891],
  [0.1, 0.11, 0.05, 0.8, 14750.7904690464],
  [0.1, 0.11, 0.05, 0.9, 19746.6244757765],
  [0.1, 0.12, 0.05, 0.8, 3840.84748243445],
  [0.1, 0.15, 0.05, 0.9, 917.320640483726],
  [0.2, 0.202, 0.05, 0.9, 843738.74103553],
  [0.2, 0.22, 0.05, 0.8, 6509.46667851313],
  [0.2, 0.22, 0.01, 0.9, 12339.9796918477],
  [0.2, 0.3, 0.05, 0.9, 391.94706821788],
  [0.3, 0.33, 0.05, 0.9, 5036.23194572826],
  [0.3, 0.33, 0.01, 0.9, 7132.19400091082],
  [0.5, 0.505, 0.05, 0.8, 156972.491305156],
  [0.5, 0.525, 0.01, 0.8, 9335.89678586014],
  [0.5, 0.55, 0.01, 0.8, 2328.51538955773],
  [0.5, 0.75, 0.05, 0.8, 57.6734397312614],
] as const;

/** What the estimators say of an experiment with two equal arms. */
function sampleOf(baseline: number, treatment: number, alpha: number, power: number): number {
  const text = `model M { params: 1M }
serving A { model: M  hardware: 1 x L4  latency: 1ms }
serving B { model: M  hardware: 1 x L4  latency: 1ms }
experiment X { control: A 50%  treatment: B 50%  primary: rate baseline ${baseline} mde ${treatment / baseline - 1}  alpha: ${alpha}  power: ${power} }`;
  const document = new Workspace().update('file:///x.mlsys', text);
  const answer = document.analysis().estimate(document.design.lookup('X')!, 'experiment.sample_per_arm');
  return isMissing(answer) ? Number.NaN : answer.value;
}

describe('samples of two proportions', () => {
  test.each(R)('%f against %f at %f and %f', (baseline, treatment, alpha, power, units) => {
    const sample = sampleOf(baseline, treatment, alpha, power);
    expect(Math.abs(sample - units)).toBeLessThanOrEqual(1 + 1e-6 * units);
  });
});

/** Jennison and Turnbull, Group Sequential Methods, 2000, tables 2.1 and 2.3: z at the last look, by number of looks. */
const LAST_BOUNDARY: [SequentialPlan, number, [number, number][]][] = [
  [
    'pocock',
    0.05,
    [
      [1, 1.96],
      [2, 2.178],
      [3, 2.289],
      [4, 2.361],
      [5, 2.413],
      [6, 2.453],
      [8, 2.512],
      [10, 2.555],
      [15, 2.626],
      [20, 2.672],
    ],
  ],
  [
    'obrien_fleming',
    0.05,
    [
      [1, 1.96],
      [2, 1.977],
      [3, 2.004],
      [4, 2.024],
      [5, 2.04],
      [6, 2.053],
      [8, 2.072],
      [10, 2.087],
      [15, 2.11],
      [20, 2.126],
    ],
  ],
  [
    'pocock',
    0.01,
    [
      [2, 2.772],
      [3, 2.873],
      [4, 2.939],
      [5, 2.986],
    ],
  ],
  [
    'obrien_fleming',
    0.01,
    [
      [2, 2.58],
      [3, 2.595],
      [4, 2.609],
      [5, 2.621],
    ],
  ],
  [
    'pocock',
    0.1,
    [
      [2, 1.875],
      [3, 1.992],
      [4, 2.067],
      [5, 2.122],
    ],
  ],
  [
    'obrien_fleming',
    0.1,
    [
      [2, 1.678],
      [3, 1.71],
      [4, 1.733],
      [5, 1.751],
    ],
  ],
];

/** The same, tables 2.2 and 2.4: the largest sample over that of one look at alpha 5%, by number of looks. */
const INFLATION: [SequentialPlan, number, [number, number][]][] = [
  [
    'pocock',
    0.9,
    [
      [1, 1],
      [2, 1.1],
      [3, 1.151],
      [4, 1.183],
      [5, 1.207],
      [10, 1.271],
      [20, 1.327],
    ],
  ],
  [
    'obrien_fleming',
    0.9,
    [
      [1, 1],
      [2, 1.007],
      [3, 1.016],
      [4, 1.022],
      [5, 1.026],
      [10, 1.037],
      [20, 1.045],
    ],
  ],
  [
    'pocock',
    0.8,
    [
      [2, 1.11],
      [3, 1.166],
      [4, 1.202],
      [5, 1.229],
      [10, 1.301],
    ],
  ],
  [
    'obrien_fleming',
    0.8,
    [
      [2, 1.008],
      [3, 1.017],
      [4, 1.024],
      [5, 1.028],
      [10, 1.04],
    ],
  ],
];

describe('sequential designs', () => {
  test.each(LAST_BOUNDARY)('%s boundaries at %f', (plan, alpha, rows) => {
    for (const [looks, z] of rows)
      expect(Math.abs(sequentialDesign(plan, looks, alpha, 0.9).boundaries.at(-1)! - z)).toBeLessThan(6e-4);
  });

  test.each(INFLATION)('%s inflation at a power of %f', (plan, power, rows) => {
    for (const [looks, inflation] of rows)
      expect(Math.abs(sequentialDesign(plan, looks, 0.05, power).inflation - inflation)).toBeLessThan(6e-4);
  });

  test('SAS PROC SEQDESIGN: 118.3143% for four looks of Pocock at a power of 90%', () => {
    expect(sequentialDesign('pocock', 4, 0.05, 0.9).inflation).toBeCloseTo(1.183143, 5);
  });

  test('the boundaries of O’Brien and Fleming fall with the root of the look, those of Pocock stay', () => {
    expect(sequentialDesign('obrien_fleming', 5, 0.05, 0.8).boundaries.map((z) => z.toFixed(3))).toEqual([
      '4.562',
      '3.226',
      '2.634',
      '2.281',
      '2.040',
    ]);
    expect(new Set(sequentialDesign('pocock', 5, 0.05, 0.8).boundaries).size).toBe(1);
  });

  test.each(['pocock', 'obrien_fleming'] as const)('simulated, %s keeps level and power', (plan) => {
    const [looks, alpha, power] = [4, 0.05, 0.8];
    const { boundaries, inflation } = sequentialDesign(plan, looks, alpha, power);
    const drift = (Math.sqrt(inflation) * (1.959963985 + 0.841621234)) / Math.sqrt(looks);
    const random = uniform();
    const rejects = (mean: number) => {
      const runs = 100_000;
      let rejected = 0;
      for (let i = 0; i < runs; i++) {
        let sum = 0;
        const passes = boundaries.some((z, k) => {
          sum += mean + Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
          return Math.abs(sum) > z * Math.sqrt(k + 1);
        });
        if (passes) rejected++;
      }
      return rejected / runs;
    };
    expect(Math.abs(rejects(0) - alpha)).toBeLessThan(0.003);
    expect(Math.abs(rejects(drift) - power)).toBeLessThan(0.005);
  });

  test('more looks are stricter and need more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<SequentialPlan>('pocock', 'obrien_fleming'),
        fc.integer({ min: 1, max: 19 }),
        fc.constantFrom(0.01, 0.05, 0.1),
        (plan, looks, alpha) => {
          const [fewer, more] = [
            sequentialDesign(plan, looks, alpha, 0.8),
            sequentialDesign(plan, looks + 1, alpha, 0.8),
          ];
          expect(more.boundaries.at(-1)!).toBeGreaterThan(fewer.boundaries.at(-1)!);
          expect(more.inflation).toBeGreaterThan(fewer.inflation);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('a memo answers what it knows without asking, and forgets the oldest', () => {
  const asked: number[] = [];
  const square = memoized((x: number) => {
    asked.push(x);
    return x * x;
  }, 2);
  expect([1, 2, 1, 2, 3, 2, 1].map((x) => square(x))).toEqual([1, 4, 1, 4, 9, 4, 1]);
  expect(asked).toEqual([1, 2, 3, 1]);
});

function uniform(): () => number {
  let state = 20_261_123;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}
