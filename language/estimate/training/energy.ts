import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Electrical energy of one run, or of all trials of a search (J): its GPU-hours × the thermal design power of a device. */
export const energy: Estimator = {
  quantities: ['training.energy'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('GPU hours', node, 'training.gpu_hours');
    const hardware = context.pool(node, 'hardware')[0]?.hardware;
    if (hardware) sheet.use('tdp', context.given(hardware, 'tdp'), `\`tdp\` of \`${hardware.name}\``);
    sheet.step('energy', 'GPU_hours * tdp');
    sheet.assume('the devices draw their design power all the time; hosts, network and cooling are not counted');
    return sheet.result('energy');
  },
};
