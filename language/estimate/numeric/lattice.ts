import { SAMPLES, signalOf, type Spectrum, spectrumOf } from './fourier.ts';
import type { Grid } from './spread.ts';

/**
 * Sums of independent times on lattices of SAMPLES cells. What lies below t depends on nothing above t, so a lattice may stop anywhere;
 * a ladder of them, each four times coarser than the one before, gives fine cells to small times and room to the tail.
 */

/** Points (ascending) and the share that lies below each, from 0 to 1. */
export interface Curve {
  readonly points: Float64Array;
  readonly cdf: Float64Array;
}

/**
 * The curve of the distribution that has the spectrum `transform(cell)` on a lattice with cells of that width.
 * `total` is its mass. The first lattice ends at 1, so 1 should be near the distribution's far end; others are added as needed.
 */
export function ladder(total: number, transform: (cell: number) => Spectrum): Curve {
  const rungs = [rung(1 / SAMPLES, total, transform)];
  while (rungs.at(-1)!.cdf[SAMPLES - 1]! < 1 - TAIL && rungs.length < MOST) {
    rungs.push(rung(rungs.at(-1)!.cell * STEP, total, transform));
  }
  while (rungs[0]!.cdf[SAMPLES / STEP - 1]! > BOTTOM && rungs.length < 2 * MOST) {
    rungs.unshift(rung(rungs[0]!.cell / STEP, total, transform));
  }
  return joined(rungs);
}

/**
 * Adds `share` of a grid's distribution to the masses of a lattice. `scale` and `start` (of the grid's first point) are in cells.
 * Mass between two cells goes to both in proportion: that keeps the mean, even of what is narrower than a cell.
 */
export function spread(masses: Float64Array, share: number, grid: Grid, scale: number, start: number): void {
  const { points, cdf } = grid;
  const last = points.length - 1;
  const origin = start - points[0]! * scale;
  let j = 0;
  let left = start;
  let right = origin + points[1]! * scale;
  // the area under the curve grows over cell k by the mass that cells 0 to k have
  let area = 0;
  let areaBelow = 0;
  let massBelow = 0;
  for (let k = Math.floor(start); k < SAMPLES && (j < last || left > k - 1); k++) {
    while (j < last && right <= k + 1) {
      area += ((cdf[j]! + cdf[j + 1]!) / 2) * (right - left);
      left = right;
      j++;
      if (j < last) right = origin + points[j + 1]! * scale;
    }
    const width = k + 1 - left;
    const slope = j < last ? (cdf[j + 1]! - cdf[j]!) / (right - left) : 0;
    const areaHere = area + width * (cdf[j]! + (slope * width) / 2);
    const mass = areaHere - areaBelow;
    masses[k] = masses[k]! + share * (mass - massBelow);
    areaBelow = areaHere;
    massBelow = mass;
  }
}

export const emptyLattice = (): Float64Array => new Float64Array(SAMPLES);

/** Adds a mass at one time, given in cells, to the masses of a lattice. */
export function drop(masses: Float64Array, mass: number, at: number): void {
  const k = Math.floor(at);
  if (k < SAMPLES) masses[k] = masses[k]! + mass * (k + 1 - at);
  if (k + 1 < SAMPLES) masses[k + 1] = masses[k + 1]! + mass * (at - k);
}

/** The spectrum of a lattice's masses, weighted in place so that what a convolution carries over the end comes back ALIAS times smaller. */
export function transformed(masses: Float64Array): Spectrum {
  for (let k = 0; k < SAMPLES; k++) masses[k] = masses[k]! * WEIGHT[k]!;
  return spectrumOf(masses);
}

const ALIAS = 1e-5;
const WEIGHT = Float64Array.from({ length: SAMPLES }, (_, k) => ALIAS ** (k / SAMPLES));
/** how much coarser the next rung is, and how many there may be each way */
const STEP = 4;
const MOST = 12;
/** the share that may be above the uppermost rung, and that may be below what the lowest shows finely */
const TAIL = 1e-6;
const BOTTOM = 1e-3;
/** shares that are nothing but rounding */
const SLIVER = 1e-10;

interface Rung {
  readonly cell: number;
  /** the share below the upper edge of each cell */
  readonly cdf: Float64Array;
}

function rung(cell: number, total: number, transform: (cell: number) => Spectrum): Rung {
  const cdf = signalOf(transform(cell));
  let sum = 0;
  for (let k = 0; k < SAMPLES; k++) {
    sum += cdf[k]! / WEIGHT[k]! / total;
    cdf[k] = sum;
  }
  return { cell, cdf };
}

/** A cell's mass lies evenly around its point, so the share of cells 0 to k is what lies below k + 1/2. */
function joined(rungs: readonly Rung[]): Curve {
  const points = new Float64Array(rungs.length * SAMPLES + 2);
  const cdf = new Float64Array(points.length);
  let last = 0;
  for (const { cell, cdf: shares } of rungs) {
    for (let k = last === 0 ? 0 : SAMPLES / STEP; k < SAMPLES; k++) {
      const share = Math.max(shares[k]!, cdf[last]!);
      if (share > 1 - SLIVER) break;
      if (share >= SLIVER) cdf[++last] = share;
      points[last] = (k + 0.5) * cell;
    }
  }
  points[last + 1] = points[last]! + rungs.at(-1)!.cell;
  cdf[last + 1] = 1;
  return { points: points.slice(0, last + 2), cdf: cdf.slice(0, last + 2) };
}
