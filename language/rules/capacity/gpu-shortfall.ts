import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { replicasFix, trafficOrigin, trafficText } from './replicas.ts';

export const gpuShortfall: Rule = {
  name: 'capacity/gpu-shortfall',
  severity: 'error',
  summary: 'Fewer replicas than the load needs at the utilization that the design asks for.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const strain = strainOf(context, node);
      const each = figure(context, node, 'serving.throughput_per_replica');
      const load = trafficText(context, node);
      if (strain?.is !== 'short' || !each || !load) continue;
      const { needed, has } = strain;
      const share = figure(context, node, 'serving.utilization');
      const carried = each.value * has.value;
      const [pool] = context.pool(node, 'hardware');
      const hardware = pool ? ` of ${format(pool.count.value, pool.count.dimension)} x ${pool.hardware.name}` : '';
      const target = context.input(node, 'utilization')!.value;
      yield {
        at: valueSpan(input, node, 'replicas'),
        message: `${load} needs ${needed.display}${hardware} at ${percent(target)} busy; ${has.value} carry ${format(carried, RATE)}, ${percent(target / (share?.value ?? 1), 'short')} of it${share ? `, and would be ${percent(share.value, 'short')} busy` : ''}.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: () => [replicasFix(input, node, needed.value)],
      };
    }
  },
};
