import type { Context } from '../../estimate/context.ts';
import { latencyOf, replicasForPath } from '../../estimate/solve.ts';
import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { mostReached, widerBound } from '../bounds.ts';
import { faster } from '../capacity/larger.ts';
import { replicasFix } from '../capacity/replicas.ts';
import { figured } from '../figures.ts';
import type { Fix, Report, Rule, RuleInput } from '../rule.ts';
import { type Over, overOf } from '../strain.ts';

export const overBudget: Rule = {
  name: 'latency/over-budget',
  severity: 'error',
  summary: 'The latency of a request is above its budget; names the hop that takes most.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'request'))
      for (const over of overOf(input.context, node)) yield reportOf(input, node, over);
  },
};

function reportOf(input: RuleInput, node: Node, over: Over): Report {
  const { condition, reached, limit, slowest } = over;
  const reachedIn = (context: Context) => latencyOf(context, node, condition.percentile!);
  const most = `\`${slowest.node.name}\` takes most: ${format(slowest.p99, TIME)} at p99, ${percent(slowest.weight, 'short')} of the whole.`;
  return {
    at: condition.span,
    message: `p${condition.percentile} is ${format(reached, TIME)}, ${format(reached - limit, TIME)} over the budget of ${format(limit, TIME)}. ${most}`,
    subject: node.name,
    related: [{ at: slowest.span, message: `\`${slowest.node.name}\` is called here.` }],
    fixes: () => [
      ...moreReplicas(input, node, over),
      ...(slowest.node.kind === 'serving' ? faster(input, node, slowest.node) : []),
      ...widerBound(condition.bound, mostReached(input, reached, reachedIn), input.scenario),
    ],
  };
}

function moreReplicas(input: RuleInput, request: Node, { condition, limit, slowest: { node } }: Over): Fix[] {
  if (node.kind !== 'serving') return [];
  const replicas = replicasForPath(input.context, request, node, condition.percentile!, limit);
  return replicas === undefined ? [] : [replicasFix(input, node, replicas, ` in \`${node.name}\``)];
}
