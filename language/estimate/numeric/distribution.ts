import { convolution } from './convolution.ts';
import { normalQuantile } from './normal.ts';
import { assembled, cdf, constant, type Distribution, mixed, quantile, shareAt, shift } from './shape.ts';
import { type Grid, gridOf, progression, spreadCdf, spreadQuantile } from './spread.ts';

export {
  type Atom,
  type Constant,
  cdf,
  constant,
  type Distribution,
  type Mixed,
  mean,
  quantile,
  type Rest,
  scaled,
  shift,
  variance,
} from './shape.ts';
export type { Grid, LogNormal, Spread } from './spread.ts';

/** The log-normal distribution with this median and 99th percentile; a constant where they are equal (or the wrong way round). */
export const logNormalOf = ({ p50, p99 }: { readonly p50: number; readonly p99: number }): Distribution =>
  logNormalThrough({ p: 0.5, value: p50 }, { p: 0.99, value: p99 });

/** The log-normal distribution through two percentiles, the lower first. */
export function logNormalThrough(low: Percentile, high: Percentile): Distribution {
  const z = normalQuantile(low.p);
  const sigma = Math.log(high.value / low.value) / (normalQuantile(high.p) - z);
  if (!(sigma > 0 && low.value > 0)) return constant(low.value);
  return { shape: 'log-normal', offset: 0, scale: low.value * Math.exp(-z * sigma), sigma };
}

export interface Percentile {
  /** 0.99 */
  readonly p: number;
  readonly value: number;
}

/** The time of independent steps one after the other. Constants shift; values that have a probability of their own stay exact. */
export function sum(ds: readonly Distribution[]): Distribution {
  const fixed = ds.reduce((sum, d) => (d.shape === 'constant' ? sum + d.value : sum), 0);
  const random = ds.filter((d) => d.shape !== 'constant');
  if (random.length <= 1) return shift(random[0] ?? constant(0), fixed);
  return shift(convolution(random), fixed);
}

/** The largest of independent times: what a request waits for that needs them all. */
export function maximum(ds: readonly Distribution[]): Distribution {
  const counts = new Map<Distribution, number>();
  for (const d of ds) counts.set(d, (counts.get(d) ?? 0) + 1);
  return largest([...counts]);
}

/** The largest of `count` independent times of one distribution: as cheap for 500 as for 2. */
export const maximumOf = (count: number, d: Distribution): Distribution => largest([[d, count]]);

/** With probability `share` T, else 0: a call that only some requests make. */
export const occasional = (share: number, d: Distribution): Distribution =>
  mixture([
    { share, of: d },
    { share: 1 - share, of: constant(0) },
  ]);

/** One of several by their shares, which add up to 1: a cache's hits and misses, the arms of a test. */
export function mixture(parts: readonly { readonly share: number; readonly of: Distribution }[]): Distribution {
  const taken = parts.filter(({ share }) => share > 0);
  if (taken.length === 1) return taken[0]!.of;
  const weighted = taken.map(({ share, of }) => ({ weight: share, ...mixed(of) }));
  const atoms = weighted.flatMap(({ weight, atoms }) =>
    atoms.map(({ value, share }) => ({ value, share: weight * share })),
  );
  const rests = weighted.flatMap(({ weight, rest }) => (rest ? [{ share: weight * rest.share, of: rest.of }] : []));
  if (rests.length <= 1) return assembled(atoms, rests[0] ?? null);
  const share = rests.reduce((sum, rest) => sum + rest.share, 0);
  const low = Math.min(...rests.map(({ of }) => spreadQuantile(of, SLIVER)));
  const high = Math.max(...rests.map(({ of }) => spreadQuantile(of, 1 - SLIVER)));
  const below = (t: number) => rests.reduce((sum, rest) => sum + (rest.share / share) * spreadCdf(rest.of, t), 0);
  return assembled(atoms, { share, of: tabulated(below, low, high) });
}

/** a share that is left out at an end of an infinite curve */
const SLIVER = 1e-8;

function largest(members: readonly (readonly [Distribution, number])[]): Distribution {
  if (members.length === 0) return constant(0);
  if (members.length === 1 && members[0]![1] === 1) return members[0]![0];
  const total = members.reduce((sum, [, count]) => sum + count, 0);
  const low = Math.max(...members.map(([d, count]) => quantile(d, SLIVER ** (1 / count))));
  const high = Math.max(...members.map(([d]) => quantile(d, 1 - SLIVER / total)));
  if (high <= low) return constant(low);
  const below = (t: number) => members.reduce((all, [d, count]) => all * cdf(d, t) ** count, 1);
  const before = (t: number) => members.reduce((all, [d, count]) => all * (cdf(d, t) - shareAt(d, t)) ** count, 1);
  const values = new Set(members.flatMap(([d]) => mixed(d).atoms.map(({ value }) => value)));
  const atoms = [...values]
    .map((value) => ({ value, share: below(value) - before(value) }))
    .filter(({ share }) => share > SLIVER);
  const share = 1 - atoms.reduce((sum, atom) => sum + atom.share, 0);
  const atomsBelow = (t: number) => atoms.reduce((sum, atom) => (atom.value <= t ? sum + atom.share : sum), 0);
  if (share < SLIVER) return assembled(atoms, null);
  return assembled(atoms, { share, of: tabulated((t) => (below(t) - atomsBelow(t)) / share, low, high) });
}

/** A curve (0 at `low`, 1 at `high`) at points that lie closer the smaller they are. */
function tabulated(curve: (t: number) => number, low: number, high: number): Grid {
  const ratio = Math.max(low / high, 1e-6);
  const points = progression(513, ratio, ratio ** (-1 / 512)).map((x) => (x - ratio) / (1 - ratio));
  points[512] = 1;
  let highest = 0;
  const cdf = points.map(
    (x, i) => (highest = i === 0 ? 0 : i === 512 ? 1 : Math.max(highest, Math.min(1, curve(low + x * (high - low))))),
  );
  return gridOf(points, cdf, low, high - low);
}
