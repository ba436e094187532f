import type { Estimator } from '../context.ts';
import { useRows } from '../load.ts';
import { Sheet } from '../sheet.ts';

/** Rows that the requests read of a view: traffic × calls × rows, over all flows through it (rows per second). */
export const readsPerSecond: Estimator = {
  quantities: ['features.reads_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useRows(sheet, context, node);
    return sheet.result('rows');
  },
};
