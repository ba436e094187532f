import type { Estimator } from '../context.ts';
import { usePrice } from '../price.ts';
import { Sheet } from '../sheet.ts';

/** What one run costs, or all trials of a search: its GPU-hours × the price of one device. */
export const cost: Estimator = {
  quantities: ['training.cost'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('GPU hours', node, 'training.gpu_hours');
    const hardware = context.pool(node, 'hardware')[0]?.hardware;
    if (hardware) sheet.step('cost', `GPU_hours * ${usePrice(sheet, context, node, hardware)}`);
    return sheet.result('cost');
  },
};
