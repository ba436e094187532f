import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Accelerator time of one run, or of all trials of a search: the devices × the time (in seconds of one device). */
export const gpuHours: Estimator = {
  quantities: ['training.gpu_hours'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('time', node, 'training.time');
    sheet.use('GPUs', context.pool(node, 'hardware')[0]?.count, '`hardware`');
    const search = context.given(node, 'trials');
    if (search) sheet.use('trials', search);
    sheet.step('GPU hours', search ? 'GPUs * time * trials' : 'GPUs * time');
    return sheet.result('GPU hours');
  },
};
