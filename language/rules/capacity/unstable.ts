import { percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { larger } from './larger.ts';
import { replicasFix, trafficOrigin, trafficText } from './replicas.ts';

export const unstable: Rule = {
  name: 'capacity/unstable',
  severity: 'error',
  summary: 'The load is 100% or more of what the replicas can carry: the queue grows without end.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      if (strainOf(context, node)?.is !== 'unstable') continue;
      const busy = figure(context, node, 'serving.utilization')!;
      const needed = figure(context, node, 'serving.replicas_for_load');
      const replicas = figure(context, node, 'serving.replicas');
      const load = trafficText(context, node);
      yield {
        at: valueSpan(input, node, 'replicas'),
        message: `${load ?? 'The load'} is ${percent(busy.value, 'short')} of what ${replicas?.display ?? 'the replicas'} can carry at most: the queue grows without end, and there is no latency.${needed ? ` ${needed.display} would be ${percent(context.input(node, 'utilization')?.value ?? 0.5)} busy at most.` : ''}`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: () => [
          ...(needed && Number.isFinite(needed.value) ? [replicasFix(input, node, needed.value)] : []),
          ...larger(input, node),
        ],
      };
    }
  },
};
