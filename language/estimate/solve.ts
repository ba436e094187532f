import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import type { Context } from './context.ts';
import { isMissing } from './estimate.ts';
import { pathOf } from './request/path.ts';
import { quantile } from './numeric/distribution.ts';

/** A percentile of a request's latency (seconds), or undefined where it is not known. */
export function latencyOf(context: Context, request: Node, percentile: number): number | undefined {
  const path = pathOf(context, request);
  return isMissing(path) ? undefined : quantile(path.of, percentile / 100);
}

/**
 * The fewest replicas of one serving with which a request keeps a latency bound, or undefined where up to eight times as many
 * do not. More replicas never make a path slower, so bisection finds it.
 */
export function replicasForPath(
  context: Context,
  request: Node,
  serving: Node,
  percentile: number,
  bound: number,
): number | undefined {
  const now = context.given(serving, 'replicas');
  if (!now) return undefined;
  const holds = (replicas: number): boolean => {
    const value = { ...now, value: replicas, dimension: NUMBER };
    const latency = latencyOf(context.replaced(new Map([[`${serving.name}.replicas`, value]])), request, percentile);
    return latency !== undefined && latency < bound;
  };
  let enough = Math.ceil(now.value) * 8;
  let few = Math.ceil(now.value);
  if (!holds(enough)) return undefined;
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (holds(middle)) enough = middle;
    else few = middle;
  }
  return enough;
}
