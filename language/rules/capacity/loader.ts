import type { Node } from '../../model/design.ts';
import { RATE, TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { rateAtLeast } from '../bounds.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';

export const loader: Rule = {
  name: 'capacity/loader',
  severity: 'warning',
  summary: 'A data loader delivers fewer examples than the accelerators take.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const delivers = context.given(node, 'loader');
      const takes = figure(context, node, 'training.examples_per_second');
      const time = figure(context, node, 'training.time');
      if (delivers?.dimension !== RATE || !takes || !time || takes.value <= delivers.value * (1 + 1e-9)) continue;
      const slower = takes.value / delivers.value;
      const [part] = context.pool(node, 'hardware');
      yield {
        at: valueSpan(input, node, 'loader'),
        message: `The accelerators take ${takes.display} examples and the loader delivers ${format(delivers.value, RATE)}: they wait ${percent(1 - 1 / slower, 'short')} of the time, and the run takes ${time.display} instead of ${format(time.value / slower, TIME)}.`,
        subject: node.name,
        ...(part && { related: [{ at: part.span, message: 'These wait.' }] }),
        fixes: () => faster(input, node, takes.value),
      };
    }
  },
};

function faster(input: RuleInput, node: Node, takes: number): Fix[] {
  const text = rateAtLeast(takes);
  return [fixOf(input, node, [quantity(node, 'loader', takes, text, RATE)], `Deliver ${text}`)];
}
