import type { Node } from '../model/design.ts';
import { isTransformer } from './architecture.ts';
import type { Context } from './context.ts';
import type { Sheet } from './sheet.ts';
import { type Speed, useSpeed } from './speed.ts';

/** True for a serving that writes token after token. */
export function generates(context: Context, node: Node): boolean {
  const model = context.reference(node, 'model');
  if (!model || !isTransformer(context, model)) return false;
  return context.given(node, 'output') !== undefined || context.word(model, 'task') === 'generation';
}

/** True where what it writes decides its speed: nothing else was measured. */
export const isTokenBound = (context: Context, node: Node): boolean =>
  generates(context, node) && !context.given(node, 'latency') && !context.given(node, 'throughput');

/**
 * Adds the rows of what one replica can do; gives the formula of its calls a second at a share of its time. Undefined where it is
 * not known.
 */
export function useCapacity(sheet: Sheet, context: Context, node: Node): Pick<Speed, 'rate'> | undefined {
  if (!isTokenBound(context, node)) return useSpeed(sheet, context, node);
  sheet.cite('max tokens per second', context.estimate(node, 'serving.max_tokens_per_second'));
  if (!sheet.has('output')) sheet.property('output');
  return {
    rate: (share) => (share === '1' ? 'max_tokens_per_second / output' : `${share} * max_tokens_per_second / output`),
  };
}

/** How a replica is called in labels: a GPU where it has just one. */
export function replicaWord(context: Context, node: Node): 'GPU' | 'replica' {
  const pool = context.pool(node, 'hardware');
  return pool.length === 1 && pool[0]!.count.value === 1 ? 'GPU' : 'replica';
}

/** What a replica handles: requests, or the examples of a batch run. */
export const unitOfWork = (context: Context, node: Node): 'requests' | 'examples' =>
  context.word(node, 'pattern') === 'batch' ? 'examples' : 'requests';
