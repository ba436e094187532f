import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { replicasFix } from './replicas.ts';

export const batchWindow: Rule = {
  name: 'capacity/batch-window',
  severity: 'error',
  summary: 'A batch scoring takes longer than the time between its runs.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const strain = strainOf(context, node);
      if (strain?.is !== 'late') continue;
      const { duration, every } = strain;
      const has = figure(context, node, 'serving.replicas');
      const needed = figure(context, node, 'serving.replicas_for_load');
      yield {
        at: valueSpan(input, node, 'every'),
        message: `A run takes ${duration.display} with ${has?.display ?? 'its replicas'}, and the next begins after ${format(every.value, TIME)}: each starts later than the one before.${needed ? ` ${needed.display} finish in time.` : ''}`,
        subject: node.name,
        related: [{ at: valueSpan(input, node, 'examples'), message: 'What one run scores.' }],
        fixes: () => (needed ? [replicasFix(input, node, needed.value)] : []),
      };
    }
  },
};
