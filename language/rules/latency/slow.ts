import type { Context } from '../../estimate/context.ts';
import { isMissing } from '../../estimate/estimate.ts';
import type { Condition, Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { mostReached, widerBound } from '../bounds.ts';
import { larger } from '../capacity/larger.ts';
import { replicasFix, trafficOrigin } from '../capacity/replicas.ts';
import { figure, figured } from '../figures.ts';
import type { Fix, Report, RuleInput } from '../rule.ts';
import { type Broken, reachedBy, strainOf } from '../strain.ts';
import { consequences } from '../what-if.ts';

/** What a serving says of the bounds of its own budget that it breaks, for one of the metrics: the three rules differ in nothing else. */
export function* slowReports(input: RuleInput, metric: 'latency' | 'ttft' | 'tpot'): Iterable<Report> {
  for (const node of figured(input.design, 'serving')) {
    const strain = strainOf(input.context, node);
    if (strain?.is !== 'slow') continue;
    for (const broken of strain.broken) if (broken.condition.metric === metric) yield reportOf(input, node, broken);
  }
}

function reportOf(input: RuleInput, node: Node, { condition, reached, limit }: Broken): Report {
  const { context } = input;
  const busy = figure(context, node, 'serving.utilization');
  const has = figure(context, node, 'serving.replicas');
  const enough = figure(context, node, 'serving.replicas_for_budget');
  const more = enough && has && enough.value > has.value ? enough.value : undefined;
  const what = `${condition.metric === 'latency' ? '' : `${condition.metric.toUpperCase()} `}p${condition.percentile}`;
  const loaded = busy && has ? ` with ${has.display} ${percent(busy.value, 'short')} busy` : '';
  const help = more === undefined ? whyNotMore(context, node) : ` ${format(more, enough!.dimension)} would keep it.`;
  return {
    at: condition.span,
    message: `${what} is ${format(reached, TIME)}${loaded}, ${format(reached - limit, TIME)} over the budget of ${format(limit, TIME)}.${help}`,
    subject: node.name,
    related: trafficOrigin(context, node),
    fixes: () => [
      ...(more === undefined ? [] : [replicasFix(input, node, more)]),
      ...larger(input, node),
      ...wider(input, node, condition, reached),
    ],
  };
}

/** Why no number of replicas is named. */
function whyNotMore(context: Context, node: Node): string {
  if (context.given(node, 'concurrency')) return ' With a given `concurrency`, more replicas do not change it.';
  const answer = context.estimate(node, 'serving.replicas_for_budget');
  const alone = isMissing(answer) && answer.missing.some((m) => m.includes('no number of replicas'));
  return alone ? ' More replicas do not help: one request alone takes longer.' : '';
}

/** With a wider budget here, a request may be the one that is late. */
function wider(input: RuleInput, node: Node, condition: Condition, reached: number): Fix[] {
  const budget = input.context.value(node, 'budget');
  if (budget?.form !== 'conditions' || condition.bound.op !== 'number') return [];
  const most = mostReached(input, reached, (context) => reachedBy(context, node, condition));
  const bound = { ...condition.bound, value: most.value };
  const conditions = budget.conditions.map((c) => (c === condition ? { ...c, bound } : c));
  const broken = consequences(input, new Map([[`${node.name}.budget`, { ...budget, conditions }]]), [node]);
  return widerBound(condition.bound, most, input.scenario).map((fix) => ({ ...fix, title: `${fix.title}${broken}` }));
}
