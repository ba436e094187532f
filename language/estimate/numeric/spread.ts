import { normalCdf, normalQuantile } from './normal.ts';

/** A continuous distribution as plain data: `offset + scale * X`, X of a standard form. Scaling and shifting touch two numbers. */
export type Spread = LogNormal | Grid;

/** ln X is normal with mean 0 and standard deviation `sigma`, so the median is `offset + scale`. */
export interface LogNormal {
  readonly shape: 'log-normal';
  readonly offset: number;
  readonly scale: number;
  readonly sigma: number;
}

/** P(X <= points[i]) = cdf[i], from 0 to 1 and linear in between. */
export interface Grid {
  readonly shape: 'grid';
  readonly offset: number;
  readonly scale: number;
  readonly points: Float64Array;
  readonly cdf: Float64Array;
  /** of X; often known better than the points say */
  readonly mean: number;
  readonly variance: number;
}

export function spreadCdf(d: Spread, t: number): number {
  const x = (t - d.offset) / d.scale;
  if (d.shape === 'log-normal') return x > 0 ? normalCdf(Math.log(x) / d.sigma) : 0;
  return interpolated(d.points, d.cdf, x);
}

/** The time below which a share p lies. Closed form for a log-normal. */
export function spreadQuantile(d: Spread, p: number): number {
  const x = d.shape === 'log-normal' ? Math.exp(d.sigma * normalQuantile(p)) : interpolated(d.cdf, d.points, p);
  return d.offset + d.scale * x;
}

export function spreadMean(d: Spread): number {
  return d.offset + d.scale * (d.shape === 'grid' ? d.mean : Math.exp(d.sigma ** 2 / 2));
}

export function spreadVariance(d: Spread): number {
  return d.scale ** 2 * (d.shape === 'grid' ? d.variance : Math.exp(d.sigma ** 2) * Math.expm1(d.sigma ** 2));
}

/** The grid of a distribution given by the points (ascending) of its cumulative shares (0 first, 1 last). */
export function gridOf(points: Float64Array, cdf: Float64Array, offset = 0, scale = 1): Grid {
  const origin = points[0]!;
  let first = 0;
  let second = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]! - origin;
    const b = points[i]! - origin;
    const share = cdf[i]! - cdf[i - 1]!;
    first += (share * (a + b)) / 2;
    second += (share * (a * a + a * b + b * b)) / 3;
  }
  return {
    shape: 'grid',
    offset,
    scale,
    points,
    cdf,
    mean: origin + first,
    variance: Math.max(0, second - first * first),
  };
}

/** first, first × ratio, first × ratio^2, ...: many times faster than as many powers, and as exact as sums of them need. */
export function progression(length: number, first: number, ratio: number): Float64Array {
  const values = new Float64Array(length);
  for (let i = 0, value = first; i < length; i++, value *= ratio) values[i] = value;
  return values;
}

/** A log-normal as a grid: chords of its cumulative curve, which they miss by at most 3e-5 (and the outermost 1e-7 on each side). */
export function asGrid(d: Spread): Grid {
  if (d.shape === 'grid') return d;
  const points = progression(Z.length, Math.exp(d.sigma * LOWEST), Math.exp(d.sigma * STEP));
  const { offset, scale } = d;
  const moments = { mean: spreadMean({ ...d, offset: 0, scale: 1 }), variance: spreadVariance({ ...d, scale: 1 }) };
  return { shape: 'grid', offset, scale, points, cdf: Z_CDF, ...moments };
}

/** standard deviations */
const LOWEST = -5.5;
const STEP = 1 / 32;
const Z = Float64Array.from({ length: 385 }, (_, i) => LOWEST + i * STEP);
const Z_CDF = Z.map((z, i) => (i === 0 ? 0 : i === Z.length - 1 ? 1 : normalCdf(z)));

/** y at x, on the line through the two points around x; the end points' outside. Both arrays ascend. */
function interpolated(xs: Float64Array, ys: Float64Array, x: number): number {
  let low = 0;
  let high = xs.length - 1;
  if (x <= xs[low]!) return ys[low]!;
  if (x >= xs[high]!) return ys[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle;
    else high = middle;
  }
  return ys[low]! + ((ys[high]! - ys[low]!) * (x - xs[low]!)) / (xs[high]! - xs[low]!);
}
