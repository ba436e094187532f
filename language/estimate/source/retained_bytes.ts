import { NUMBER } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Data that a source keeps: its data rate × the retention, or a number of records × the size of one (bytes). */
export const retainedBytes: Estimator = {
  quantities: ['source.retained_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const records = context.given(node, 'records');
    if (records?.dimension === NUMBER && !context.given(node, 'rate')) {
      sheet.use('records', records);
      sheet.property('record');
      sheet.step('retained data', 'records * record');
      return sheet.result();
    }
    sheet.take('data rate', node, 'source.bytes_per_second');
    sheet.property('retention');
    sheet.step('retained data', 'data_rate * retention');
    sheet.assume('one copy, not compressed');
    return sheet.result();
  },
};
