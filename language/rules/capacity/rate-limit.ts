import { arrivalsOf, trafficOf } from '../../estimate/load.ts';
import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured, moving, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { trafficOrigin } from './replicas.ts';

export const rateLimit: Rule = {
  name: 'capacity/rate-limit',
  severity: 'warning',
  summary: 'A gateway refuses a part of the traffic that the requests declare.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'gateway')) {
      const limit = context.given(node, 'rate_limit');
      const traffic = trafficOf(context, node);
      if (limit?.dimension !== RATE || traffic === undefined || traffic <= limit.value * (1 + 1e-9)) continue;
      const names = arrivalsOf(context, node)
        .map(({ request }) => `\`${request.name}\``)
        .sort();
      yield {
        at: valueSpan(input, node, 'rate_limit'),
        message: `${names.join(' and ')} ${names.length > 1 ? 'bring' : 'brings'} ${format(traffic, RATE)}; above ${format(limit.value, RATE)} requests are refused, ${percent(1 - limit.value / traffic, 'short')} of them.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: moving(input, node, 'rate_limit', {
          to: traffic,
          up: true,
          title: (text) => `Raise the limit to ${text}`,
        }),
      };
    }
  },
};
