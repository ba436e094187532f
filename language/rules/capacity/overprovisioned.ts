import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { replicasFix, trafficOrigin } from './replicas.ts';

/** Under a quarter busy at its peak, a pool is mostly paid for and not used. */
const FEW = 0.25;

export const overprovisioned: Rule = {
  name: 'capacity/overprovisioned',
  severity: 'info',
  summary: 'Replicas are under 25% busy even at the peak, and fewer would do.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const path = context.given(node, 'replicas') ? 'replicas' : 'min_replicas';
      const has = context.given(node, path);
      if (!has || context.word(node, 'pattern') === 'batch' || !isIdle(context, node)) continue;
      const peak = peakOf(input, node);
      if (!peak || peak.needed >= has.value) continue;
      yield {
        at: valueSpan(input, node, path),
        message: `${path === 'replicas' ? '' : 'At least '}${has.value} replicas are ${percent(peak.busy, 'short')} busy at the peak${peak.scenario === null ? '' : ` (${peak.scenario})`}; ${peak.needed} carry it${context.value(node, 'budget') ? ' and keep the budget' : ''}.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: () => [path === 'replicas' ? replicasFix(input, node, peak.needed) : leastFix(input, node, peak.needed)],
      };
    }
  },
};

/** Autoscaling then takes what the load needs. */
const leastFix = (input: RuleInput, node: Node, replicas: number): Fix => ({
  title: `Let it shrink to ${replicas}`,
  edits: [writing(input, node, 'min_replicas', String(replicas))],
});

/** No load at all is another matter. */
function isIdle(context: Context, node: Node): boolean {
  const busy = figure(context, node, 'serving.utilization')?.value ?? 1;
  return busy > 0 && busy < FEW;
}

/** The busiest of the design as written and its scenarios, and what all of them need; undefined where one is busier, or not known. */
function peakOf(
  { worlds }: RuleInput,
  node: Node,
): { scenario: string | null; busy: number; needed: number } | undefined {
  let peak = { scenario: null as string | null, busy: 0, needed: 2 };
  for (const { scenario, context } of worlds()) {
    const busy = figure(context, node, 'serving.utilization')?.value;
    const load = figure(context, node, 'serving.replicas_for_load')?.value;
    const budget = context.value(node, 'budget') ? figure(context, node, 'serving.replicas_for_budget')?.value : 0;
    if (busy === undefined || busy >= FEW || load === undefined || budget === undefined) return undefined;
    const needed = Math.max(peak.needed, load, budget);
    peak = busy > peak.busy ? { scenario, busy, needed } : { ...peak, needed };
  }
  return peak;
}
