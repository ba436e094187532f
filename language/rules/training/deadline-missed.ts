import type { Node } from '../../model/design.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { exceeded } from '../training-strain.ts';
import { moreDevices } from './more-devices.ts';

export const deadlineMissed: Rule = {
  name: 'training/deadline-missed',
  severity: 'error',
  summary: 'A training run takes longer than its deadline.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const late = exceeded(context, node, 'training.time', 'deadline');
      if (!late) continue;
      const { figure: time, limit } = late;
      const [part] = context.pool(node, 'hardware');
      const on = part ? ` on ${format(part.count.value, NUMBER)} x ${part.hardware.name}` : '';
      yield {
        at: valueSpan(input, node, 'deadline'),
        message: `The run takes ${time.display}${on}, ${format(time.value - limit, TIME)} longer than the deadline of ${format(limit, TIME)}.`,
        subject: node.name,
        ...(part && { related: [{ at: part.span, message: 'It runs here.' }] }),
        fixes: () => [...moreDevices(input, node, limit), ...later(input, node, time.value)],
      };
    }
  },
};

/** Not where the next run begins before. */
function later(input: RuleInput, node: Node, time: number): Fix[] {
  if (exceeded(input.context, node, 'training.search_time', 'every')) return [];
  const value = input.context.value(node, 'deadline');
  const text = value?.form === 'quantity' ? movedBound(value.expression, time, true) : undefined;
  if (text === undefined || value?.form !== 'quantity') return [];
  return [{ title: `Move the deadline to ${text}`, edits: [{ at: value.expression.span, text }] }];
}
