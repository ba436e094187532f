import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** Output tokens a second that the traffic asks for. */
export const tokensPerSecond: Estimator = {
  quantities: ['serving.tokens_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!generates(context, node)) return { missing: ['a model that generates'] };
    const load = useDemand(sheet, context, node);
    sheet.property('output');
    sheet.step('tokens per second', `${load} * output`);
    return sheet.result();
  },
};
