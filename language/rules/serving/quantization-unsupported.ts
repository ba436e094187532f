import { computeFormat, weightFormat } from '../../estimate/hardware.ts';
import type { Node } from '../../model/design.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, word } from '../trial.ts';

export const quantizationUnsupported: Rule = {
  name: 'serving/quantization-unsupported',
  severity: 'warning',
  summary: 'The weights of a serving have a number format that its accelerator does not multiply in.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const model = context.reference(node, 'model');
      const [part] = context.pool(node, 'hardware');
      // a latency that is given or measured has its format in it
      if (!model || !part || context.given(node, 'latency')) continue;
      const format = weightFormat(context, node, model);
      const found = computeFormat(context, part.hardware, format);
      const asked = valueSpan(input, node, 'quantization');
      if (!found || found === format || (asked === node.nameSpan && !context.value(model, 'precision'))) continue;
      const own = asked === node.nameSpan;
      yield {
        at: asked,
        message: `${part.hardware.name} does not multiply in ${format}${own ? `, which \`${model.name}\` has` : ''}: the weights stay in ${format}, and are multiplied in ${found}. That saves memory and what is read of it, and no operations: prompts and large batches are no faster than in ${found}.`,
        subject: node.name,
        // integers of 4 bits are made to be stored, and a model is published in the format that it has
        severity: own || format === 'int4' ? 'info' : 'warning',
        related: [{ at: part.span, message: `It runs on ${part.hardware.name}.` }],
        fixes: () => narrower(input, node, format, found),
      };
    }
  },
};

const SAME_SIZE: Readonly<Record<string, string>> = { fp8: 'int8', int8: 'fp8', fp4: 'int4', int4: 'fp4' };

/** What the accelerator multiplies in: of the same size where there is one, else the wider one that is used anyway. */
function narrower(input: RuleInput, node: Node, format: string, found: string): Fix[] {
  const { context } = input;
  const [part] = context.pool(node, 'hardware');
  const same = SAME_SIZE[format];
  const native = same && part && computeFormat(context, part.hardware, same) === same ? same : found;
  return [fixOf(input, node, [word(node, 'quantization', native)], `Quantize to ${native}`)];
}
