import { unitOfWork } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { usePrice } from '../price.ts';
import { Sheet } from '../sheet.ts';

/** What the accelerators of a serving cost: all the time, or for the length of each run where it is a batch. */
export const cost: Estimator = {
  quantities: ['serving.cost'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('GPUs', node, 'serving.gpus');
    const hardware = context.pool(node, 'hardware')[0]?.hardware;
    const price = hardware ? usePrice(sheet, context, node, hardware) : '0';
    const every = context.given(node, 'every');
    if (unitOfWork(context, node) === 'requests' || !every) {
      sheet.step('cost', `GPUs * ${price}`);
      return sheet.result();
    }
    sheet.take('duration', node, 'serving.duration');
    sheet.use('every', every);
    sheet.step('cost', `GPUs * ${price} * min(1, duration / every)`);
    sheet.assume('a batch run is paid for while it lasts');
    return sheet.result();
  },
};
