import { type Arrival, arrivalsOf } from '../../estimate/load.ts';
import type { Expression, Node, Value } from '../../model/design.ts';
import { NUMBER, RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { readLiteral } from '../../units/literal.ts';
import { rateAtLeast } from '../bounds.ts';
import { figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { type Change, consequences, numberValue } from '../what-if.ts';

export const trafficMismatch: Rule = {
  name: 'capacity/traffic-mismatch',
  severity: 'warning',
  summary: 'A serving is given less traffic than the flows of the requests bring to it.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const given = context.given(node, 'traffic');
      const arrivals = given ? arrivalsOf(context, node) : [];
      const brought = sumOf(arrivals);
      if (given?.dimension !== RATE || given.value >= brought * (1 - 1e-9)) continue;
      yield {
        at: valueSpan(input, node, 'traffic'),
        message: `The requests bring ${format(brought, RATE)} to \`${node.name}\`, but ${format(given.value, RATE)} is written and wins: every figure is that of ${percent(given.value / brought, 'short')} of the load.`,
        subject: node.name,
        related: arrivals.map(({ request, traffic, calls }) => ({
          at: request.properties.get('traffic')?.valueSpan ?? request.nameSpan,
          message: `\`${request.name}\` brings ${format(traffic.value * calls, RATE)}.`,
        })),
        fixes: () => fixes(input, node),
      };
    }
  },
};

const sumOf = (arrivals: readonly Arrival[]): number => arrivals.reduce((sum, a) => sum + a.traffic.value * a.calls, 0);

function fixes(input: RuleInput, node: Node): Fix[] {
  const change = (value: Value) => new Map([[`${node.name}.traffic`, value]]);
  const arrivals = arrivalsOf(input.context, node);
  const remove = node.properties.get('traffic');
  const removal = consequences(input, change({ form: 'quantity', expression: following(arrivals) }), [node]);
  return [
    ...(remove
      ? [
          {
            title: `Remove \`traffic\`, so that it follows the requests${removal}`,
            edits: [{ at: { ...remove.keySpan, end: remove.valueSpan.end }, text: '', line: true as const }],
          },
        ]
      : []),
    ...written(input, node, change),
  ];
}

/** A number has to be enough for every scenario. */
function written(input: RuleInput, node: Node, change: (value: Value) => Change): Fix[] {
  const text = rateAtLeast(Math.max(...input.worlds().map(({ context }) => sumOf(arrivalsOf(context, node)))));
  const literal = readLiteral(text);
  if ('wrong' in literal) return [];
  const broken = consequences(input, change(numberValue(literal.value, RATE, node.nameSpan)), [node]);
  return [{ title: `Set traffic to ${text}${broken}`, edits: [writing(input, node, 'traffic', text)] }];
}

/** What the flows bring, as an expression: each scenario has its own. */
const following = (arrivals: readonly Arrival[]): Expression =>
  arrivals
    .map(({ request, calls }): Expression => {
      const span = request.nameSpan;
      const traffic: Expression = { op: 'member', subject: { name: request.name, span }, path: ['traffic'], span };
      const factor: Expression = { op: 'number', value: calls, dimension: NUMBER, text: String(calls), span };
      return { op: '*', left: traffic, right: factor, span };
    })
    .reduce((left, right) => ({ op: '+', left, right, span: left.span }));
