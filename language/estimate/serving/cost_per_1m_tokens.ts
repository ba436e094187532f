import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Cost of a million output tokens at the load there is. */
export const costPer1mTokens: Estimator = {
  quantities: ['serving.cost_per_1m_tokens'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('tokens per second', node, 'serving.tokens_per_second');
    sheet.take('cost', node, 'serving.cost');
    sheet.step('cost per 1M tokens', '1000000 * cost / tokens_per_second');
    return sheet.result();
  },
};
