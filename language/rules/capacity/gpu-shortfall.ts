import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, isUnstable, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { replicasFix, trafficOrigin, trafficText } from './replicas.ts';

export const gpuShortfall: Rule = {
  name: 'capacity/gpu-shortfall',
  severity: 'error',
  summary: 'Fewer replicas than the load needs at the utilization that the design asks for.',
  inScenarios: true,
  *check({ design, context }) {
    for (const node of design.nodes) {
      if (
        node.kind !== 'serving' ||
        !context.given(node, 'utilization') ||
        !context.given(node, 'replicas') ||
        isUnstable(context, node)
      )
        continue;
      const needed = figure(context, node, 'serving.replicas_for_load');
      const each = figure(context, node, 'serving.throughput_per_replica');
      const has = figure(context, node, 'serving.replicas');
      const load = trafficText(context, node);
      if (!needed || !each || !has || !load || needed.value <= has.value) continue;
      const share = figure(context, node, 'serving.utilization');
      const carried = each.value * has.value;
      const [pool] = context.pool(node, 'hardware');
      const hardware = pool ? ` of ${format(pool.count.value, pool.count.dimension)} x ${pool.hardware.name}` : '';
      const target = context.input(node, 'utilization')!.value;
      yield {
        at: valueSpan(node, 'replicas'),
        message: `${load} needs ${needed.display}${hardware} at ${percent(target)} busy; ${has.value} carry ${format(carried, RATE)}, ${percent(target / (share?.value ?? 1), 'short')} of it${share ? `, and would be ${percent(share.value, 'short')} busy` : ''}.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: replicasFix(node, needed.value),
      };
    }
  },
};
