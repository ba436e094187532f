import { difference, geometric, product, type Spectrum } from './fourier.ts';
import { drop, emptyLattice, ladder, spread, transformed } from './lattice.ts';
import { type Atom, assembled, type Distribution, mean, mixed, quantile, variance } from './shape.ts';
import { asGrid, type Grid, spreadMean, spreadVariance } from './spread.ts';

/** The sum of independent times. */
export function convolution(members: readonly Distribution[]): Distribution {
  const parts = members.map(placed);
  const atoms = parts.map((part) => part.atoms).reduce(atomSums);
  const share = 1 - total(atoms.map((atom) => atom.share));
  if (parts.every((part) => part.grid === null)) return assembled(atoms, null);
  const low = total(parts.map((part) => part.low));
  const center = total(members.map(mean));
  const square = total(members.map(variance));
  const unit = Math.min(reach(center - low, square), total(members.map((d) => quantile(d, HIGH))) - low);
  const curve = ladder(share, (cell) => {
    const whole = parts.map((part) => spectrum(part, cell * unit)).reduce(product);
    if (atoms.length === 0) return whole;
    // the sums of atoms are known exactly, and are no part of the curve
    return difference(whole, parts.map((part) => spectrum({ ...part, grid: null }, cell * unit)).reduce(product));
  });
  const restMean = (center - total(atoms.map((atom) => atom.share * atom.value))) / share;
  const restSquare =
    (square - total(atoms.map((atom) => atom.share * (atom.value - center) ** 2))) / share - (restMean - center) ** 2;
  const moments = { mean: (restMean - low) / unit, variance: Math.max(0, restSquare) / unit ** 2 };
  return assembled(atoms, { share, of: { shape: 'grid', offset: low, scale: unit, ...curve, ...moments } });
}

/** `first` plus N times `next`, all independent and from 0 up, where P(N = n) = (1 - ratio) ratio^n: the wait in a queue. */
export function geometricSum(first: Grid, next: Grid, ratio: number): Grid {
  const parts = [placed(first), placed(next)] as const;
  const count = ratio / (1 - ratio);
  const center = spreadMean(first) + count * spreadMean(next);
  const square = spreadVariance(first) + count * spreadVariance(next) + (count / (1 - ratio)) * spreadMean(next) ** 2;
  const unit = reach(center, square);
  const curve = ladder(1, (cell) => geometric(spectrum(parts[0], cell * unit), spectrum(parts[1], cell * unit), ratio));
  return { shape: 'grid', offset: 0, scale: unit, ...curve, mean: center / unit, variance: square / unit ** 2 };
}

/** A distribution, with its lowest value. */
interface Placed {
  readonly low: number;
  readonly atoms: readonly Atom[];
  readonly share: number;
  readonly grid: Grid | null;
}

function placed(d: Distribution): Placed {
  const { atoms, rest } = mixed(d);
  const grid = rest && asGrid(rest.of);
  const low = Math.min(atoms[0]?.value ?? Infinity, grid ? lowest(grid) : Infinity);
  return { low, atoms, share: rest?.share ?? 0, grid };
}

const lowest = (grid: Grid): number => grid.offset + grid.scale * grid.points[0]!;

/** The spectrum of what a distribution is above its lowest value. Rounded, so that rounding in other units of time changes nothing at all. */
function spectrum({ low, atoms, share, grid }: Placed, cell: number): Spectrum {
  const masses = emptyLattice();
  for (const atom of atoms) drop(masses, atom.share, Math.fround((atom.value - low) / cell));
  if (grid) spread(masses, share, grid, Math.fround(grid.scale / cell), Math.fround((lowest(grid) - low) / cell));
  return transformed(masses);
}

/** Where the first lattice ends: beyond nearly everything, or where heavy tails have most of their mass. */
const HIGH = 0.9999;
const reach = (center: number, square: number): number => center + 8 * Math.sqrt(square);

/** The sums of two lists of atoms; more than MOST_ATOMS are merged with their neighbours. */
function atomSums(as: readonly Atom[], bs: readonly Atom[]): readonly Atom[] {
  let sums = as.flatMap((a) => bs.map((b) => ({ value: a.value + b.value, share: a.share * b.share })));
  while (sums.length > MOST_ATOMS) {
    sums.sort((a, b) => a.value - b.value);
    sums = sums.flatMap((a, i) => (i % 2 === 1 ? [] : [together(a, sums[i + 1])]));
  }
  return sums;
}

const MOST_ATOMS = 512;

function together(a: Atom, b: Atom | undefined): Atom {
  if (!b) return a;
  const share = a.share + b.share;
  return { value: a.value + ((b.value - a.value) * b.share) / share, share };
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
