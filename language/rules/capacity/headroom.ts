import { percent } from '../../units/format.ts';
import { figure, figured } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { replicasFix, trafficOrigin } from './replicas.ts';

export const headroom: Rule = {
  name: 'capacity/headroom',
  severity: 'info',
  summary: 'With one replica lost, the others are overloaded.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const busy = figure(context, node, 'serving.utilization');
      const has = figure(context, node, 'serving.replicas');
      if (context.word(node, 'pattern') === 'batch' || !busy || !has || has.value < 2) continue;
      const rest = (busy.value * has.value) / (has.value - 1);
      if (rest < 1 || strainOf(context, node)) continue;
      const enough = Math.floor(busy.value * has.value + 1e-9) + 2;
      yield {
        at: node.nameSpan,
        message: `With one of ${has.display} lost, the others would be ${percent(rest, 'short')} busy: a crash or a restart makes the queue grow without end. ${enough} replicas survive it.`,
        subject: node.name,
        related: trafficOrigin(context, node),
        fixes: () => [replicasFix(input, node, enough)],
      };
    }
  },
};
