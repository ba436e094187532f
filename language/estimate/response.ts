import type { Node } from '../model/design.ts';
import { TIME } from '../units/dimension.ts';
import { answerOf, type Response } from './answer.ts';
import { batchedPoolResponse } from './batching.ts';
import { isTokenBound } from './capacity.ts';
import type { Context } from './context.ts';
import { useDemand } from './demand.ts';
import type { Missing } from './estimate.ts';
import { constant, type Distribution, mean, mixture, shift, sum } from './numeric/distribution.ts';
import { type Pool, poolResponse } from './numeric/queue.ts';
import { overload } from './overload.ts';
import { Sheet } from './sheet.ts';
import { type Speed, useBatchLaw, useSpeed } from './speed.ts';

/** The distribution of a serving's latency under load, for paths through it. */
export function responseOf(context: Context, node: Node): Distribution | Missing {
  const circle: Missing = { missing: [`a load of \`${node.name}\` that does not depend on its own latency`] };
  const found = context.once<Distribution | Missing | undefined>(`response:${node.name}`, () => {
    const sheet = new Sheet(context, node, 'serving.latency_p99');
    return useResponse(sheet, context, node)?.of ?? { missing: sheet.lacking };
  });
  return found ?? circle;
}

/** Adds the rows that a serving's latency under load is computed from. Undefined where there is none: the sheet says what it lacks. */
export function useResponse(sheet: Sheet, context: Context, node: Node): Response | undefined {
  if (context.word(node, 'pattern') === 'batch')
    sheet.lacks('another `pattern` than `batch`, where nobody waits for one answer');
  if (sheet.lacking.length > 0) return undefined;
  if (isTokenBound(context, node)) return cached(sheet, context, node, answerOf(sheet, context, node));
  const queue = useQueue(sheet, context, node);
  sheet.take('replicas', node, 'serving.replicas');
  if (!queue || sheet.lacking.length > 0) return undefined;
  const replicas = sheet.valueOf('replicas');
  const of = queue.at(replicas);
  if (!of) sheet.lacks(overload(context, node));
  return of ? cached(sheet, context, node, { ...queue, of }) : undefined;
}

export interface Queue {
  readonly text: string;
  readonly method: string;
  /** the fewest replicas that carry the load at all */
  readonly start: number;
  /** with so many replicas; null where they do not carry the load */
  readonly at: (replicas: number) => Distribution | null;
}

/** Adds the rows of the queue in front of the replicas of a serving: they share one, and arrivals are random (language definition, estimates). */
export function useQueue(sheet: Sheet, context: Context, node: Node): Queue | undefined {
  const load = useDemand(sheet, context, node);
  const speed = useSpeed(sheet, context, node);
  if (!speed || sheet.lacking.length > 0) return undefined;
  const arrivalRate = sheet.valueOf(load);
  sheet.assume('replicas share one queue, and requests arrive at random');
  if (speed.batch > 1 && (speed.throughput === undefined || sheet.has('full batch time')))
    return batching(sheet, context, speed, load);
  const latency = sheet.valueOf('latency');
  const service = speed.spread ?? constant(latency);
  const method = 'queue of a pool with random arrivals: M/G/c, solved numerically';
  if (speed.throughput === undefined)
    return {
      text: `pool(replicas, ${load}, latency)`,
      method,
      start: above(arrivalRate * latency),
      at: (servers) => pooled(context, { servers, arrivalRate, service }),
    };
  const turn = 1 / speed.throughput;
  return {
    text: `pool(replicas, ${load}, 1 / throughput) + max(0, latency - 1 / throughput)`,
    method,
    start: above(arrivalRate * turn),
    at: (servers) => {
      const waited = pooled(context, { servers, arrivalRate, service: constant(turn) });
      return waited && shift(waited, Math.max(0, latency - turn));
    },
  };
}

/** Fewer than this many replicas are never free. */
const above = (offered: number): number => Math.floor(offered) + 1;

/** Equal queues are solved once: three percentiles, a path and a search for replicas ask for the same. */
function pooled(context: Context, pool: Pool): Distribution | null {
  const { service } = pool;
  const solve = () => poolResponse(pool);
  if (service.shape === 'constant')
    return context.once(`pool:${pool.servers}:${pool.arrivalRate}:${service.value}`, solve);
  if (service.shape === 'log-normal')
    return context.once(
      `pool:${pool.servers}:${pool.arrivalRate}:${service.offset}:${service.scale}:${service.sigma}`,
      solve,
    );
  return solve();
}

function batching(sheet: Sheet, context: Context, speed: Speed, load: string): Queue {
  useBatchLaw(sheet, speed);
  sheet.property('batching.wait', undefined, 'wait');
  const law = { fixed: sheet.valueOf('fixed time'), perItem: sheet.valueOf('time per request') };
  const queue = { arrivalRate: sheet.valueOf(load), law, max: speed.batch, wait: sheet.valueOf('wait') };
  sheet.assume('a replica serves a batch at a time');
  const figures = [queue.arrivalRate, law.fixed, law.perItem, queue.max, queue.wait].join(':');
  const solved = (servers: number) =>
    context.once(`batches:${servers}:${figures}`, () => batchedPoolResponse({ ...queue, servers }));
  return {
    text: `batching_pool(replicas, ${load}, fixed_time, time_per_request, ${speed.batchRow}, wait)`,
    method:
      'queue of a pool with random arrivals whose replicas take batches: gathering, the first free replica, and the time of a batch',
    start: above((queue.arrivalRate * (law.fixed + law.perItem * speed.batch)) / speed.batch),
    at: (servers) => spreadOver(solved(servers), speed.spread),
  };
}

/** Times that were found for a constant latency, with the spread that one request alone has. */
function spreadOver(of: Distribution | null, alone: Distribution | undefined): Distribution | null {
  return of && alone ? sum([shift(of, -mean(alone)), alone]) : of;
}

/** What a cache answers takes the cache's time. */
function cached(sheet: Sheet, context: Context, node: Node, response: Response | undefined): Response | undefined {
  const hits = context.given(node, 'cache.hit_rate');
  if (!hits || !response) return response;
  if (!sheet.has('cache hit rate')) sheet.use('cache hit rate', hits);
  const latency = context.given(node, 'cache.latency');
  if (latency) sheet.use('cache latency', latency);
  else sheet.fact('cache latency', 0, TIME, 'default', 'no `latency` of the cache is given');
  const hit = latency?.spread ?? constant(latency?.value ?? 0);
  const of = mixture([
    { share: hits.value, of: hit },
    { share: 1 - hits.value, of: response.of },
  ]);
  return { text: `cached(cache_hit_rate, cache_latency, ${response.text})`, method: response.method, of };
}
