import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { exceeded } from '../training-strain.ts';
import { moreDevices } from './more-devices.ts';

export const scheduleOverlap: Rule = {
  name: 'training/schedule-overlap',
  severity: 'error',
  summary: 'A training that repeats is not done when its next run begins.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const overlap = exceeded(context, node, 'training.search_time', 'every');
      if (!overlap || isLate(input, node)) continue;
      const { figure, limit } = overlap;
      const [part] = context.pool(node, 'hardware');
      yield {
        at: valueSpan(input, node, 'every'),
        message: `A run takes ${figure.display} and the next begins after ${format(limit, TIME)}: runs pile up, ${format(figure.value - limit, TIME)} further behind each time.`,
        subject: node.name,
        ...(part && { related: [{ at: part.span, message: 'It runs here.' }] }),
        fixes: () => [
          ...moreDevices(input, node, limit, 'training.search_time'),
          ...lessOften(input, node, figure.value),
        ],
      };
    }
  },
};

/** The missed deadline is said instead: what mends it mends this. */
const isLate = ({ context }: RuleInput, node: Node): boolean =>
  ['training.time', 'training.search_time'].some((quantity) => exceeded(context, node, quantity, 'deadline'));

function lessOften(input: RuleInput, node: Node, time: number): Fix[] {
  const value = input.context.value(node, 'every');
  const text = value?.form === 'quantity' ? movedBound(value.expression, time, true) : undefined;
  if (text === undefined || value?.form !== 'quantity') return [];
  return [{ title: `Run it every ${text}`, edits: [{ at: value.expression.span, text }] }];
}
