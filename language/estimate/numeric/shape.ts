import { type Spread, spreadCdf, spreadMean, spreadQuantile, spreadVariance } from './spread.ts';

/**
 * A distribution of times (in any unit, none negative), as plain data. Sums and maxima are computed, not sampled. They scale: all inputs
 * times k is the answer times k.
 */
export type Distribution = Constant | Spread | Mixed;

export interface Constant {
  readonly shape: 'constant';
  readonly value: number;
}

/** Single values that have a probability of their own, and the rest spread continuously. */
export interface Mixed {
  readonly shape: 'mixed';
  /** ascending */
  readonly atoms: readonly Atom[];
  /** its share is 1 less that of the atoms; null where that is 0 */
  readonly rest: Rest | null;
}

export interface Atom {
  readonly value: number;
  readonly share: number;
}

export interface Rest {
  readonly share: number;
  readonly of: Spread;
}

/** The least t with P(T <= t) >= p: the percentile. Closed form for a single log-normal. */
export function quantile(d: Distribution, p: number): number {
  const { atoms, rest } = mixed(d);
  let below = 0;
  for (const { value, share } of atoms) {
    const spreadBelow = rest ? rest.share * spreadCdf(rest.of, value) : 0;
    if (p <= below + spreadBelow) break;
    if (p <= below + spreadBelow + share + ROUNDING) return value;
    below += share;
  }
  return rest ? spreadQuantile(rest.of, (p - below) / rest.share) : atoms.at(-1)!.value;
}

/** P(T <= t). */
export function cdf(d: Distribution, t: number): number {
  if (d.shape === 'log-normal' || d.shape === 'grid') return spreadCdf(d, t);
  const { atoms, rest } = mixed(d);
  return atoms.reduce(
    (sum, { value, share }) => (value <= t ? sum + share : sum),
    rest ? rest.share * spreadCdf(rest.of, t) : 0,
  );
}

/** P(T = t). */
export const shareAt = (d: Distribution, t: number): number =>
  mixed(d).atoms.find(({ value }) => value === t)?.share ?? 0;

export function mean(d: Distribution): number {
  const { atoms, rest } = mixed(d);
  return atoms.reduce((sum, { value, share }) => sum + share * value, rest ? rest.share * spreadMean(rest.of) : 0);
}

export function variance(d: Distribution): number {
  const center = mean(d);
  const { atoms, rest } = mixed(d);
  const ofRest = rest ? rest.share * (spreadVariance(rest.of) + (spreadMean(rest.of) - center) ** 2) : 0;
  return atoms.reduce((sum, { value, share }) => sum + share * (value - center) ** 2, ofRest);
}

export const constant = (value: number): Distribution => ({ shape: 'constant', value });

/** T + c. */
export function shift(d: Distribution, c: number): Distribution {
  const later = (x: number) => x + c;
  return c === 0 ? d : moved(d, later, (x) => x);
}

/** k T, for k >= 0. */
export function scaled(d: Distribution, k: number): Distribution {
  const times = (x: number) => x * k;
  return k === 0 ? constant(0) : moved(d, times, times);
}

/** T in that unit, rounded to seven digits: what is computed from it is the same to the last bit, whatever the unit of T. */
export function inUnits(d: Distribution, unit: number): Distribution {
  const rounded = (x: number) => Math.fround(x / unit);
  return moved(d, rounded, rounded);
}

/** Every distribution as atoms and a rest, which is how most of the arithmetic reads it. */
export function mixed(d: Distribution): Mixed {
  if (d.shape === 'mixed') return d;
  if (d.shape === 'constant') return { shape: 'mixed', atoms: [{ value: d.value, share: 1 }], rest: null };
  return { shape: 'mixed', atoms: [], rest: { share: 1, of: d } };
}

/** The simplest shape that says these atoms (in any order) and this rest. */
export function assembled(atoms: readonly Atom[], rest: Rest | null): Distribution {
  const merged: Atom[] = [];
  for (const { value, share } of atoms.toSorted((a, b) => a.value - b.value)) {
    const last = merged.at(-1);
    if (last && value - last.value <= ROUNDING * value)
      merged[merged.length - 1] = { value: last.value, share: last.share + share };
    else merged.push({ value, share });
  }
  if (merged.length === 0 && rest) return rest.of;
  return merged.length === 1 && !rest ? constant(merged[0]!.value) : { shape: 'mixed', atoms: merged, rest };
}

const ROUNDING = 1e-12;

/** With all values put at their `place`, and the scale of what is spread stretched. */
function moved(d: Distribution, place: (x: number) => number, stretch: (x: number) => number): Distribution {
  const spread = (s: Spread): Spread => ({ ...s, offset: place(s.offset), scale: stretch(s.scale) });
  if (d.shape === 'constant') return constant(place(d.value));
  if (d.shape !== 'mixed') return spread(d);
  const atoms = d.atoms.map(({ value, share }) => ({ value: place(value), share }));
  return { shape: 'mixed', atoms, rest: d.rest && { share: d.rest.share, of: spread(d.rest.of) } };
}
