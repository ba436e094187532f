import { percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { larger } from './larger.ts';
import { replicasFix, trafficOrigin, trafficText } from './replicas.ts';

export const kvCache: Rule = {
  name: 'capacity/kv-cache',
  severity: 'error',
  summary: 'The key-value caches of the requests that the load keeps in flight do not fit.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const strain = strainOf(context, node);
      if (strain?.is !== 'full') continue;
      const { needs, fits } = strain;
      const busy = figure(context, node, 'serving.utilization');
      const needed = figure(context, node, 'serving.replicas_for_load');
      yield {
        at: valueSpan(input, node, 'hardware'),
        message: `${trafficText(context, node) ?? 'The load'} keeps ${needs.display} in flight in each replica, and the caches of ${fits.display} fit beside the weights${busy ? `: it is ${percent(busy.value, 'short')} busy, and the queue grows without end` : ''}.${needed ? ` ${needed.display} are enough, or more memory for each.` : ''}`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: () => [...(needed ? [replicasFix(input, node, needed.value)] : []), ...larger(input, node)],
      };
    }
  },
};
