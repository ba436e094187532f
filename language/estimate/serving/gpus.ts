import type { Estimator } from '../context.ts';
import { useDevices } from '../hardware.ts';
import { Sheet } from '../sheet.ts';

/** Accelerators of all replicas: replicas × the devices of one. */
export const gpus: Estimator = {
  quantities: ['serving.gpus'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('replicas', node, 'serving.replicas');
    useDevices(sheet, context, node);
    sheet.step('GPUs', 'replicas * GPUs_per_replica');
    return sheet.result();
  },
};
