import { gpusByHardware } from '../estimate/cluster/gpus_used.ts';
import type { Context } from '../estimate/context.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Node, Requirement, Value } from '../model/design.ts';
import { MONEY_RATE, NUMBER } from '../units/dimension.ts';
import { format, percent } from '../units/format.ts';
import { overspent } from './cost/budget.ts';
import { figure, withoutPlace } from './figures.ts';
import { failedRequirements, requirementsOn } from './require/requirements.ts';
import type { RuleInput } from './rule.ts';
import { memoryOf, overOf, strainOf } from './strain.ts';
import { exceeded, isTooLarge, unevenOf } from './training-strain.ts';

export { numberValue, poolValue } from './values.ts';

/** Values that a fix would write, by `Subject.property`. */
export type Change = ReadonlyMap<string, Value>;

/**
 * What a change of some declarations would break, as the end of a fix's title: `: 9 L4 over the pool of Serving`. Empty where it
 * breaks nothing, in the design as written and in every scenario.
 */
export function consequences({ worlds }: RuleInput, change: Change, nodes: readonly Node[]): string {
  const [{ context: written }] = worlds();
  const concerned = worlds().map((world) => ({
    ...world,
    requirements: requirementsOn(world.context, [...change.keys()]),
  }));
  const key = withoutPlace([[...change], concerned.map(({ scenario, requirements }) => [scenario, requirements])]);
  // kept from one keystroke to the next, for as long as nothing changes that was looked at
  return written.once(`consequences:${key}`, () => {
    const requests = nodes.flatMap((node) => written.referrers(node, 'request'));
    const about = [...nodes, ...requests];
    const said = new Map<string, string>();
    for (const { scenario, context, requirements } of concerned) {
      const before = troubles(context, about, requirements);
      for (const [what, words] of troubles(context.set(change), about, requirements)) {
        if (before.has(what) || said.has(what)) continue;
        said.set(what, scenario === null ? words : `${words} in ${scenario}`);
      }
    }
    return said.size === 0 ? '' : `: ${[...said.values()].join(', ')}`;
  });
}

/** What is wrong with some declarations and requirements and with the clusters, in words; the keys are the facts. */
function troubles(context: Context, about: readonly Node[], requirements: readonly Requirement[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const node of about) {
    if (node.kind === 'serving') ofServing(context, node, found);
    if (node.kind === 'request' && overOf(context, node).length > 0)
      found.set(`over ${node.name}`, `\`${node.name}\` over its budget`);
    const homeless = unplaced(context, node);
    if (homeless) found.set(`unplaced ${node.name} ${homeless.name}`, `no cluster has ${homeless.name}`);
    if (node.kind === 'training') ofTraining(context, node, found);
  }
  for (const cluster of context.all('cluster')) ofCluster(context, cluster, found);
  const over = overspent(context);
  if (over) {
    const more = format(over.cost.value - over.limit, MONEY_RATE, 'short');
    found.set(`cost ${over.system.name}`, `${more} over the budget of \`${over.system.name}\``);
  }
  for (const { conditionSpan, condition, left } of failedRequirements(context, requirements))
    found.set(
      `require ${conditionSpan.at.offset + conditionSpan.start}`,
      `${condition.left.op === 'member' ? `${left} ` : ''}breaks a requirement`,
    );
  return found;
}

function ofServing(context: Context, node: Node, found: Map<string, string>): void {
  const strain = strainOf(context, node);
  const memory = memoryOf(context, node);
  const busy = figure(context, node, 'serving.utilization');
  if (memory && memory.needs > memory.has) found.set(`memory ${node.name}`, `\`${node.name}\` does not fit`);
  if (strain?.is === 'unstable' || strain?.is === 'full' || strain?.is === 'capped' || strain?.is === 'short')
    found.set(`${strain.is} ${node.name}`, `\`${node.name}\` ${busy ? percent(busy.value, 'short') : '100%'} busy`);
  if (strain?.is === 'late')
    found.set(`late ${node.name}`, `a run of \`${node.name}\` takes ${strain.duration.display}`);
  if (strain?.is === 'slow' || strain?.is === 'waiting')
    found.set(`slow ${node.name}`, `\`${node.name}\` over its budget`);
}

function ofTraining(context: Context, node: Node, found: Map<string, string>): void {
  const say = (fact: string, words: string) => found.set(`${fact} ${node.name}`, `\`${node.name}\` ${words}`);
  const late = exceeded(context, node, 'training.time', 'deadline');
  if (late) say('late', `misses its deadline with ${late.figure.display}`);
  const overlap = exceeded(context, node, 'training.search_time', 'every');
  if (overlap) say('overlap', `runs into its next run with ${overlap.figure.display}`);
  if (isTooLarge(context, node)) say('memory', 'does not fit');
  for (const { what } of unevenOf(context, node)) say(`uneven ${what}`, `does not divide its ${what}`);
}

function ofCluster(context: Context, cluster: Node, found: Map<string, string>): void {
  for (const { hardware, used, has } of poolsOf(context, cluster))
    if (used > has)
      found.set(
        `pool ${cluster.name} ${hardware.name}`,
        has === 0
          ? `\`${cluster.name}\` has no ${hardware.name}`
          : `${format(used - has, NUMBER)} ${hardware.name} over the pool of \`${cluster.name}\``,
      );
}

/**
 * The hardware of a serving or training that no cluster has, where there are clusters. One that it names has to have it. Cores of servers are
 * seldom declared as a pool, and what is embedded runs in no cluster.
 */
export function unplaced(context: Context, node: Node): Node | undefined {
  const hardware = context.pool(node, 'hardware')[0]?.hardware;
  const named = context.reference(node, 'cluster');
  const clusters = named ? [named] : context.all('cluster');
  if (!hardware || clusters.length === 0) return undefined;
  if (!named && (hardware.name === 'CPU' || context.word(node, 'pattern') === 'embedded')) return undefined;
  const has = (cluster: Node) => context.pool(cluster, 'pool').some((part) => part.hardware === hardware);
  return clusters.some((c) => context.pool(c, 'pool').length === 0 || has(c)) ? undefined : hardware;
}

/** What runs at once in a cluster beside what it has, by hardware. */
export function poolsOf(context: Context, cluster: Node): { hardware: Node; used: number; has: number }[] {
  const pool = context.pool(cluster, 'pool');
  return [...gpusByHardware(context, cluster)].flatMap(([hardware, answer]) => {
    const has = pool.filter((p) => p.hardware === hardware).reduce((sum, p) => sum + p.count.value, 0);
    return isMissing(answer) ? [] : [{ hardware, used: answer.value, has }];
  });
}
