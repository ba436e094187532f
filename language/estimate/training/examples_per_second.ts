import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';
import { useExamplesSeen } from '../training-compute.ts';

/** Examples (or sequences) that the devices of a job could take in a second: steps × batch / time, without waiting for a loader. */
export const examplesPerSecond: Estimator = {
  quantities: ['training.examples_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useExamplesSeen(sheet, context, node);
    const unbounded = context.set(new Map([[`${node.name}.loader`, { form: 'auto' }]]));
    sheet.cite('time', unbounded.estimate(node, 'training.time'));
    sheet.step('examples per second', 'examples_seen / time');
    sheet.assume('data arrives in time: this is what the devices could take');
    return sheet.result('examples per second');
  },
};
