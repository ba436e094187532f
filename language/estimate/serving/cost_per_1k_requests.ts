import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** Cost of a thousand requests (examples for a batch), those that a cache answers among them. */
export const costPer1kRequests: Estimator = {
  quantities: ['serving.cost_per_1k_requests'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('cost', node, 'serving.cost');
    useDemand(sheet, context, node);
    sheet.step('cost per 1k requests', '1000 * cost / traffic');
    return sheet.result();
  },
};
