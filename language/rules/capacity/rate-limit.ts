import { arrivalsOf, trafficOf } from '../../estimate/load.ts';
import type { Value } from '../../model/design.ts';
import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule } from '../rule.ts';
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
      const names = arrivalsOf(context, node).map(({ request }) => `\`${request.name}\``);
      yield {
        at: valueSpan(input, node, 'rate_limit'),
        message: `${names.join(' and ')} ${names.length > 1 ? 'bring' : 'brings'} ${format(traffic, RATE)}; above ${format(limit.value, RATE)} requests are refused, ${percent(1 - limit.value / traffic, 'short')} of them.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: raised(node.properties.get('rate_limit')?.value, traffic),
      };
    }
  },
};

function raised(value: Value | undefined, traffic: number): Fix[] {
  const text = value?.form === 'quantity' ? movedBound(value.expression, traffic, true) : undefined;
  if (text === undefined || value?.form !== 'quantity') return [];
  return [{ title: `Raise the limit to ${text}`, edits: [{ at: value.expression.span, text }] }];
}
