import { replicaWord, unitOfWork } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** The fewest replicas that carry the load at the target utilization, whatever number is declared. */
export const replicasForLoad: Estimator = {
  quantities: ['serving.replicas_for_load'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const load = useDemand(sheet, context, node);
    const label = `${unitOfWork(context, node)} per ${replicaWord(context, node)}`;
    sheet.take(label, node, 'serving.throughput_per_replica');
    sheet.step('replicas for the load', `ceil(${load} / ${label.replaceAll(' ', '_')})`);
    return sheet.result();
  },
};
