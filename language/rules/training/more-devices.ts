import { layoutOf } from '../../estimate/training-layout.ts';
import type { Node } from '../../model/design.ts';
import { figure } from '../figures.ts';
import type { Fix, RuleInput } from '../rule.ts';
import { unevenOf } from '../training-strain.ts';
import { fixOf, pool, tried } from '../trial.ts';

/** The fewest devices with which a time stays within a limit, in whole copies of the model and, from eight on, whole nodes of eight. */
export function moreDevices(input: RuleInput, node: Node, limit: number, quantity = 'training.time'): Fix[] {
  const value = input.context.value(node, 'hardware');
  const [part, more] = input.context.pool(node, 'hardware');
  const count = value?.form === 'pool' ? value.parts[0]?.count : undefined;
  const layout = layoutOf(input.context, node);
  if (!part || more || !layout || count?.op !== 'number') return [];
  const step = Math.max(Math.round(part.count.value / layout.data), part.count.value >= 8 ? 8 : 1);
  const name = part.hardware.name;
  const using = (n: number) => tried(input, node, [pool(node, 'hardware', n * step, name)]);
  const enough = (n: number) => (figure(using(n), node, quantity)?.value ?? Number.POSITIVE_INFINITY) <= limit;
  let few = Math.floor(part.count.value / step);
  let many = Math.max(1, few) * 32;
  if (!enough(many)) return [];
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (enough(middle)) many = middle;
    else few = middle;
  }
  const even = (n: number) => unevenOf(using(n), node).length <= unevenOf(input.context, node).length;
  // a few more where the batch then divides
  const use = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => many + n).find(even) ?? many;
  const written = pool(node, 'hardware', use * step, name);
  return [fixOf(input, node, [written], `Use ${written.text}, ${figure(using(use), node, quantity)!.display}`)];
}
