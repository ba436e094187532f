import type { Context } from '../../estimate/context.ts';
import { type Hop, hopsOf } from '../../estimate/request/path.ts';
import { latencyOf, replicasForPath } from '../../estimate/solve.ts';
import type { Condition, Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { replicasFix } from '../capacity/replicas.ts';
import type { Fix, Report, Rule } from '../rule.ts';

export const overBudget: Rule = {
  name: 'latency/over-budget',
  severity: 'error',
  summary: 'The latency of a request is above its budget; names the hop that takes most.',
  inScenarios: true,
  *check({ design, context }) {
    for (const node of design.nodes) {
      const budget = node.kind === 'request' ? context.value(node, 'budget') : undefined;
      if (budget?.form !== 'conditions') continue;
      for (const condition of budget.conditions) {
        const report = judge(context, node, condition);
        if (report) yield report;
      }
    }
  },
};

function judge(context: Context, node: Node, { metric, percentile, bound, span }: Condition): Report | undefined {
  const limit = context.evaluate(bound, node.name);
  const reached = percentile && metric === 'latency' ? latencyOf(context, node, percentile) : undefined;
  if (!percentile || reached === undefined || limit?.dimension !== TIME || reached <= limit.value) return undefined;
  const slowest = hopsOf(context, node).reduce((a, b) => (b.weight > a.weight ? b : a));
  const most = `\`${slowest.node.name}\` takes most: ${format(slowest.p99, TIME)} at p99, ${percent(slowest.weight, 'short')} of the whole.`;
  return {
    at: span,
    message: `p${percentile} is ${format(reached, TIME)}, ${format(reached - limit.value, TIME)} over the budget of ${format(limit.value, TIME)}. ${most}`,
    subject: node.name,
    related: [{ at: slowest.span, message: `\`${slowest.node.name}\` is called here.` }],
    fixes: [...moreReplicas(context, node, slowest, percentile, limit.value), ...wider(bound, reached)],
  };
}

function moreReplicas(context: Context, request: Node, { node }: Hop, percentile: number, bound: number): Fix[] {
  if (node.kind !== 'serving') return [];
  const replicas = replicasForPath(context, request, node, percentile, bound);
  return replicas === undefined
    ? []
    : replicasFix(node, replicas).map((fix) => ({ ...fix, title: `${fix.title} in \`${node.name}\`` }));
}

function wider(bound: Condition['bound'], reached: number): Fix[] {
  const text = movedBound(bound, reached, true);
  return text === undefined ? [] : [{ title: `Widen the budget to ${text}`, edits: [{ at: bound.span, text }] }];
}
