import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule } from '../rule.ts';

export const contextWindow: Rule = {
  name: 'capacity/context-window',
  severity: 'error',
  summary: 'Input and output of a request are together longer than the context of the model.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const model = context.reference(node, 'model');
      const window = model && context.given(model, 'context');
      const read = context.given(node, 'input');
      const written = context.given(node, 'output')?.value ?? 0;
      if (!model || !window || !read || read.value + written <= window.value) continue;
      const shorter = (path: string, left: number): Fix[] => {
        const whole = Math.floor(left);
        const title = `Cut the ${path} to ${whole} tokens`;
        return whole > 0 ? [{ title, edits: [writing(input, node, path, `${whole} tokens`)] }] : [];
      };
      yield {
        at: valueSpan(input, node, 'input'),
        message: `${tokens(read.value)} tokens in${written > 0 ? ` and ${tokens(written)} out` : ''} are ${tokens(read.value + written - window.value)} more than the ${tokens(window.value)} that \`${model.name}\` can look at: requests are refused or cut.`,
        subject: node.name,
        related:
          window.from === 'catalog'
            ? []
            : [{ at: valueSpan(input, model, 'context'), message: 'The context of the model.' }],
        fixes: [...shorter('input', window.value - written), ...shorter('output', window.value - read.value)],
      };
    }
  },
};

const tokens = (value: number): string => format(Math.round(value), NUMBER);
