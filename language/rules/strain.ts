import type { Context, Input } from '../estimate/context.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { isMissing } from '../estimate/estimate.ts';
import { quantile } from '../estimate/numeric/distribution.ts';
import { type Hop, hopsOf } from '../estimate/request/path.ts';
import { responseOf } from '../estimate/response.ts';
import { latencyOf } from '../estimate/solve.ts';
import type { Condition, Node } from '../model/design.ts';
import { TIME } from '../units/dimension.ts';
import { figure, isUnstable } from './figures.ts';

/** What a serving suffers from under its load. Each has consequences further down this list, and those are then not said: one fact, one finding. */
export type Strain =
  /** the weights do not fit, so it carries nothing */
  | { readonly is: 'unfit' }
  /** autoscaling ends before the load is carried */
  | ({ readonly is: 'capped' } & Range)
  /** a batch run outlasts the time between runs */
  | { readonly is: 'late'; readonly duration: Estimate; readonly every: Input }
  /** 100% busy and more, as the caches of the requests that this load keeps in flight do not fit */
  | { readonly is: 'full'; readonly needs: Estimate; readonly fits: Estimate }
  /** 100% busy and more */
  | { readonly is: 'unstable' }
  /** fewer replicas than the given utilization asks for */
  | { readonly is: 'short'; readonly needed: Estimate; readonly has: Estimate }
  /** it would keep its budget if it did not wait to fill its batches */
  | { readonly is: 'waiting'; readonly wait: Estimate; readonly broken: readonly Broken[] }
  | { readonly is: 'slow'; readonly broken: readonly Broken[] };

/** What autoscaling may reach, where the load needs more. */
export interface Range {
  readonly needed: Estimate;
  readonly most: number;
  /** the share of their time that the most are busy */
  readonly busy: number;
}

/** A bound of a latency budget, and what is reached instead. */
export interface Broken {
  readonly condition: Condition;
  /** seconds */
  readonly reached: number;
  readonly limit: number;
}

export function strainOf(context: Context, node: Node): Strain | undefined {
  return context.once(`strain:${node.name}`, () => {
    const memory = memoryOf(context, node);
    if (memory && memory.needs - memory.caches > memory.has) return { is: 'unfit' };
    const range = context.given(node, 'replicas') ? undefined : rangeOf(context, node);
    if (range && (range.busy >= FULL || context.given(node, 'utilization'))) return { is: 'capped', ...range };
    const late = lateOf(context, node);
    if (late) return { is: 'late', ...late };
    if (isUnstable(context, node)) return fullOf(context, node) ?? { is: 'unstable' };
    const short = shortfallOf(context, node);
    if (short) return { is: 'short', ...short };
    const broken = brokenOf(context, node);
    return broken.length > 0 ? (waitingOf(context, node, broken) ?? { is: 'slow', broken }) : undefined;
  });
}

const FULL = 1 - 1e-9;

/** `max_replicas` that are fewer than the load needs at the target utilization. */
export function rangeOf(context: Context, node: Node): Range | undefined {
  const most = context.given(node, 'max_replicas')?.value;
  const needed = most === undefined ? undefined : figure(context, node, 'serving.replicas_for_load');
  const share = figure(context, node, 'serving.utilization');
  const has = figure(context, node, 'serving.replicas');
  if (most === undefined || !needed || !share || !has || needed.value <= most) return undefined;
  return { needed, most, busy: (share.value * has.value) / most };
}

function lateOf(context: Context, node: Node): { duration: Estimate; every: Input } | undefined {
  if (context.word(node, 'pattern') !== 'batch' || context.given(node, 'traffic')) return undefined;
  const every = context.given(node, 'every');
  const duration = every && figure(context, node, 'serving.duration');
  return duration && duration.value > every.value * (1 + 1e-9) ? { duration, every } : undefined;
}

function fullOf(context: Context, node: Node): Strain | undefined {
  const needs = figure(context, node, 'serving.concurrency_for_load');
  const fits = figure(context, node, 'serving.max_concurrency');
  return needs && fits && needs.value > fits.value ? { is: 'full', needs, fits } : undefined;
}

const brokenOf = (context: Context, node: Node): Broken[] =>
  brokenBounds(context, node, (c) => reachedBy(context, node, c));

function waitingOf(context: Context, node: Node, broken: readonly Broken[]): Strain | undefined {
  const wait = figure(context, node, 'serving.batch_wait');
  if (!wait || wait.value === 0) return undefined;
  const none: Input = { ...context.input(node, 'batching.wait')!, value: 0 };
  const without = context.replaced(new Map([[`${node.name}.batching.wait`, none]]));
  return brokenOf(without, node).length === 0 ? { is: 'waiting', wait, broken } : undefined;
}

/** Only a `utilization` that is written is a demand (language definition, "Enough or not"). */
function shortfallOf(context: Context, node: Node): { needed: Estimate; has: Estimate } | undefined {
  if (!context.given(node, 'utilization') || !context.given(node, 'replicas')) return undefined;
  const needed = figure(context, node, 'serving.replicas_for_load');
  const has = figure(context, node, 'serving.replicas');
  return needed && has && needed.value > has.value ? { needed, has } : undefined;
}

function brokenBounds(context: Context, node: Node, reachedBy: (condition: Condition) => number | undefined): Broken[] {
  const budget = context.value(node, 'budget');
  if (budget?.form !== 'conditions') return [];
  return budget.conditions.flatMap((condition) => {
    const limit = context.evaluate(condition.bound, node.name);
    const reached = limit?.dimension === TIME && condition.percentile ? reachedBy(condition) : undefined;
    return reached !== undefined && reached > limit!.value ? [{ condition, reached, limit: limit!.value }] : [];
  });
}

/** What a serving reaches of what a condition bounds (seconds); undefined where it is not known, or there is no steady state. */
export function reachedBy(context: Context, node: Node, { metric, percentile }: Condition): number | undefined {
  if (metric !== 'latency') return figure(context, node, `serving.${metric}_p${percentile}`)?.value;
  const response = responseOf(context, node);
  return isMissing(response) ? undefined : quantile(response, percentile! / 100);
}

/** A request over its budget, with the hop that takes most of its time. */
export interface Over extends Broken {
  readonly slowest: Hop;
}

/** The broken bounds of a request, but for those where the slowest hop is a serving with a finding of its own. */
export function overOf(context: Context, request: Node): readonly Over[] {
  return context.once(`over:${request.name}`, () => {
    const broken = brokenBounds(context, request, ({ metric, percentile }) =>
      metric === 'latency' ? latencyOf(context, request, percentile!) : undefined,
    );
    if (broken.length === 0) return [];
    const slowest = hopsOf(context, request).reduce((a, b) => (b.weight > a.weight ? b : a));
    if (slowest.node.kind === 'serving' && strainOf(context, slowest.node)) return [];
    return broken.map((b) => ({ ...b, slowest }));
  });
}

/** Memory of one accelerator, in bytes: what a serving needs, what of it is caches, and what there is. A slice has its part. */
export function memoryOf(
  context: Context,
  node: Node,
): { readonly needs: number; readonly caches: number; readonly has: number; readonly estimate: Estimate } | undefined {
  const estimate = figure(context, node, 'serving.memory_per_gpu');
  const [part] = context.pool(node, 'hardware');
  const memory = part && context.input(part.hardware, 'memory');
  if (!estimate || !memory) return undefined;
  const caches = estimate.steps.find((row) => row.label === 'caches of a GPU')?.value ?? 0;
  return { needs: estimate.value, caches, has: memory.value * Math.min(1, part.count.value), estimate };
}
