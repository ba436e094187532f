import type { Node } from '../model/design.ts';
import { percent } from '../units/format.ts';
import type { Context } from './context.ts';
import { isMissing } from './estimate.ts';

/** "fewer requests or more replicas: the load is 127% of what 16 replicas carry" */
export function overload(context: Context, node: Node): string {
  const busy = context.estimate(node, 'serving.utilization');
  const count = context.estimate(node, 'serving.replicas');
  const load =
    isMissing(busy) || isMissing(count)
      ? ''
      : `: the load is ${percent(busy.value, 'short')} of what ${count.display} carry`;
  return `fewer requests or more replicas${load}`;
}
