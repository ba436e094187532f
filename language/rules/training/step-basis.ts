import type { PoolInput } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { consequences } from '../what-if.ts';
import { impossible } from './implausible-step.ts';

export const stepBasis: Rule = {
  name: 'training/step-basis',
  severity: 'info',
  summary: 'A step time on several accelerators that does not say on how many it was measured.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const value = context.value(node, 'step');
      const [part] = context.pool(node, 'hardware');
      if (value?.form !== 'quantity' || value.on || !part || !(part.count.value > 1)) continue;
      if (context.given(node, 'scaling') || impossible(context, node)) continue;
      const time = figure(context, node, 'training.time');
      const pool = `${format(part.count.value, NUMBER)} x ${part.hardware.name}`;
      yield {
        at: value.expression.span,
        message: `A \`step\` without \`on\` is that of one ${part.hardware.name}, and the run on ${pool} is taken to be so much faster${time ? `: ${time.display}` : ''}. Write \`on ${pool}\` if it was measured on all of them.`,
        subject: node.name,
        related: [{ at: part.span, message: 'The job runs here.' }],
        fixes: () => [measured(input, node, part, part.count.value, 'all'), measured(input, node, part, 1, 'one')],
      };
    }
  },
};

/** `on 8 x A100_80GB`, with the time that follows. */
function measured(input: RuleInput, node: Node, { hardware, span }: PoolInput, count: number, which: string): Fix {
  const value = input.context.value(node, 'step');
  if (value?.form !== 'quantity') return { title: '', edits: [] };
  const number = { op: 'number' as const, value: count, dimension: NUMBER, text: String(count), span };
  const on = { form: 'pool' as const, parts: [{ count: number, hardware: { name: hardware.name, span }, span }] };
  const change = new Map([[`${node.name}.step`, { ...value, on }]]);
  const time = figure(input.context.set(change), node, 'training.time');
  const text = ` on ${format(count, NUMBER)} x ${hardware.name}`;
  const at = { ...value.expression.span, start: value.expression.span.end };
  const title = `Measured on ${which}: add \`${text.trim()}\`${time ? `, ${time.display}` : ''}${consequences(input, change, [node])}`;
  return { title, edits: [{ at, text }] };
}
