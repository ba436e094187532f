import { constant, type Distribution } from './distribution.ts';
import { NEARLY_ONE, poolResponse } from './queue.ts';
import { assembled, type Rest } from './shape.ts';
import { arrivalTimes, type Run, servedInBatches, weightsByLoad } from './simulation.ts';
import { gridOf } from './spread.ts';

/** The time of a batch of b: `fixed + perItem * b`. */
export interface BatchLaw {
  readonly fixed: number;
  readonly perItem: number;
}

export interface BatchedPool {
  /** servers that share one queue, each of which serves a batch at a time */
  readonly servers: number;
  /** requests per unit of time, at random (Poisson) */
  readonly arrivalRate: number;
  readonly law: BatchLaw;
  /** the largest batch */
  readonly max: number;
  /** a free server takes a batch once it is full or its oldest request has waited so long; 0 or absent: at once */
  readonly wait?: number;
}

export interface BatchedResponse {
  readonly response: Distribution;
  /** requests per batch */
  readonly meanBatch: number;
  /** the share of the time that a server is busy */
  readonly utilization: number;
}

export const batchServiceTime = ({ fixed, perItem }: BatchLaw, batch: number): number => fixed + perItem * batch;

/**
 * The response time in a pool that serves in batches; null where it does not carry the load.
 *
 * From an event simulation of some ten thousand requests, always the same ones, because no closed form is near: servers that batch fall into
 * step, and a large pool then makes requests wait longer than independent servers would. What a short run gets wrong is how often
 * load piles up. That is known for one server of the pool's full speed (M/D/1) which sees the same requests, so each request weighs
 * as much as its state there should have been seen (post-stratification; Asmussen and Glynn, Stochastic Simulation, 2007, section V.7).
 * Against runs of up to a million other requests (loads of 20% to 95%, 1 to 64 servers, batches up to 32, waits of 0 to half
 * the time of one request) p50 is within 0.3% in the median and 2% in nine of ten cases, p99 within 1% and 5%. Between pools that differ by
 * one server, or by 1% of load, an answer may jump by as much.
 */
export function batchedPoolResponse(pool: BatchedPool): BatchedResponse | null {
  const { servers, arrivalRate, law, wait = 0 } = pool;
  const max = Math.min(Math.floor(pool.max), LARGEST);
  const load = (arrivalRate * batchServiceTime(law, max)) / (servers * max);
  if (!(load < 1)) return null;
  const alone = batchServiceTime(law, 1);
  if (arrivalRate <= 0) return { response: constant(wait + alone), meanBatch: 1, utilization: 0 };
  if (max <= 1) {
    const response = poolResponse({ servers, arrivalRate, service: constant(alone) });
    return response && { response, meanBatch: 1, utilization: load };
  }
  const { run, weights, rate, whole } = simulated({ servers, arrivalRate, law, max, wait }, load);
  const meanBatch = Math.min(max, harmonicMean(run.sizes, weights));
  const time = (waited: number, size: number) =>
    batchServiceTime(law, size) + (waited === whole ? wait : waited / rate);
  return {
    response: distributionOf(run, weights, whole, time),
    meanBatch,
    utilization: Math.min(1, (arrivalRate * batchServiceTime(law, meanBatch)) / (servers * meanBatch)),
  };
}

/** A run, what each of its requests counts, the rate at which they come, and `wait`; all times are in the mean time between two requests. */
function simulated({ servers, arrivalRate, law, max, wait }: Required<BatchedPool>, load: number) {
  // a pool with very many requests in service is like a part of it with its part of the load
  const inService = requestsInService(servers, arrivalRate, law, max);
  const part = Math.ceil(servers * Math.min(1, MOST_IN_SERVICE / inService));
  const rate = (arrivalRate * part) / servers;
  // rounded here and below, so that rounding in other units of time cannot change who comes first
  const turn = Math.fround((inService * part) / servers);
  const start = Math.ceil(WARM_UP + WARM_UP_TURNS * turn);
  const counted = REQUESTS + Math.min(max, LARGE) * REQUESTS_PER_ITEM + TURNS * turn;
  const arrivals = arrivalTimes(Math.ceil(start + counted));
  const times = Float64Array.from({ length: max + 1 }, (_, b) => Math.fround(batchServiceTime(law, b) * rate));
  const whole = Math.fround(wait * rate);
  const run = servedInBatches(arrivals, part, times, whole);
  return { run, weights: weightsByLoad(arrivals, Math.min(Math.fround(load), NEARLY_ONE), start), rate, whole };
}

/** no run fills a larger batch */
const LARGEST = 20_000;
/**
 * What is simulated, after a start that does not count: more where batches may be large, as a large one delays many and is rare, and so many
 * times what is in service at once.
 */
const REQUESTS = 8000;
const REQUESTS_PER_ITEM = 500;
const LARGE = 50;
const TURNS = 12;
const WARM_UP = 800;
const WARM_UP_TURNS = 4;
const MOST_IN_SERVICE = 4000;

/** About how many are in service at once: servers that are never idle take what has come since, which keeps up at one size of batch. */
function requestsInService(servers: number, arrivalRate: number, law: BatchLaw, max: number): number {
  const spare = servers - arrivalRate * law.perItem;
  const batch = spare > 0 ? Math.min(max, Math.max(1, (arrivalRate * law.fixed) / spare)) : max;
  return arrivalRate * batchServiceTime(law, batch);
}

/** The mean over batches of their size, from requests: a batch is seen by all of its requests. */
function harmonicMean(sizes: Uint16Array, weights: Float64Array): number {
  let total = 0;
  let batches = 0;
  for (let i = 0; i < sizes.length; i++) {
    total += weights[i]!;
    batches += weights[i]! / sizes[i]!;
  }
  return total / batches;
}

/** Requests that waited for nothing, or for the whole `wait`, have times of their own; the others are spread over cells. */
function distributionOf(
  { waits, sizes }: Run,
  weights: Float64Array,
  whole: number,
  time: (waited: number, size: number) => number,
): Distribution {
  const exact = new Map<number, number>();
  const values: number[] = [];
  const shares: number[] = [];
  let total = 0;
  for (let i = 0; i < waits.length; i++) {
    const share = weights[i]!;
    if (share === 0) continue;
    total += share;
    const waited = waits[i]!;
    const value = time(waited, sizes[i]!);
    if (waited === 0 || waited === whole) exact.set(value, (exact.get(value) ?? 0) + share);
    else {
      values.push(value);
      shares.push(share);
    }
  }
  const atoms = [...exact].map(([value, share]) => ({ value, share: share / total }));
  return assembled(atoms, values.length > 0 ? cells(values, shares, total) : null);
}

const CELLS = 256;

/** Values with their shares of a total, as a curve with cells that widen in proportion. */
function cells(values: readonly number[], shares: readonly number[], total: number): Rest {
  let low = Infinity;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const perCell = Math.log((high * (1 + 1e-9)) / low) / CELLS;
  const cdf = new Float64Array(CELLS + 1);
  for (let i = 0; i < values.length; i++) {
    const cell = Math.min(CELLS, 1 + Math.floor(Math.log(values[i]! / low) / perCell));
    cdf[cell] = cdf[cell]! + shares[i]!;
  }
  for (let k = 1; k <= CELLS; k++) cdf[k] = cdf[k]! + cdf[k - 1]!;
  const sum = cdf[CELLS]!;
  const points = cdf.map((_, k) => Math.exp(k * perCell));
  return {
    share: sum / total,
    of: gridOf(
      points,
      cdf.map((below) => below / sum),
      0,
      low,
    ),
  };
}
