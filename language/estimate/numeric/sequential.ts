import { memoized } from './memo.ts';
import { normalCdf, normalDensity, normalQuantile } from './normal.ts';

/** How strict the looks are: |z| has to pass a constant (Pocock 1977), or that over the root of the share seen so far (O'Brien and Fleming 1979). */
export type SequentialPlan = 'pocock' | 'obrien_fleming';

export interface SequentialDesign {
  /** for each look the |z| from which on it rejects, two-sided */
  readonly boundaries: readonly number[];
  /** the largest sample over that of a test with one look, at the same level and power (of a rejection on the right side) */
  readonly inflation: number;
}

/**
 * A group-sequential test with equally spaced looks, by integration over the looks: Armitage, McPherson and Rowe, Repeated significance tests on
 * accumulating data, 1969; Jennison and Turnbull, Group Sequential Methods, 2000, chapters 2 and 19.
 */
export const sequentialDesign = memoized(
  (plan: SequentialPlan, looks: number, alpha: number, power: number): SequentialDesign => {
    const z = normalQuantile(1 - alpha / 2);
    if (looks <= 1) return { boundaries: [z], inflation: 1 };
    const shape = (look: number) => (plan === 'pocock' ? 1 : Math.sqrt(looks / look));
    const at = (constant: number) => Array.from({ length: looks }, (_, i) => constant * shape(i + 1));
    // as strict as one look at least, and at most as if no look knew of the others
    const constant = root((c) => alpha / 2 - rejection(at(c))(0), z, normalQuantile(1 - alpha / (2 * looks)));
    const rejects = rejection(at(constant));
    const fixed = z + normalQuantile(power);
    const drift = root((total) => rejects(total / Math.sqrt(looks)) - power, fixed, 2 * fixed);
    return { boundaries: at(constant), inflation: (drift / fixed) ** 2 };
  },
);

/**
 * The probability that a look rejects upwards, as a function of what each look adds on average to a sum of standard normal steps. The density
 * of that sum while no look has rejected is worked out without such a drift; with it, it is larger by the likelihood ratio.
 */
function rejection(boundaries: readonly number[]): (drift: number) => number {
  const edges = boundaries.map((z, i) => z * Math.sqrt(i + 1));
  // the density is even, so half of it will do: points from 0 to the edge, and the mass around each
  const stages = [{ points: new Float64Array(1), masses: Float64Array.of(0.5) }];
  for (const edge of edges.slice(0, -1)) {
    const { points, masses } = stages.at(-1)!;
    const { nodes, weights } = gaussLegendre(Math.ceil(NODES + NODES_PER_UNIT * edge));
    const next = nodes.map((node) => node * edge);
    const left = next.map((x, i) => {
      let density = 0;
      for (let j = 0; j < points.length; j++)
        density += masses[j]! * (normalDensity(x - points[j]!) + normalDensity(x + points[j]!));
      return density * weights[i]! * edge;
    });
    stages.push({ points: next, masses: left });
  }
  return (drift) => {
    let sum = 0;
    for (const [k, { points, masses }] of stages.entries()) {
      const above = (x: number) => Math.exp(drift * (x - (k * drift) / 2)) * normalCdf(x + drift - edges[k]!);
      for (let j = 0; j < points.length; j++) sum += masses[j]! * (above(points[j]!) + above(-points[j]!));
    }
    return sum;
  };
}

/** the kernel is a normal density, so a few points for each of its standard deviations integrate it */
const NODES = 8;
const NODES_PER_UNIT = 1;

/** Points and weights from 0 to 1 (Abramowitz and Stegun, Handbook of Mathematical Functions, 25.4.30), by Newton's method. */
const gaussLegendre = memoized((n: number): { nodes: Float64Array; weights: Float64Array } => {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 8; step++) {
      let [p, before] = [1, 0];
      for (let k = 1; k <= n; k++) [p, before] = [((2 * k - 1) * x * p - (k - 1) * before) / k, p];
      slope = (n * (x * p - before)) / (x * x - 1);
      x -= p / slope;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
});

/** Where an increasing function is 0, by false position (the Illinois variant: Dowell and Jarratt 1971). */
function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  for (let i = 0; i < 50 && Math.abs(b - a) > 1e-10 && fb !== 0; i++) {
    const x = b - (fb * (b - a)) / (fb - fa);
    const fx = f(x);
    if (fx * fb < 0) [a, fa] = [b, fb];
    else fa /= 2;
    [b, fb] = [x, fx];
  }
  return b;
}
