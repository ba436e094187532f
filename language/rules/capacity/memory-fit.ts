import { format, percent } from '../../units/format.ts';
import { BYTES } from '../../units/dimension.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { memoryOf } from '../strain.ts';
import { roomier } from './roomier.ts';

export const memoryFit: Rule = {
  name: 'capacity/memory-fit',
  severity: 'error',
  summary: 'Weights, caches and overhead of a serving do not fit into the memory of its accelerators.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const memory = memoryOf(context, node);
      const [part] = context.pool(node, 'hardware');
      if (!memory || !part || memory.needs <= memory.has) continue;
      const { needs, caches, has, estimate } = memory;
      const weights = estimate.steps.find((row) => row.label === 'weights of a GPU')?.value ?? 0;
      const [largest, bytes] =
        caches > weights ? ['the caches of the requests in flight', caches] : ['the weights', weights];
      const model = context.reference(node, 'model');
      yield {
        at: valueSpan(input, node, 'hardware'),
        message: `Each ${part.hardware.name} needs ${format(needs, BYTES)} and has ${format(has, BYTES)}: ${largest} take most, ${format(bytes, BYTES)} or ${percent(bytes / needs, 'short')}. The replica cannot start.`,
        subject: node.name,
        related:
          model && !design.isCatalog(model)
            ? [{ at: model.nameSpan, message: `\`${model.name}\` is declared here.` }]
            : [],
        fixes: () => roomier(input, node, part),
      };
    }
  },
};
