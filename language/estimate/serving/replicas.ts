import { replicaWord, unitOfWork } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { Sheet } from '../sheet.ts';

/** Replicas: as given, or as many as the load needs at the target utilization, within `min_replicas` and `max_replicas`. */
export const replicas: Estimator = {
  quantities: ['serving.replicas'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const given = context.given(node, 'replicas');
    if (given) {
      sheet.use('replicas', given);
      return sheet.result();
    }
    if (context.value(node, 'replicas') && !context.isAuto(node, 'replicas'))
      return { missing: ['`replicas` that can be computed'] };
    const load = useDemand(sheet, context, node);
    const label = `${unitOfWork(context, node)} per ${replicaWord(context, node)}`;
    sheet.take(label, node, 'serving.throughput_per_replica');
    const least = context.given(node, 'min_replicas');
    const most = context.given(node, 'max_replicas');
    if (least) sheet.use('min replicas', least);
    if (most) sheet.use('max replicas', most);
    const needed = `ceil(${load} / ${label.replaceAll(' ', '_')})`;
    const floor = least ? `max(min_replicas, ${needed})` : sheet.valueOf(load) === 0 ? `max(1, ${needed})` : needed;
    sheet.step('replicas', most ? `min(max_replicas, ${floor})` : floor);
    sheet.assume('replicas share one queue');
    return sheet.result();
  },
};
