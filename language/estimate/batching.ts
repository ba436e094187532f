import { geometricSum } from './numeric/convolution.ts';
import { constant, type Distribution, maximum, mixture, shift, sum } from './numeric/distribution.ts';
import { equilibrium, erlangC, minimum } from './numeric/queue.ts';
import { type Grid, gridOf } from './numeric/spread.ts';

/** A pool whose servers take up to `max` waiting requests at a time; a batch of b takes fixed + b × perItem. */
export interface BatchedPool {
  readonly servers: number;
  readonly arrivalRate: number;
  readonly law: { readonly fixed: number; readonly perItem: number };
  readonly max: number;
  /** how long the first of a batch waits for others */
  readonly wait: number;
}

/**
 * The response time in a pool that serves in batches; null where it does not carry the load. Requests gather while the first waits
 * (or until the batch is full), and where all servers are busy until the next is free; more than fill one batch wait for the one after.
 * An approximation that takes these for independent; exact where servers are always free, and where nobody waits for others.
 */
export function batchedPoolResponse({ servers, arrivalRate, law, max, wait }: BatchedPool): Distribution | null {
  const time = (b: number) => law.fixed + law.perItem * b;
  if (arrivalRate * time(max) >= servers * max) return null;
  const gather = Math.min(wait, (max - 1) / arrivalRate);
  const gathered = Math.min(max, 1 + arrivalRate * gather);
  // the batch at which all servers together just keep up
  const keepUp = (arrivalRate * law.fixed) / (servers - arrivalRate * law.perItem);
  const usual = Math.min(max, Math.max(gathered, keepUp));
  const delayed = keepUp >= gathered ? 1 : erlangC(servers, (arrivalRate * time(usual)) / usual);
  const free = ofSizes(ofRandom(sizes(arrivalRate * wait, max)), (k) =>
    shift(k === max ? filling(max, arrivalRate, wait) : gathering(k, wait), time(k)),
  );
  if (delayed < NEGLIGIBLE) return free;
  const meanwhile = ((arrivalRate * time(usual)) / servers) * ((2 * servers) / (servers + 1));
  const busy = Math.max(gathered - 1, meanwhile);
  const waiting = maximum([
    queued(servers, arrivalRate, time(usual), time(max), max),
    gathering(Math.round(gathered), gather),
  ]);
  const late = sum([waiting, ofSizes(sizes(busy, max), (k) => constant(time(k)))]);
  return mixture([
    { share: delayed, of: late },
    { share: 1 - delayed, of: free },
  ]);
}

const NEGLIGIBLE = 1e-9;

interface Size {
  readonly size: number;
  readonly share: number;
}

/** The sizes of batches of one request and others, `others` on average (Poisson), with at most `max` together. */
function sizes(others: number, max: number): Size[] {
  if (others >= max - 1 + 6 * Math.sqrt(others)) return [{ size: max, share: 1 }];
  const found: Size[] = [];
  let left = 1;
  for (let k = 1, share = Math.exp(-others); k < max; k++) {
    if (share > 1e-6) found.push({ size: k, share });
    left -= share > 1e-6 ? share : 0;
    share *= others / k;
  }
  return left > 1e-6
    ? [...found, { size: max, share: left }]
    : found.map(({ size, share }) => ({ size, share: share / (1 - left) }));
}

/** The sizes that requests see: a batch of k is seen by k of them. */
function ofRandom(list: readonly Size[]): Size[] {
  const average = list.reduce((sum, { size, share }) => sum + size * share, 0);
  return list.map(({ size, share }) => ({ size, share: (size * share) / average }));
}

const ofSizes = (list: readonly Size[], of: (size: number) => Distribution): Distribution =>
  mixture(list.map(({ size, share }) => ({ share, of: of(size) })));

/** The first of a batch waits for all of it, the others for what is left when they come. */
function gathering(size: number, time: number): Distribution {
  if (time === 0 || size <= 1) return constant(time);
  return mixture([
    { share: 1 / size, of: constant(time) },
    { share: 1 - 1 / size, of: uniform(time) },
  ]);
}

/** A batch that is full before the time is over: its last request waits for none, the one before for one more arrival, and so on. */
function filling(max: number, arrivalRate: number, time: number): Distribution {
  if (time === 0) return constant(0);
  const reach = Math.min(time, (max - 1 + 5 * Math.sqrt(max - 1)) / arrivalRate);
  const points = Float64Array.from({ length: 65 }, (_, i) => i / 64);
  const shares = points.map((x) => 1 - waitingFor(max, arrivalRate * x * reach));
  const atom = shares[0]!;
  const cdf = shares.map((share, i) => (i === 64 ? 1 : (share - atom) / (1 - atom)));
  return mixture([
    { share: atom, of: constant(0) },
    { share: 1 - atom, of: gridOf(points, cdf, 0, reach) },
  ]);
}

/** The share of the requests of a batch for which fewer than the missing ones have come, where `come` are expected to have. */
function waitingFor(max: number, come: number): number {
  let share = 0;
  for (let k = 0, poisson = Math.exp(-come); k < max - 1; k++) {
    share += (poisson * (max - 1 - k)) / max;
    poisson *= come / (k + 1);
  }
  return share;
}

const uniform = (to: number): Grid => gridOf(Float64Array.of(0, 1), Float64Array.of(0, 1), 0, to);

/** Until the first of the busy servers is free; those for whom its batch has no room left wait for more. */
function queued(servers: number, arrivalRate: number, usual: number, full: number, max: number): Distribution {
  const first = minimum(servers, equilibrium(constant(usual)));
  const again = beyond((arrivalRate * full) / servers, max);
  return again < 1e-6 ? first : geometricSum(first, turn(servers, full), again);
}

/** Until the next server is free: every `time` with one, more and more irregular with many. */
function turn(servers: number, time: number): Grid {
  const half = Math.max(0.1, (servers - 1) / (servers + 1));
  return gridOf(Float64Array.of(0, 1 - half, 1 + half), Float64Array.of(0, 1e-3, 1), 0, time / servers);
}

/** The share that one more batch leaves waiting: z^-max, where exp(m (z - 1)) = z^max, z > 1 (decay of the queue, Poisson arrivals of mean m). */
function beyond(m: number, max: number): number {
  const excess = (z: number) => m * (z - 1) - max * Math.log(z);
  let low = max / m;
  let high = low;
  while (excess(high) < 0) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return high ** -max;
}
