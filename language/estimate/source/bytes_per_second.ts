import { RATE } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Data rate of a source: its records per time × the size of one (bytes per second). */
export const bytesPerSecond: Estimator = {
  quantities: ['source.bytes_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const records = context.given(node, 'records');
    const rate = context.given(node, 'rate') ?? (records?.dimension === RATE ? records : undefined);
    sheet.use('rate', rate, '`rate`, or `records` per time');
    sheet.property('record');
    sheet.step('data rate', 'rate * record');
    return sheet.result();
  },
};
