import type { Node } from '../model/design.ts';
import { TIME } from '../units/dimension.ts';
import { answerOf, type Response } from './answer.ts';
import { isTokenBound } from './capacity.ts';
import type { Context } from './context.ts';
import { useDemand } from './demand.ts';
import type { Missing } from './estimate.ts';
import { constant, type Distribution, mixture, shift } from './numeric/distribution.ts';
import * as queues from './numeric/queue.ts';
const poolResponse = queues.poolResponse;
// biome-ignore lint: until it stands
const batchedPoolResponse = (q: any) => (queues as any).batchedPoolResponse?.(q) ?? poolResponse({ servers: q.servers, arrivalRate: q.arrivalRate, service: constant((q.law.fixed + q.law.perItem * q.max) / q.max) });
import { overload } from './overload.ts';
import { Sheet } from './sheet.ts';
import { type Speed, useBatchLaw, useSpeed } from './speed.ts';

/** The distribution of a serving's latency under load, for paths through it. */
export function responseOf(context: Context, node: Node): Distribution | Missing {
  return context.once(`response:${node.name}`, () => {
    const sheet = new Sheet(context, node, 'serving.latency_p99');
    return useResponse(sheet, context, node)?.of ?? { missing: sheet.lacking };
  });
}

/** Adds the rows that a serving's latency under load is computed from. Undefined where there is none: the sheet says what it lacks. */
export function useResponse(sheet: Sheet, context: Context, node: Node): Response | undefined {
  if (context.word(node, 'pattern') === 'batch') sheet.lacks('another `pattern` than `batch`, where nobody waits for one answer');
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
  /** with so many replicas; null where they do not carry the load */
  readonly at: (replicas: number) => Distribution | null;
}

/** Adds the rows of the queue in front of the replicas of a serving: they share one, and arrivals are random (LANGUAGE.md, section 6). */
export function useQueue(sheet: Sheet, context: Context, node: Node): Queue | undefined {
  const load = useDemand(sheet, context, node);
  const speed = useSpeed(sheet, context, node);
  if (!speed || sheet.lacking.length > 0) return undefined;
  const arrivalRate = sheet.valueOf(load);
  sheet.assume('replicas share one queue, and requests arrive at random');
  if (speed.batch > 1 && (speed.throughput === undefined || sheet.has('full batch time'))) return batching(sheet, context, node, speed, load);
  const latency = sheet.valueOf('latency');
  const service = speed.spread ?? constant(latency);
  const method = 'queue of a pool with random arrivals: M/G/c, solved numerically';
  if (speed.throughput === undefined) return { text: `pool(replicas, ${load}, latency)`, method, at: (servers) => poolResponse({ servers, arrivalRate, service }) };
  const turn = 1 / speed.throughput;
  const waits = (servers: number) => poolResponse({ servers, arrivalRate, service: constant(turn) });
  return {
    text: `pool(replicas, ${load}, 1 / throughput) + max(0, latency - 1 / throughput)`,
    method,
    at: (servers) => {
      const waited = waits(servers);
      return waited && shift(waited, Math.max(0, latency - turn));
    },
  };
}

function batching(sheet: Sheet, context: Context, node: Node, speed: Speed, load: string): Queue {
  useBatchLaw(sheet, speed);
  sheet.property('batching.wait', undefined, 'wait');
  const law = { fixed: sheet.valueOf('fixed time'), perItem: sheet.valueOf('time per request') };
  const queue = { arrivalRate: sheet.valueOf(load), law, max: speed.batch, wait: sheet.valueOf('wait') };
  sheet.assume('a replica serves a batch at a time');
  return {
    text: `batching_pool(replicas, ${load}, fixed_time, time_per_request, ${speed.batchRow}, wait)`,
    method: 'queue of a pool with random arrivals whose replicas take batches, solved numerically',
    at: (servers) => batchedPoolResponse({ ...queue, servers }),
  };
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
