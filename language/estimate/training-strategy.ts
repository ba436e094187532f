import type { Node, Value } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { isTransformer } from './architecture.ts';
import type { Context } from './context.ts';
import { type Estimate, isMissing } from './estimate.ts';
import { strategyOf } from './training-memory.ts';

/** A way to spread a training over its devices that fits into their memory. */
export interface Spread {
  /** what differs from the job as it is, by property, as it would be written: `strategy` → `fsdp`, `micro_batch` → `4` */
  readonly changes: ReadonlyMap<string, string>;
  /** the same by `Subject.property`, as `Context.set` takes them */
  readonly values: ReadonlyMap<string, Value>;
  /** bytes of one device that it needs */
  readonly memory: number;
  /** seconds of one run, where they are known */
  readonly time?: number;
}

/** Memory of one device of a training, in bytes: what it needs, and what there is. Undefined where either is not known. */
export function trainingMemoryOf(
  context: Context,
  node: Node,
): { readonly needs: number; readonly has: number; readonly estimate: Estimate } | undefined {
  const [part] = context.pool(node, 'hardware');
  const memory = part && context.input(part.hardware, 'memory');
  const estimate = context.estimate(node, 'training.memory_per_gpu');
  if (!memory || isMissing(estimate)) return undefined;
  return { needs: estimate.value, has: memory.value * Math.min(1, part.count.value), estimate };
}

/**
 * How far the estimate may pass the memory of a device before a job is called impossible: makers' gigabytes are the larger ones (an A100 of
 * 40 GB reports 40960 MiB, an H100 of 80 GB 81559 MiB), and none of 217 published configurations that ran is estimated above it. Above
 * the second it is tight.
 */
export const IMPOSSIBLE = 1.07;
export const TIGHT = 0.97;

/**
 * The ways to spread a job on the devices that it has, of those that need at most `usable` of their memory, the cheapest first: the shorter
 * run, then fewer changes, then less communication (whole layers before split ones, replicas before shards), then less recomputed.
 * Varied are `strategy`, `tensor_parallel` (within a node), `recompute` and `micro_batch` (the largest that fits); model, devices, batch and
 * stages of a pipeline stay. The global batch stays too: a smaller `micro_batch` means more of them for a step. Empty where nothing fits,
 * or where the memory cannot be estimated. A job that fits as it is, is among them with no changes.
 */
export function spreadsThatFit(context: Context, node: Node, usable = TIGHT): readonly Spread[] {
  const now = trainingMemoryOf(context, node);
  if (!now) return [];
  const room = usable * now.has;
  return waysOf(context, node)
    .flatMap((way) => largestThatFits(context, node, way, room) ?? [])
    .sort((a, b) => compared(a.time, b.time) || a.changes.size - b.changes.size || a.rank - b.rank);
}

/** The cheapest of them. */
export const cheapestThatFits = (context: Context, node: Node, usable = TIGHT): Spread | undefined =>
  spreadsThatFit(context, node, usable)[0];

/** Strategies by what they send: the first three as much as each other, the last half as much again (Rajbhandari et al., arXiv:1910.02054). */
const SHARDING = ['ddp', 'zero1', 'zero2', 'fsdp'];
const RECOMPUTE = ['none', 'selective', 'full'];
/** Devices with fast links between them, where no cluster says it: boards of HGX and DGX have eight. */
const NODE = 8;

interface Way {
  readonly changes: ReadonlyMap<string, string | number>;
  readonly rank: number;
}

/** Each strategy, split and recomputation that the devices allow. */
function waysOf(context: Context, node: Node): Way[] {
  const gpus = context.pool(node, 'hardware')[0]?.count.value ?? 1;
  const own = { strategy: strategyOf(context, node, gpus), recompute: context.word(node, 'recompute') ?? 'none' };
  const strategies = gpus > 1 ? [...new Set([own.strategy, ...SHARDING])] : [own.strategy];
  return strategies.flatMap((strategy, s) =>
    splitsOf(context, node, strategy, gpus).flatMap((tensor, t) =>
      recomputationsOf(context, node).map((recompute, r): Way => {
        const changes = new Map<string, string | number>();
        if (strategy !== own.strategy) changes.set('strategy', strategy);
        if (t > 0) changes.set('tensor_parallel', tensor);
        if (recompute !== own.recompute) changes.set('recompute', recompute);
        return { changes, rank: t * 100 + s * 10 + r };
      }),
    ),
  );
}

/** Over how many devices a layer is split: as now, or twice as many until a node is full. */
function splitsOf(context: Context, node: Node, strategy: string, gpus: number): number[] {
  const now = context.given(node, 'tensor_parallel')?.value ?? (strategy === 'tensor' ? gpus : 1);
  const cluster = context.reference(node, 'cluster');
  const together = (cluster && context.given(cluster, 'node')?.value) ?? NODE;
  const model = context.reference(node, 'model');
  if (!model || !isTransformer(context, model)) return [now];
  const heads = context.input(model, 'heads')?.value;
  const stages = context.given(node, 'pipeline_parallel')?.value ?? 1;
  const more: number[] = [];
  for (let tensor = now * 2; tensor <= together; tensor *= 2)
    if ((gpus / stages) % tensor === 0 && (heads === undefined || heads % tensor === 0)) more.push(tensor);
  return [now, ...more];
}

/** As now or more; what recomputing attention alone saves is nothing with attention in blocks. */
function recomputationsOf(context: Context, node: Node): string[] {
  const model = context.reference(node, 'model');
  const now = context.word(node, 'recompute') ?? 'none';
  if (!model || !isTransformer(context, model)) return [now];
  const standard = context.word(node, 'attention') === 'standard';
  return RECOMPUTE.slice(RECOMPUTE.indexOf(now)).filter((r) => r === now || r !== 'selective' || standard);
}

/** The largest micro-batch with which it fits: the present one, or that halved until it does. */
function largestThatFits(
  context: Context,
  node: Node,
  way: Way,
  room: number,
): (Spread & { readonly rank: number }) | undefined {
  let halved: number | undefined;
  for (;;) {
    const changes = new Map([...way.changes, ...(halved === undefined ? [] : [['micro_batch', halved] as const])]);
    const values = new Map([...changes].map(([path, v]) => [`${node.name}.${path}`, literal(v, node)]));
    const changed = values.size > 0 ? context.set(values) : context;
    const memory = trainingMemoryOf(changed, node);
    if (!memory) return undefined;
    if (memory.needs <= room) {
      const time = changed.estimate(node, 'training.time');
      const written = new Map([...changes].map(([path, v]) => [path, String(v)]));
      return {
        changes: written,
        values,
        memory: memory.needs,
        ...(!isMissing(time) && { time: time.value }),
        rank: way.rank,
      };
    }
    const micro = memory.estimate.steps.find((row) => row.label === 'micro batch')?.value;
    if (micro === undefined || micro <= 1) return undefined;
    halved = Math.ceil(micro / 2);
  }
}

function literal(value: string | number, node: Node): Value {
  const span = node.nameSpan;
  if (typeof value === 'string') return { form: 'words', words: [{ name: value, span }] };
  return { form: 'quantity', expression: { op: 'number', value, dimension: NUMBER, text: String(value), span } };
}

/** Shorter first; runs that differ by rounding alone are alike. */
function compared(a: number | undefined, b: number | undefined): number {
  if (a === undefined || b === undefined || Math.abs(a - b) <= 1e-9 * Math.abs(a)) return 0;
  return a - b;
}
