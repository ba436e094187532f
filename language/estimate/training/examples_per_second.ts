import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Examples (or sequences) that the devices of a job take in a second: steps × batch / time. */
export const examplesPerSecond: Estimator = {
  quantities: ['training.examples_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (context.given(node, 'examples') && !context.given(node, 'steps')) {
      sheet.property('examples');
      sheet.property('epochs');
      sheet.step('examples seen', 'examples * epochs');
    } else {
      sheet.cite('steps', context.estimate(node, 'training.steps'));
      sheet.property('batch');
      sheet.step('examples seen', 'steps * batch');
    }
    sheet.cite('time', context.estimate(node, 'training.time'));
    sheet.step('examples per second', 'examples_seen / time');
    sheet.assume('data arrives in time: this is what the devices could take');
    return sheet.result('examples per second');
  },
};
