import { NUMBER } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { cheaperWay, useCheaper } from './cheaper.ts';

export const cheaperHardware: Rule = {
  name: 'cost/cheaper-hardware',
  severity: 'info',
  summary: 'Another accelerator serves the same load within its budgets for at least a fifth less.',
  slow: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const way = cheaperWay(input, node);
      const [part] = context.pool(node, 'hardware');
      if (!way || !part) continue;
      const { devices, hardware, replicas, cost } = way;
      const now = figure(context, node, 'serving.cost')!;
      const have = `${format(part.count.value, NUMBER)} x ${part.hardware.name}`;
      yield {
        at: valueSpan(input, node, 'hardware'),
        message: `${replicas === 1 ? '1 replica' : `${format(replicas, NUMBER)} replicas`} of ${devices} x ${hardware.name} would carry the same load for ${cost.display}, ${percent(1 - cost.value / now.value, 'short')} less than ${now.display} on ${have}.`,
        subject: node.name,
        related: context
          .referrers(node, 'request')
          .map((request) => ({ at: request.nameSpan, message: `\`${request.name}\` would keep its budget.` })),
        fixes: () => [useCheaper(input, node, way)],
      };
    }
  },
};
