import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { type Range, rangeOf } from '../strain.ts';
import { consequences, numberValue } from '../what-if.ts';
import { trafficOrigin, trafficText } from './replicas.ts';

export const autoscaleRange: Rule = {
  name: 'capacity/autoscale-range',
  severity: 'error',
  summary: 'Autoscaling ends before there are as many replicas as the peak needs.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const range = rangeOf(context, node);
      if (!range) continue;
      const { needed, most, busy } = range;
      const over = busy >= 1 - 1e-9;
      const target = percent(context.input(node, 'utilization')?.value ?? 0.5);
      const asked = context.given(node, 'utilization') ? `the ${target} that is asked for` : `the usual ${target}`;
      yield {
        at: valueSpan(input, node, 'max_replicas'),
        message: `${trafficText(context, node) ?? 'The load'} needs ${needed.display}, and autoscaling ends at ${format(most, NUMBER)}: they would be ${percent(busy, 'short')} busy, ${over ? 'and the queue grows without end' : `above ${asked}`}.`,
        subject: node.name,
        ...(!over && !context.given(node, 'utilization') && { severity: 'hint' as const }),
        related: trafficOrigin(context, node),
        fixes: () => [raised(input, node, range)],
      };
    }
  },
};

function raised(input: RuleInput, node: Node, { needed }: Range): Fix {
  const change = new Map([[`${node.name}.max_replicas`, numberValue(needed.value, NUMBER, node.nameSpan)]]);
  return {
    title: `Let it grow to ${needed.value}${consequences(input, change, [node])}`,
    edits: [writing(input, node, 'max_replicas', String(needed.value))],
  };
}
