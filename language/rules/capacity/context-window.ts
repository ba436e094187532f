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
        const tokens = Math.floor(left);
        const title = `Cut the ${path} to ${format(tokens, NUMBER)} tokens`;
        return tokens > 0 ? [{ title, edits: [writing(input, node, path, `${tokens} tokens`)] }] : [];
      };
      yield {
        at: valueSpan(input, node, 'input'),
        message: `${format(read.value, NUMBER)} tokens in${written > 0 ? ` and ${format(written, NUMBER)} out` : ''} are ${format(read.value + written - window.value, NUMBER)} more than the ${format(window.value, NUMBER)} that \`${model.name}\` can look at: requests are refused or cut.`,
        subject: node.name,
        related:
          window.from === 'catalog'
            ? []
            : [{ at: window.span ?? model.nameSpan, message: 'The context of the model.' }],
        fixes: [...shorter('input', window.value - written), ...shorter('output', window.value - read.value)],
      };
    }
  },
};
