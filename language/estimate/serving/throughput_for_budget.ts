import { isTokenBound } from '../capacity.ts';
import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { SHARE_WITHIN_LIMIT } from '../pass-constants.ts';
import { Sheet } from '../sheet.ts';

/** What one replica carries within a latency limit, from what it was measured to do when nobody waits: batches are smaller, and arrivals uneven. */
export const throughputForBudget: Estimator = {
  quantities: ['serving.throughput_for_budget'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const budget = context.value(node, 'budget');
    if (budget?.form !== 'conditions' || !budget.conditions.some((c) => c.percentile !== undefined))
      sheet.lacks('`budget`');
    if (isTokenBound(context, node) || !context.given(node, 'throughput'))
      sheet.lacks('`throughput`, as measured of a saturated replica');
    if (sheet.lacking.length > 0) return sheet.result();
    sheet.property('throughput');
    useConstant(sheet, SHARE_WITHIN_LIMIT);
    sheet.step('throughput for budget', 'throughput * share_within_a_limit');
    sheet.assume('a replica answers at least ten requests in the time of the limit');
    return sheet.result();
  },
};
