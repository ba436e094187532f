import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';
import { CHECKPOINT_BANDWIDTH } from '../training-constants.ts';

/**
 * The interval between checkpoints that loses least time to writing them and to repeating what a failure lost: sqrt(2 × write time × time
 * between failures) (Young, A first order approximation to the optimum checkpoint interval, 1974).
 */
export const checkpointInterval: Estimator = {
  quantities: ['training.checkpoint_interval'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('checkpoint', node, 'training.checkpoint_bytes');
    sheet.use('GPUs', context.pool(node, 'hardware')[0]?.count, '`hardware`');
    sheet.property('failures');
    useConstant(sheet, CHECKPOINT_BANDWIDTH);
    sheet.step('write time', 'checkpoint / (GPUs * checkpoint_bandwidth)');
    sheet.step('time between failures', '1 / (failures * GPUs)');
    sheet.step('checkpoint interval', 'sqrt(2 * write_time * time_between_failures)', 'Young, 1974');
    sheet.assume('the devices write together, each at the given bandwidth, and training waits while they do');
    return sheet.result('checkpoint interval');
  },
};
