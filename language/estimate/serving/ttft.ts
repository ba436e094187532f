import { useAnswer } from '../answer.ts';
import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Time to first token: the prefill of the prompt, and what it waits for those of others. Known only roughly. */
export const ttft: Estimator = {
  quantities: ['serving.ttft_p50', 'serving.ttft_p95'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!generates(context, node)) return { missing: ['a `model` that generates'] };
    if (!useAnswer(sheet, context, node)) return sheet.result();
    if (quantity.endsWith('p50')) return sheet.result('TTFT');
    sheet.step('TTFT p95', 'TTFT * TTFT_tail');
    return sheet.result();
  },
};
