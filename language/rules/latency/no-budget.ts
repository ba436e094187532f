import type { Context } from '../../estimate/context.ts';
import { generates } from '../../estimate/capacity.ts';
import type { Node } from '../../model/design.ts';
import { timeAbove } from '../bounds.ts';
import { insertion } from '../edits.ts';
import { absence, figure, figured } from '../figures.ts';
import { callsIn } from '../flow.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';

export const noBudget: Rule = {
  name: 'latency/no-budget',
  severity: 'info',
  summary: 'A request, or an online serving that no request with one goes through, has no latency budget.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    const requests = figured(design, 'request').filter(
      (n) => n.whole && !context.value(n, 'budget') && waits(context, n),
    );
    const servings = figured(design, 'serving').filter((n) => n.whole && isUnbound(context, n));
    for (const node of [...requests, ...servings])
      yield {
        at: node.nameSpan,
        message: `\`${node.name}\` has no latency budget: nothing says how slow is too slow, so no figure can be wrong.`,
        subject: node.name,
        severity: absence(context),
        fixes: () => reached(input, node),
      };
  },
};

/** Whether it waits for any part of its flow. */
function waits(context: Context, request: Node): boolean {
  const flow = context.value(request, 'flow');
  return flow?.form === 'flow' && callsIn(flow.flow).some((call) => !call.free);
}

/** Somebody waits for it, and nothing says how long they may. A request through it says so itself, or is told to. */
const isUnbound = (context: Context, node: Node): boolean =>
  context.word(node, 'pattern') === 'online' &&
  !context.value(node, 'budget') &&
  context.referrers(node, 'request').length === 0;

/** What is reached now, with a little room, in the design as written and in every scenario; nothing where one of them has no latency. */
function reached(input: RuleInput, node: Node): Fix[] {
  const worlds = input.worlds();
  const bounds = metricsOf(input.context, node).flatMap(([metric, quantity]) => {
    const values = worlds.flatMap(({ context }) => figure(context, node, quantity)?.value ?? []);
    return values.length === worlds.length ? [`${metric} < ${timeAbove(Math.max(...values))}`] : [];
  });
  if (bounds.length === 0) return [];
  const text = `budget: ${bounds.join(', ')}`;
  return [{ title: `Add \`${text}\`, which is reached now`, edits: [insertion(node, text)] }];
}

function metricsOf(context: Context, node: Node): readonly (readonly [metric: string, quantity: string])[] {
  if (node.kind === 'request') return [['p99', 'request.latency_p99']];
  if (!generates(context, node)) return [['p99', 'serving.latency_p99']];
  return [
    ['ttft p95', 'serving.ttft_p95'],
    ['tpot p95', 'serving.tpot_p95'],
  ];
}
