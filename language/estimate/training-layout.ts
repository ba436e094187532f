import type { Node } from '../model/design.ts';
import type { Context } from './context.ts';
import { clusterOf } from './price.ts';
import { Sheet } from './sheet.ts';
import { strategyOf, useParallelism } from './training-memory.ts';

/** How a job is spread over its devices. */
export interface Layout {
  readonly strategy: string;
  readonly devices: number;
  readonly tensor: number;
  readonly pipeline: number;
  /** copies of the model; not whole where the devices do not divide */
  readonly data: number;
}

/** Undefined where the number of devices is not known. */
export function layoutOf(context: Context, node: Node): Layout | undefined {
  return context.once(`layout:${node.name}`, () => {
    const sheet = new Sheet(context, node, 'training.memory_per_gpu');
    useParallelism(sheet, context, node);
    if (sheet.lacking.length > 0) return undefined;
    const [devices, tensor, pipeline, data] = ['GPUs', 'tensor parallel', 'pipeline parallel', 'data parallel'].map(
      (row) => sheet.valueOf(row),
    );
    return {
      strategy: strategyOf(context, node, devices!),
      devices: devices!,
      tensor: tensor!,
      pipeline: pipeline!,
      data: data!,
    };
  });
}

/** Accelerators of one machine, and who says so. */
export interface Machine {
  readonly devices: number;
  readonly from: 'cluster' | 'listing';
}

/** A full machine has eight accelerators or more; smaller ones that are listed are parts of one. */
const FULL = 8;

/** The `node` of the cluster that a job runs in, else the largest full machine that a price is listed for. Undefined where neither is known. */
export function machineOf(context: Context, node: Node): Machine | undefined {
  const hardware = context.pool(node, 'hardware')[0]?.hardware;
  if (!hardware) return undefined;
  const cluster = clusterOf(context, node, hardware);
  const given = cluster && context.given(cluster, 'node');
  if (given) return { devices: given.value, from: 'cluster' };
  const largest = context.once(`machine:${hardware.name}`, () => {
    const listed = [...context.all('price'), ...context.design.catalog('price', hardware.name)];
    const counts = listed.flatMap((price) => {
      const [part, more] = context.pool(price, 'hardware');
      return part && !more && part.hardware === hardware ? [part.count.value] : [];
    });
    return Math.max(0, ...counts);
  });
  return largest >= FULL ? { devices: largest, from: 'listing' } : undefined;
}
