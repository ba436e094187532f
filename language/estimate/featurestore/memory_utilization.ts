import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Share of the online store's memory that its views take. */
export const memoryUtilization: Estimator = {
  quantities: ['featurestore.memory_utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('online data', node, 'featurestore.online_bytes');
    sheet.property('nodes');
    sheet.property('memory');
    sheet.step('memory utilization', 'online_data / (nodes * memory)');
    return sheet.result('memory utilization');
  },
};
