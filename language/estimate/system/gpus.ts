import type { Estimator } from '../context.ts';
import { occupantsOf, useOccupancy } from '../occupancy.ts';
import { Sheet } from '../sheet.ts';

/** Accelerators of the whole design: all servings, and all trainings at the same time. */
export const gpus: Estimator = {
  quantities: ['system.gpus'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const occupants = occupantsOf(context);
    if (occupants.length === 0) sheet.lacks('a serving or a training');
    useOccupancy(sheet, context, occupants, 'GPUs');
    return sheet.result();
  },
};
