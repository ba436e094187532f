import { hopsOf } from '../../estimate/request/path.ts';
import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure } from '../figures.ts';
import type { Rule } from '../rule.ts';

export const overBudget: Rule = {
  name: 'latency/over-budget',
  severity: 'error',
  summary: 'The latency of a request is above its budget; names the hop that takes most.',
  inScenarios: true,
  *check({ design, context }) {
    for (const node of design.nodes) {
      const budget = node.kind === 'request' ? context.value(node, 'budget') : undefined;
      if (budget?.form !== 'conditions') continue;
      for (const { metric, percentile, bound, span } of budget.conditions) {
        const limit = context.evaluate(bound, node.name);
        const reached =
          percentile && metric === 'latency' ? figure(context, node, `request.latency_p${percentile}`) : undefined;
        if (!reached || limit?.dimension !== TIME || reached.value <= limit.value) continue;
        const slowest = hopsOf(context, node).reduce((a, b) => (b.share > a.share ? b : a));
        const round = Math.ceil(reached.value * 1000 * 1.05);
        yield {
          at: span,
          message: `p${percentile} is ${format(reached.value, TIME)}, ${format(reached.value - limit.value, TIME)} over the budget of ${format(limit.value, TIME)}. \`${slowest.node.name}\` takes most: ${format(slowest.p99, TIME)} at p99.`,
          subject: node.name,
          related: [{ at: slowest.span, message: `\`${slowest.node.name}\` is called here.` }],
          fixes: [{ title: `Raise the budget to ${round}ms`, edits: [{ at: bound.span, text: `${round}ms` }] }],
        };
      }
    }
  },
};
