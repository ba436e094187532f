import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** How long the first request of a batch waits for others: as long as it may, or until the batch is full at this load (s). */
export const batchWait: Estimator = {
  quantities: ['serving.batch_wait'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const most = context.given(node, 'batching.max');
    sheet.use('batch', most, '`batching.max`');
    sheet.property('batching.wait', undefined, 'wait');
    const load = useDemand(sheet, context, node);
    sheet.step('time to fill', `(batch - 1) / ${load}`);
    sheet.step('batch wait', 'min(wait, time_to_fill)');
    sheet.assume('batches are filled from one queue that all replicas share');
    return sheet.result();
  },
};
