import type { Context } from '../estimate/context.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { layoutOf } from '../estimate/training-layout.ts';
import { IMPOSSIBLE, trainingMemoryOf } from '../estimate/training-strategy.ts';
import type { Node } from '../model/design.ts';
import { NUMBER, TIME } from '../units/dimension.ts';
import { figure } from './figures.ts';
import { numberValue } from './values.ts';

/** What is wrong with the figures of a training: what its rules say, and what a fix may bring. */

/** Memory of a job as a rule holds it against the devices. */
export interface LeastMemory {
  /** bytes of one device */
  readonly needs: number;
  readonly has: number;
  readonly largest: { readonly label: string; readonly bytes: number };
  /** no `micro_batch` is given, and one example at a time is counted: the least that the job can need */
  readonly least: boolean;
}

const PARTS = ['weights', 'gradients', 'optimizer states', 'embedding tables', 'activations', 'logits', 'overhead'];

/** Memory of one device. Where no micro-batch is given one example is taken, so that nothing is held against a size that nobody wrote. */
export function leastMemoryOf(context: Context, node: Node): LeastMemory | undefined {
  return context.once(`training memory:${node.name}`, () => {
    const least = !context.given(node, 'micro_batch') && context.given(node, 'batch') !== undefined;
    const one = new Map([[`${node.name}.micro_batch`, numberValue(1, NUMBER, node.nameSpan)]]);
    const memory = trainingMemoryOf(least ? context.set(one) : context, node);
    if (!memory) return undefined;
    const { needs, has, estimate } = memory;
    const rows = estimate.steps.filter(({ label }) => PARTS.includes(label));
    const { label, value } = rows.reduce((a, b) => (b.value > a.value ? b : a));
    return { needs, has, largest: { label, bytes: value }, least };
  });
}

/** Beyond what the estimate may err by. */
export const isTooLarge = (context: Context, node: Node): boolean => {
  const memory = leastMemoryOf(context, node);
  return memory !== undefined && memory.needs > IMPOSSIBLE * memory.has;
};

/** A figure of a training above what a property of it allows: a deadline, an interval. */
export interface Exceeded {
  readonly figure: Estimate;
  /** seconds */
  readonly limit: number;
}

export function exceeded(context: Context, node: Node, quantity: string, path: string): Exceeded | undefined {
  const limit = context.given(node, path);
  const found = limit?.dimension === TIME ? figure(context, node, quantity) : undefined;
  return found && found.value > limit!.value * (1 + 1e-9) ? { figure: found, limit: limit!.value } : undefined;
}

/** Something that has to be split evenly and is not. */
export interface Uneven {
  readonly what: 'devices' | 'heads' | 'layers' | 'batch';
  readonly path: string;
  readonly count: number;
  readonly by: number;
}

export function unevenOf(context: Context, node: Node): readonly Uneven[] {
  return context.once(`uneven:${node.name}`, () => {
    const layout = layoutOf(context, node);
    const model = context.reference(node, 'model');
    if (!layout || !model) return [];
    const { devices, tensor, pipeline, data } = layout;
    const micro = context.given(node, 'micro_batch')?.value ?? 1;
    const pairs: readonly (Omit<Uneven, 'count'> & { readonly count: number | undefined })[] = [
      { what: 'devices', path: 'hardware', count: devices < 1 ? undefined : devices, by: tensor * pipeline },
      { what: 'heads', path: 'tensor_parallel', count: context.given(model, 'heads')?.value, by: tensor },
      { what: 'layers', path: 'pipeline_parallel', count: context.given(model, 'layers')?.value, by: pipeline },
      { what: 'batch', path: 'batch', count: context.given(node, 'batch')?.value, by: data * micro },
    ];
    return pairs.flatMap(({ count, ...pair }) =>
      count !== undefined && Number.isInteger(count) && Number.isInteger(pair.by) && count % pair.by !== 0
        ? [{ ...pair, count }]
        : [],
    );
  });
}
