import type { Context } from '../../estimate/context.ts';
import { layoutOf } from '../../estimate/training-layout.ts';
import type { Node } from '../../model/design.ts';
import { isTooLarge, leastMemoryOf } from '../training-strain.ts';
import { word } from '../trial.ts';

/** What a job would look like with another strategy, and whether it fits. */

export function withStrategy(context: Context, node: Node, strategy: string): Context {
  const layers = ['tensor_parallel', 'pipeline_parallel'].map((path) => [`${node.name}.${path}`, AUTO] as const);
  return context.set(new Map([[`${node.name}.strategy`, word(node, 'strategy', strategy).value], ...layers]));
}

const AUTO = { form: 'auto' } as const;

export const fitsWith = (context: Context, node: Node, strategy: string): boolean => {
  const memory = leastMemoryOf(withStrategy(context, node, strategy), node);
  return memory !== undefined && memory.needs <= memory.has;
};

/** `ddp` is written, a device cannot hold a copy of the model, and the same devices could hold a part each: then the strategy is what is wrong. */
export const hasWrongStrategy = (context: Context, node: Node): boolean =>
  context.once(`wrong strategy:${node.name}`, () => {
    const written = context.value(node, 'strategy') !== undefined;
    const copies = written && layoutOf(context, node)?.strategy === 'ddp';
    return copies && isTooLarge(context, node) && fitsWith(context, node, 'fsdp');
  });
