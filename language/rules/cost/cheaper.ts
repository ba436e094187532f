import type { Context } from '../../estimate/context.ts';
import type { Estimate } from '../../estimate/estimate.ts';
import { computeFormat, weightFormat } from '../../estimate/hardware.ts';
import { priceOf, textOf } from '../../estimate/price.ts';
import type { Node } from '../../model/design.ts';
import { figure } from '../figures.ts';
import type { Fix, RuleInput } from '../rule.ts';
import { memoryOf, overOf, strainOf } from '../strain.ts';
import { changeOf, fixOf, pool, quantity, tried, without, type Written } from '../trial.ts';
import { consequences } from '../what-if.ts';

/** Other hardware that serves the same load, with all that it takes to use it. */
export interface CheaperWay {
  readonly hardware: Node;
  /** devices a replica */
  readonly devices: number;
  readonly replicas: number;
  readonly cost: Estimate;
  readonly written: readonly Written[];
  readonly after: Context;
}

/** Below this share of the present cost another hardware is worth a change. */
const WORTH = 0.8;
/** And below this share of what the whole design costs it is not worth a word. */
const MATTERS = 0.01;
/** Devices in a replica that are tried: parts of a machine of eight. */
const SIZES = [1, 2, 4, 8];

/**
 * The cheapest other accelerator of the same maker that carries the load of a serving within all budgets, for at least a fifth less. Undefined
 * where there is none that breaks nothing in any scenario, where the serving has troubles of its own or no budget to keep, or where its speed was measured: that says nothing about another device.
 */
export function cheaperWay(input: RuleInput, node: Node): CheaperWay | undefined {
  const { context } = input;
  const [part, more] = context.pool(node, 'hardware');
  const cost = figure(context, node, 'serving.cost');
  const measured = ['latency', 'throughput', 'concurrency', 'expert_parallel', 'data_parallel', 'pipeline_parallel'];
  if (!part || more || !cost || strainOf(context, node) || measured.some((path) => context.given(node, path))) return;
  if (!isBound(context, node)) return;
  // more replicas than the load needs are another finding
  const now = wayWith(input, node, part.hardware, part.count.value)?.cost.value ?? cost.value;
  const most = WORTH * Math.min(cost.value, now);
  const [system] = context.all('system');
  const whole = system && figure(context, system, 'system.cost')?.value;
  const ways: CheaperWay[] = [];
  for (const hardware of candidates(input)) {
    const price = hardware === part.hardware ? undefined : priceOf(context, node, hardware);
    if (!price || !isAlike(context, node, part.hardware, hardware)) continue;
    const each = price.rate.value * (1 - (price.discount?.value ?? 0));
    for (const devices of SIZES.filter((n) => each * n * leastReplicas(context, node) <= most)) {
      const way = wayWith(input, node, hardware, devices);
      if (way && way.cost.value <= most && cost.value - way.cost.value > MATTERS * (whole ?? 0)) ways.push(way);
    }
  }
  const byCost = ways.sort((a, b) => a.cost.value - b.cost.value);
  return byCost.find(({ written }) => consequences(input, changeOf(node, written), [node]) === '');
}

/** What the clusters have; without clusters, whatever there is. */
function candidates({ context, design }: RuleInput): readonly Node[] {
  const clusters = context.all('cluster');
  if (clusters.length === 0) return design.catalog('hardware');
  return [...new Set(clusters.flatMap((cluster) => context.pool(cluster, 'pool').map(({ hardware }) => hardware)))];
}

/** Where there were several, one would be a single point of failure. */
const leastReplicas = (context: Context, node: Node): number =>
  (context.given(node, 'replicas')?.value ?? 1) > 1 ? 2 : 1;

/** A budget says how slow is too slow: its own, or that of every request through it. */
function isBound(context: Context, node: Node): boolean {
  const requests = context.referrers(node, 'request');
  const bound = (n: Node) => context.value(n, 'budget') !== undefined;
  return bound(node) || (requests.length > 0 && requests.every(bound));
}

/** Of the same maker, so that the same software runs on it; with units for the format of the weights; priced where the present one is. */
function isAlike(context: Context, node: Node, now: Node, other: Node): boolean {
  const maker = (hardware: Node) => /^\w+/.exec(textOf(context, hardware, 'source') ?? '')?.[0];
  const model = context.reference(node, 'model');
  const format = model && weightFormat(context, node, model);
  const native = (hardware: Node) => format !== undefined && computeFormat(context, hardware, format) === format;
  const elsewhere = (hardware: Node) =>
    priceOf(context, node, hardware)?.assumption?.includes('is listed for') ?? false;
  return maker(now) === maker(other) && native(other) === native(now) && elsewhere(now) === elsewhere(other);
}

function wayWith(input: RuleInput, node: Node, hardware: Node, devices: number): CheaperWay | undefined {
  const { context } = input;
  const split: Written[] = context.given(node, 'tensor_parallel') ? [quantity(node, 'tensor_parallel', devices)] : [];
  const machine = [pool(node, 'hardware', devices, hardware.name), ...split];
  const sized = tried(input, node, [...machine, without('replicas')]);
  const memory = memoryOf(sized, node);
  if (memory && memory.needs > memory.has) return undefined;
  const loads = input.worlds().filter((world) => !strainOf(world.context, node));
  const counts = loads.flatMap(({ context: world }) =>
    needed(tried({ context: world }, node, [...machine, without('replicas')]), node),
  );
  const replicas = Math.max(leastReplicas(context, node), ...counts);
  if (counts.length === 0) return undefined;
  const auto = context.isAuto(node, 'replicas') || context.value(node, 'replicas') === undefined;
  const fixed = figure(sized, node, 'serving.replicas')?.value;
  const written = auto && fixed === replicas ? machine : [...machine, quantity(node, 'replicas', replicas)];
  const after = tried(input, node, written);
  const cost = figure(after, node, 'serving.cost');
  const requests = context.referrers(node, 'request');
  const sound = !strainOf(after, node) && requests.every((r) => overOf(after, r).length <= overOf(context, r).length);
  return cost && sound ? { hardware, devices, replicas, cost, written, after } : undefined;
}

const needed = (context: Context, node: Node): number[] =>
  ['serving.replicas_for_load', 'serving.replicas_for_budget'].flatMap((q) => figure(context, node, q)?.value ?? []);

export function useCheaper(input: RuleInput, node: Node, way: CheaperWay, where = ''): Fix {
  const { devices, hardware, replicas, cost, written } = way;
  const now = figure(input.context, node, 'serving.cost')!;
  const many = replicas === 1 ? '1 replica' : `${replicas} replicas`;
  return fixOf(
    input,
    node,
    written,
    `Use ${devices} x ${hardware.name}${where}, ${many}, ${cost.display} instead of ${now.display}`,
  );
}
