import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { type Reached, useAnswerAt } from '../answer.ts';
import { isTokenBound } from '../capacity.ts';
import type { Context, Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { quantile } from '../numeric/distribution.ts';
import { useQueue } from '../response.ts';
import { key, Sheet } from '../sheet.ts';

/** The fewest replicas that hold a serving's own latency budget at its load. */
export const replicasForBudget: Estimator = {
  quantities: ['serving.replicas_for_budget'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const budget = context.value(node, 'budget');
    const writes = isTokenBound(context, node);
    const conditions =
      budget?.form === 'conditions'
        ? budget.conditions.filter((c) => c.percentile !== undefined && (writes || c.metric === 'latency'))
        : [];
    if (conditions.length === 0) sheet.lacks('`budget`');
    const bounds = conditions.map((c, i) =>
      `${c.metric} p${c.percentile} bound ${conditions.slice(0, i).some((d) => d.metric === c.metric && d.percentile === c.percentile) ? i + 1 : ''}`.trim(),
    );
    for (const [i, c] of conditions.entries()) sheet.use(bounds[i]!, context.evaluate(c.bound, node.name));
    const reached = writes ? useAnswerAt(sheet, context, node) : pooled(sheet, context, node);
    if (!reached || sheet.lacking.length > 0) return sheet.result();
    const holds = (replicas: number) =>
      conditions.every((c, i) => reached.at(replicas, c.metric, c.percentile! / 100) <= sheet.valueOf(bounds[i]!));
    const fewest = least(holds, reached.start);
    if (fewest === undefined) {
      sheet.lacks('a budget that one request alone keeps: no number of replicas does');
      return sheet.result();
    }
    reached.explain(fewest);
    const kept = conditions.map((c, i) => `p${c.percentile}(${reached.text(c.metric)}), ${key(bounds[i]!)}`).join(', ');
    const measured = writes ? undefined : context.estimate(node, 'serving.throughput_for_budget');
    const limited = measured !== undefined && !isMissing(measured);
    sheet.numeric(
      limited ? 'replicas in the queue' : 'replicas for budget',
      `fewest(replicas_tried, ${kept})`,
      fewest,
      NUMBER,
      'the fewest replicas that keep every bound, by bisection',
    );
    if (!limited) return sheet.result();
    sheet.cite('throughput for budget', measured);
    sheet.step('replicas for budget', `max(replicas_in_the_queue, ceil(${loadOf(sheet)} / throughput_for_budget))`);
    return sheet.result();
  },
};

/** the row of what reaches the replicas */
const loadOf = (sheet: Sheet): string => (sheet.has('load') ? 'load' : 'traffic');

function pooled(sheet: Sheet, context: Context, node: Node): Reached | undefined {
  const queue = useQueue(sheet, context, node);
  if (!queue) return undefined;
  return {
    text: () => queue.text.replace('replicas', 'replicas_tried'),
    explain: (replicas) => sheet.fact('replicas tried', replicas, NUMBER, 'derived'),
    start: queue.start,
    at: (replicas, metric, percentile) => {
      const of = metric === 'latency' ? queue.at(replicas) : null;
      return of ? quantile(of, percentile) : Number.POSITIVE_INFINITY;
    },
  };
}

/**
 * Where a condition, once it holds, holds for all more: the fewest. Undefined where not even many times as many as carry the load do.
 * `start` carries the load; the answer is most often near it, so steps grow from there.
 */
function least(holds: (n: number) => boolean, start: number): number | undefined {
  if (!Number.isFinite(start)) return undefined;
  let low = start - 1;
  let high = start;
  for (let step = 1; !holds(high); step *= 2) {
    if (step > 64 * start) return undefined;
    low = high;
    high += step;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
