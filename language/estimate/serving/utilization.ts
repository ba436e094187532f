import { useCapacity } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** The share of its time that a replica is busy: the load over what all replicas can do. Above 100% there is no steady state. */
export const utilization: Estimator = {
  quantities: ['serving.utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const load = useDemand(sheet, context, node);
    sheet.take('replicas', node, 'serving.replicas');
    const speed = useCapacity(sheet, context, node);
    sheet.step('capacity of a replica', speed?.rate('1') ?? '0');
    sheet.step('busy', `${load} / (replicas * capacity_of_a_replica)`);
    return sheet.result();
  },
};
