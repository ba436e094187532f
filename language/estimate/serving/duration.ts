import { replicaWord, unitOfWork } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** How long one batch run takes: its examples over what all replicas do at their target utilization. */
export const duration: Estimator = {
  quantities: ['serving.duration'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (unitOfWork(context, node) !== 'examples') return { missing: ['`pattern: batch`'] };
    sheet.property('examples');
    sheet.take('replicas', node, 'serving.replicas');
    const label = `examples per ${replicaWord(context, node)}`;
    sheet.take(label, node, 'serving.throughput_per_replica');
    sheet.step('duration', `examples / (replicas * ${label.replaceAll(' ', '_')})`);
    return sheet.result();
  },
};
