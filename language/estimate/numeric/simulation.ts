import { geometricSum } from './convolution.ts';
import { gridOf, spreadQuantile } from './spread.ts';

/** What happened to each request of a simulated run, in the order of arrival. */
export interface Run {
  /** from arrival to the start of its batch; exactly 0 or the whole `wait` where nothing else held it up */
  readonly waits: Float64Array;
  /** how large its batch was */
  readonly sizes: Uint16Array;
}

/** The first `count` of the arrival times that every simulation uses: random (Poisson), one per unit of time on average. */
export function arrivalTimes(count: number): Float64Array {
  if (known.length < count) known = drawn(Math.max(count, 2 * known.length));
  return known.subarray(0, count);
}

/** Requests are taken, up to `max` at once, by the first free server, as soon as so many are there or the oldest has waited for `wait`. */
export function servedInBatches(arrivals: Float64Array, servers: number, times: Float64Array, wait: number): Run {
  const count = arrivals.length;
  const max = times.length - 1;
  const waits = new Float64Array(count);
  const sizes = new Uint16Array(count);
  const free = new Float64Array(servers);
  for (let first = 0; first < count; ) {
    const due = arrivals[first]! + wait;
    const start = Math.max(free[0]!, Math.min(due, arrivals[first + max - 1] ?? Infinity));
    let end = first + 1;
    while (end < count && end < first + max && arrivals[end]! <= start) end++;
    for (let i = first; i < end; i++) waits[i] = start - arrivals[i]!;
    if (start === due) waits[first] = wait;
    sizes.fill(end - first, first, end);
    replaceLeast(free, start + times[end - first]!);
    first = end;
  }
  return { waits, sizes };
}

/**
 * How much each request from `start` on should count. The wait in M/D/1 with that load has a known distribution: where the same arrivals
 * meet some wait there more often than is due, they count less, and the other way round.
 */
export function weightsByLoad(arrivals: Float64Array, load: number, start: number): Float64Array {
  const residual = gridOf(Float64Array.of(0, 1), Float64Array.of(0, 1), 0, load);
  const wait = geometricSum(residual, residual, load);
  const edges = Float64Array.from({ length: STRATA }, (_, k) =>
    k === 0 ? 0 : spreadQuantile(wait, -Math.expm1(-k * DEPTH)),
  );
  const strata = new Uint8Array(arrivals.length);
  const seen = new Float64Array(STRATA + 1);
  let work = 0;
  let k = 0;
  for (let i = 1; i < arrivals.length; i++) {
    work = Math.max(0, work + load - (arrivals[i]! - arrivals[i - 1]!));
    while (k < STRATA && work > edges[k]!) k++;
    while (k > 0 && work <= edges[k - 1]!) k--;
    strata[i] = k;
    if (i >= start) seen[k] = seen[k]! + 1;
  }
  const weights = strataWeights(seen, load);
  const each = new Float64Array(arrivals.length);
  for (let i = start; i < each.length; i++) each[i] = weights[strata[i]!]!;
  return each;
}

/** Stratum 0 is no wait, stratum k those waits of which a share exp(-k DEPTH) to exp(-(k - 1) DEPTH) is longer. */
const STRATA = 40;
const DEPTH = 0.15;
/** strata with fewer requests are taken together with the next */
const FEW = 20;

function strataWeights(seen: Float64Array, load: number): Float64Array {
  const weights = new Float64Array(STRATA + 1);
  let from = 0;
  let count = 0;
  let due = 0;
  for (let k = 0; k <= STRATA; k++) {
    const longer = k === STRATA ? 0 : load * Math.exp(-k * DEPTH);
    due += (k === 0 ? 1 : load * Math.exp(-(k - 1) * DEPTH)) - longer;
    count += seen[k]!;
    if (count < FEW && k < STRATA) continue;
    weights.fill(count > 0 ? due / count : 0, from, k + 1);
    from = k + 1;
    count = 0;
    due = 0;
  }
  return weights;
}

/** Puts `time` in the place of the least in a heap. */
function replaceLeast(heap: Float64Array, time: number): void {
  let k = 0;
  for (let child = 1; child < heap.length; child = 2 * k + 1) {
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= time) break;
    heap[k] = heap[child]!;
    k = child;
  }
  heap[k] = time;
}

let known = new Float64Array(0);

/** Marsaglia's xorshift generator (2003) from a fixed seed. */
function drawn(count: number): Float64Array<ArrayBuffer> {
  const times = new Float64Array(count);
  let state = 2463534242;
  let now = 0;
  for (let i = 0; i < count; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    now -= Math.log(((state >>> 0) + 0.5) / 2 ** 32);
    times[i] = now;
  }
  return times;
}
