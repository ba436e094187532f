import type { Step } from '#language/estimate/estimate.ts';

/**
 * The numerical steps of experiments and monitors by other methods than the estimators': quantiles by integrating the density and halving,
 * sequential tests by simulating them. Undefined for a step of another kind.
 */
export function repeatedStatistic(
  step: Step,
  rows: ReadonlyMap<string, Step>,
): { value: number; tolerance: number } | undefined {
  const at = (name: string) => rows.get(name)!.value;
  const [, name] = /^(\w+)\(/.exec(step.formula!) ?? [];
  if (step.formula === 'normal_quantile(1 - test_alpha / 2)')
    return { value: normal(1 - at('test_alpha') / 2), tolerance: 1e-8 };
  if (step.formula === 'normal_quantile(power)') return { value: normal(at('power')), tolerance: 1e-8 };
  if (name === 'chi_squared_quantile') return { value: chiSquared(at('confidence'), at('bins') - 1), tolerance: 1e-7 };
  const shape = SHAPES[name?.replace(/_(inflation|boundary)$/, '') ?? ''];
  if (!shape) return undefined;
  const { constant, paths } = simulated(at('looks'), at('test_alpha'), shape);
  if (name!.endsWith('boundary')) return { value: constant * shape(at('looks'), at('looks')), tolerance: 0.01 };
  return { value: inflation(paths, constant, shape, at('test_alpha'), at('power')), tolerance: 0.02 };
}

const SHAPES: Readonly<Record<string, (k: number, looks: number) => number>> = {
  pocock: () => 1,
  obrien_fleming: (k, looks) => Math.sqrt(looks / k),
};

/** The x at which the integral of a density from `from` reaches p, by halving. */
function quantile(density: (x: number) => number, from: number, to: number, p: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (simpson(density, from, middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

function simpson(f: (x: number) => number, a: number, b: number): number {
  const n = 4000;
  const h = (b - a) / n;
  let sum = f(a) + f(b);
  for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * f(a + i * h);
  return (sum * h) / 3;
}

const normal = (p: number): number => quantile((x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI), -12, 12, p);

/** with x = t², so that the density of few degrees of freedom stays smooth at 0 */
function chiSquared(p: number, k: number): number {
  const log = Math.log(2) * (k / 2) + logGamma(k / 2);
  const density = (t: number) => (t === 0 && k > 1 ? 0 : 2 * Math.exp((k - 1) * Math.log(t || 1) - (t * t) / 2 - log));
  return quantile(density, 0, Math.sqrt(k + 40 * Math.sqrt(2 * k) + 40), p) ** 2;
}

/** of whole and half numbers, by their recursion */
const logGamma = (x: number): number =>
  x === 1 ? 0 : x === 0.5 ? Math.log(Math.PI) / 2 : Math.log(x - 1) + logGamma(x - 1);

const PATHS = 200_000;

/** Paths of the statistic without an effect, and the constant that their largest value (over its shape) passes with probability alpha. */
function simulated(looks: number, alpha: number, shape: (k: number, looks: number) => number) {
  const random = generator(20261123);
  const paths = Array.from({ length: PATHS }, () => {
    let sum = 0;
    return Array.from({ length: looks }, () => (sum += gaussian(random)));
  });
  const largest = paths.map((path) =>
    Math.max(...path.map((s, i) => Math.abs(s) / Math.sqrt(i + 1) / shape(i + 1, looks))),
  );
  largest.sort((a, b) => a - b);
  return { constant: largest[Math.floor((1 - alpha) * PATHS)]!, paths };
}

/** (drift / fixed drift)², with the drift at which so many of the shifted paths are rejected as the power asks. */
function inflation(
  paths: readonly number[][],
  constant: number,
  shape: (k: number, looks: number) => number,
  alpha: number,
  power: number,
): number {
  const looks = paths[0]!.length;
  const rejected = (mean: number) =>
    paths.filter((path) =>
      path.some((s, i) => Math.abs(s + mean * (i + 1)) / Math.sqrt(i + 1) > constant * shape(i + 1, looks)),
    ).length / PATHS;
  let [low, high] = [0, 10];
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (rejected(middle) < power) low = middle;
    else high = middle;
  }
  return ((low * Math.sqrt(looks)) / (normal(1 - alpha / 2) + normal(power))) ** 2;
}

/** mulberry32: the same numbers each time */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
