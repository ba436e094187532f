import type { Node } from '../../model/design.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { consequences, poolValue } from '../what-if.ts';

export const deadlineMissed: Rule = {
  name: 'training/deadline-missed',
  severity: 'error',
  summary: 'A training run takes longer than its deadline.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const time = figure(context, node, 'training.time');
      const deadline = context.given(node, 'deadline');
      if (!time || deadline?.dimension !== TIME || time.value <= deadline.value) continue;
      const [part] = context.pool(node, 'hardware');
      const on = part ? ` on ${format(part.count.value, NUMBER)} x ${part.hardware.name}` : '';
      yield {
        at: valueSpan(input, node, 'deadline'),
        message: `The run takes ${time.display}${on}, ${format(time.value - deadline.value, TIME)} longer than the deadline of ${format(deadline.value, TIME)}.`,
        subject: node.name,
        ...(part && { related: [{ at: part.span, message: 'It runs here.' }] }),
        fixes: () => [...moreDevices(input, node, deadline.value), ...later(input, node, time.value)],
      };
    }
  },
};

/** The fewest that are enough, as a multiple of what a replica of the model takes, and of whole nodes of eight. */
function moreDevices(input: RuleInput, node: Node, deadline: number): Fix[] {
  const { context } = input;
  const value = context.value(node, 'hardware');
  const [part, more] = context.pool(node, 'hardware');
  const count = value?.form === 'pool' ? value.parts[0]?.count : undefined;
  if (!part || more || count?.op !== 'number') return [];
  const parallel = ['tensor_parallel', 'pipeline_parallel'].map((p) => context.given(node, p)?.value ?? 1);
  const step = Math.max(parallel[0]! * parallel[1]!, part.count.value >= 8 ? 8 : 1);
  const name = part.hardware.name;
  const changed = (n: number) => new Map([[`${node.name}.hardware`, poolValue(n, name, part.span)]]);
  const timeWith = (n: number) => figure(context.set(changed(n)), node, 'training.time');
  const enough = (n: number) => (timeWith(n)?.value ?? Number.POSITIVE_INFINITY) <= deadline;
  let few = Math.floor(part.count.value / step);
  let many = Math.max(1, few) * 32;
  if (!enough(many * step)) return [];
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2);
    if (enough(middle * step)) many = middle;
    else few = middle;
  }
  const devices = many * step;
  const title = `Use ${devices} x ${name}, ${timeWith(devices)!.display}${consequences(input, changed(devices), [node])}`;
  return [{ title, edits: [{ at: count.span, text: String(devices) }] }];
}

function later(input: RuleInput, node: Node, time: number): Fix[] {
  const value = input.context.value(node, 'deadline');
  const text = value?.form === 'quantity' ? movedBound(value.expression, time, true) : undefined;
  if (text === undefined || value?.form !== 'quantity') return [];
  return [{ title: `Move the deadline to ${text}`, edits: [{ at: value.expression.span, text }] }];
}
