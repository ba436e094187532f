import type { Estimator } from '../context.ts';
import { useTraffic } from '../load.ts';
import { Sheet } from '../sheet.ts';

/** Share of a component's capacity that the requests through it take. */
export const utilization: Estimator = {
  quantities: ['service.utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useTraffic(sheet, context, node);
    sheet.property('capacity');
    sheet.step('utilization', 'traffic / capacity');
    return sheet.result('utilization');
  },
};
