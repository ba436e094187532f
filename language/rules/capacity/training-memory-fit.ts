import { BYTES } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { hasWrongStrategy } from '../training/strategy.ts';
import { isTooLarge, leastMemoryOf } from '../training-strain.ts';
import { smaller } from './smaller.ts';

export const trainingMemoryFit: Rule = {
  name: 'capacity/training-memory-fit',
  severity: 'error',
  summary: 'The states and activations of a training do not fit into the memory of its accelerators.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const memory = leastMemoryOf(context, node);
      const [part, more] = context.pool(node, 'hardware');
      if (!memory || !part || more || !isTooLarge(context, node) || hasWrongStrategy(context, node)) continue;
      const { needs, has, largest, least } = memory;
      const model = context.reference(node, 'model');
      const share = percent(largest.bytes / needs, 'short');
      yield {
        at: valueSpan(input, node, 'hardware'),
        message: `Each ${part.hardware.name} needs ${format(needs, BYTES)}${least ? ' with a micro-batch of one' : ''} and has ${format(has, BYTES)}: ${largest.label} take${largest.label === 'overhead' ? 's' : ''} most, ${format(largest.bytes, BYTES)} or ${share}. The run would stop in its first step.`,
        subject: node.name,
        related:
          model && !design.isCatalog(model)
            ? [{ at: model.nameSpan, message: `\`${model.name}\` is declared here.` }]
            : [],
        fixes: () => smaller(input, node, part),
      };
    }
  },
};
