import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { arrivalsOf, trafficOf } from '../../estimate/load.ts';
import { figure, figured, moving, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { trafficOrigin } from './replicas.ts';

export const reviewOverload: Rule = {
  name: 'capacity/review-overload',
  severity: 'error',
  summary: 'A review by people, or another component with a capacity, gets more than it can do.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'service')) {
      const busy = figure(context, node, 'service.utilization');
      const capacity = context.given(node, 'capacity');
      const load = trafficOf(context, node);
      if (!busy || !capacity || load === undefined || busy.value <= 1 + 1e-9) continue;
      const people = context.word(node, 'type') === 'human_review';
      const share = arrivalsOf(context, node).length === 1 ? context.given(node, 'share') : undefined;
      yield {
        at: valueSpan(input, node, 'capacity'),
        message: `${format(load, RATE)} come, ${percent(busy.value, 'short')} of the ${format(capacity.value, RATE)} that \`${node.name}\` can take: ${people ? 'cases pile up, and their labels come later every day' : 'the queue grows without end'}.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: [
          ...moving(input, node, 'capacity', { to: load, up: true, title: (text) => `Raise the capacity to ${text}` }),
          ...(share
            ? moving(input, node, 'share', {
                to: share.value / busy.value,
                up: false,
                title: (text) => `Send only ${text} of the requests there`,
              })
            : []),
        ],
      };
    }
  },
};
