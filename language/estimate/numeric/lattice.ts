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
  const at = (j: number) => start + (points[j]! - points[0]!) * scale;
  const last = points.length - 1;
  let j = 0;
  let left = start;
  let right = at(1);
  // the area under the curve up to `left`: its growth over a cell is the mass on all cells so far
  let area = 0;
  let areaBefore = 0;
  let massBefore = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const x = k + 1;
    while (j < last && right <= x) {
      area += ((cdf[j]! + cdf[j + 1]!) / 2) * (right - left);
      j++;
      left = right;
      if (j < last) right = at(j + 1);
    }
    const slope = j < last ? (cdf[j + 1]! - cdf[j]!) / (right - left) : 0;
    const areaHere = x > left ? area + (x - left) * (cdf[j]! + (slope * (x - left)) / 2) : 0;
    const mass = areaHere - areaBefore;
    masses[k] = masses[k]! + share * (mass - massBefore);
    if (mass >= 1) break;
    areaBefore = areaHere;
    massBefore = mass;
  }
}

/** Adds a mass at one time, given in cells, to the masses of a lattice. */
export function drop(masses: Float64Array, mass: number, at: number): void {
  const k = Math.floor(at);
  if (k < SAMPLES) masses[k] = masses[k]! + mass * (k + 1 - at);
  if (k + 1 < SAMPLES) masses[k + 1] = masses[k + 1]! + mass * (at - k);
}

/** The spectrum of a lattice's masses, weighted so that what a convolution carries over the lattice's end comes back ALIAS times smaller. */
export function transformed(masses: Float64Array): Spectrum {
  return spectrumOf(masses.map((mass, k) => mass * WEIGHT[k]!));
}

const ALIAS = 1e-5;
const WEIGHT = Float64Array.from({ length: SAMPLES }, (_, k) => ALIAS ** (k / SAMPLES));
/** how much coarser the next rung is, and how many there may be each way */
const STEP = 4;
const MOST = 12;
/** the share that may be above the uppermost rung, and that may be below what the lowest shows finely */
const TAIL = 1e-6;
const BOTTOM = 1e-3;

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

/** A cell's mass lies evenly around its point, so the share up to cell k is that below k + 1/2. */
function joined(rungs: readonly Rung[]): Curve {
  const points = [0];
  const cdf = [0];
  let highest = 0;
  rungs.forEach((rung, i) => {
    for (let k = i === 0 ? 0 : SAMPLES / STEP; k < SAMPLES && highest < 1 - SLIVER; k++) {
      const share = Math.min(1, rung.cdf[k]!);
      if (share - highest < SLIVER) continue;
      ...
    }
  });
  return { points: Float64Array.from(points), cdf: Float64Array.from(cdf) };
}
