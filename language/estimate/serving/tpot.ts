import { useAnswer } from '../answer.ts';
import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Time per output token: reading weights and caches, or computing, with reductions, launches, and the prefills of other requests. */
export const tpot: Estimator = {
  quantities: ['serving.tpot_p50', 'serving.tpot_p95'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!generates(context, node)) return { missing: ['a `model` that generates'] };
    if (!useAnswer(sheet, context, node)) return sheet.result();
    if (quantity.endsWith('p50')) return sheet.result('TPOT');
    sheet.step('TPOT p95', 'TPOT * TPOT_tail');
    return sheet.result();
  },
};
