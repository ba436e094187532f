/** What a number may be. */
export interface Domain {
  /** as it is now; undefined where it is not set */
  readonly now: number | undefined;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

export interface Found {
  readonly met: boolean;
  /** the value that meets the target with the least change; where none does, the one that comes nearest */
  readonly value: number;
  /** the ends of the values around it that meet the target; null where nothing ends them */
  readonly from: number | null;
  readonly to: number | null;
}

/** How far a value is from the target: 0 and less meets it, NaN where there is no figure. */
export type Distance = (value: number) => number;

/**
 * The value of a number that meets a target. The distance need not be monotone: it is looked at on a ladder of values (all small
 * whole numbers, then steps of an eighth, four decades each way), and the ends of what meets the target are found by bisection.
 * Undefined where there is a figure for no value at all.
 */
export function search(distance: Distance, domain: Domain): Found | undefined {
  const ladder = ladderOf(domain);
  const distances = ladder.map(distance);
  const meets = (i: number) => distances[i]! <= 0;
  const runs = runsOf(ladder, meets);
  if (runs.length === 0) return nearest(distance, domain, ladder, distances);
  const { now } = domain;
  const away = ([a, b]: Run) =>
    now === undefined || (ladder[a]! <= now && now <= ladder[b]!)
      ? 0
      : Math.min(gap(ladder[a]!, now), gap(ladder[b]!, now));
  const [first, last] = runs.reduce((best, run) => (away(run) < away(best) ? run : best));
  const edge = (inside: number, outside: number) => boundary(distance, ladder[inside]!, ladder[outside]!, domain.whole);
  const from = first === 0 ? null : edge(first, first - 1);
  const to = last === ladder.length - 1 ? null : edge(last, last + 1);
  return { met: true, value: justEnough(from, to, now ?? ladder[first]!), from, to };
}

/** first and last index of neighbours that meet the target */
type Run = readonly [number, number];

function runsOf(ladder: readonly number[], meets: (i: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < ladder.length; i++) {
    if (!meets(i)) continue;
    const before = runs.at(-1);
    if (before?.[1] === i - 1) runs[runs.length - 1] = [before[0], i];
    else runs.push([i, i]);
  }
  return runs;
}

const gap = (a: number, b: number): number => (a > 0 && b > 0 ? Math.abs(Math.log(a / b)) : Math.abs(a - b));

/** The end at which the target is only just met; of two, the nearer. */
function justEnough(from: number | null, to: number | null, now: number): number {
  if (from === null || to === null) return from ?? to ?? now;
  return gap(from, now) <= gap(to, now) ? from : to;
}

function ladderOf({ now, least, most, whole }: Domain): number[] {
  const values = new Set<number>();
  if (now !== undefined) values.add(now);
  if (whole) for (let n = Math.max(least, 0); n <= Math.min(most, 32); n++) values.add(n);
  if (!whole && Number.isFinite(most)) for (let i = 0; i <= 64; i++) values.add(least + ((most - least) * i) / 64);
  const center = now || (Number.isFinite(most) ? most : 1);
  for (let i = -STEPS; i <= STEPS; i++) {
    const value = center * STEP ** i;
    values.add(whole ? Math.round(value) : value);
  }
  return [...values].filter((v) => v >= least && v <= most).sort((a, b) => a - b);
}

const STEP = 9 / 8;
/** four decades each way */
const STEPS = 78;

/** Where the target is only just met, between a value that meets it and one that does not: on the side that meets it. */
function boundary(distance: Distance, inside: number, outside: number, whole: boolean): number {
  let [met, missed] = [inside, outside];
  for (let i = 0; i < 60; i++) {
    const middle = whole ? Math.round((met + missed) / 2) : (met + missed) / 2;
    if (middle === met || middle === missed || Math.abs(met - missed) <= 1e-9 * Math.abs(met)) break;
    if (distance(middle) <= 0) met = middle;
    else missed = middle;
  }
  return met;
}

/** No value of the ladder meets the target: the best of it and of what lies beside that; of equally good ones the nearest to the present. */
function nearest(
  distance: Distance,
  { whole, now }: Domain,
  ladder: readonly number[],
  distances: readonly number[],
): Found | undefined {
  const known = ladder.map((_, i) => i).filter((i) => Number.isFinite(distances[i]!));
  if (known.length === 0) return undefined;
  const best = known.reduce((a, b) => (distances[b]! < distances[a]! ? b : a));
  const found = bottom(distance, ladder[best - 1] ?? ladder[best]!, ladder[best + 1] ?? ladder[best]!, whole);
  const least = Math.min(found.distance, distances[best]!);
  if (least <= 0) return { met: true, value: found.value, from: null, to: null };
  const good = known.filter((i) => distances[i]! <= least * 1.001).map((i) => ladder[i]!);
  if (good.length === 0) good.push(found.value);
  const from = now ?? good[0]!;
  return { met: false, value: good.reduce((a, b) => (gap(b, from) < gap(a, from) ? b : a)), from: null, to: null };
}

interface Probe {
  readonly value: number;
  readonly distance: number;
}

/** The lowest point between two values, by golden section. */
function bottom(distance: Distance, low: number, high: number, whole: boolean): Probe {
  let [a, b] = [low, high];
  let best: Probe = { value: a, distance: Number.POSITIVE_INFINITY };
  const probe = (x: number): Probe => {
    const value = whole ? Math.round(x) : x;
    const found = { value, distance: distance(value) };
    if (found.distance < best.distance) best = found;
    return found;
  };
  for (let i = 0; i < 40 && b - a > (whole ? 1 : 1e-6 * b); i++) {
    const left = probe(GOLDEN * a + (1 - GOLDEN) * b);
    const right = probe((1 - GOLDEN) * a + GOLDEN * b);
    if (left.value === right.value) break;
    if (left.distance <= right.distance || Number.isNaN(right.distance)) b = right.value;
    else a = left.value;
  }
  return best;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
