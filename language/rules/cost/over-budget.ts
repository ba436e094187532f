import type { Node } from '../../model/design.ts';
import { MONEY_RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import { valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { overspent } from './budget.ts';
import { cheaperWay, useCheaper } from './cheaper.ts';

export const costOverBudget: Rule = {
  name: 'cost/over-budget',
  severity: 'error',
  summary: 'What runs costs more than the budget of the system.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    const over = overspent(context);
    if (!over || !design.nodes.includes(over.system)) return;
    const { system, cost, limit, partial } = over;
    const parts = cost.steps
      .filter(({ label, dimension }) => label.endsWith(' cost') && dimension === MONEY_RATE)
      .map(({ label, value }) => ({ node: context.find(label.slice(0, -' cost'.length)), value }))
      .flatMap(({ node, value }) => (node ? [{ node, value }] : []))
      .sort((a, b) => b.value - a.value);
    const [most] = parts;
    const share =
      most && parts.length > 1
        ? ` \`${most.node.name}\` takes ${percent(most.value / cost.value, 'short')} of it.`
        : '';
    yield {
      at: valueSpan(input, system, 'budget'),
      message: `The design costs ${partial ? 'at least ' : ''}${cost.display}, ${percent(cost.value / limit - 1, 'short')} over its budget of ${format(limit, MONEY_RATE)}.${share}`,
      subject: system.name,
      related: parts.slice(0, 3).map(({ node, value }) => ({
        at: node.nameSpan,
        message: `\`${node.name}\` costs ${format(value, MONEY_RATE)}.`,
      })),
      fixes: () => [
        ...cheaperServings(
          input,
          parts.map(({ node }) => node),
        ),
        ...raised(input, system, cost.value),
      ],
    };
  },
};

/** Other hardware for the part that costs most, where that brings the whole within the budget. */
function cheaperServings(input: RuleInput, parts: readonly Node[]): Fix[] {
  for (const node of parts.filter(({ kind }) => kind === 'serving')) {
    const way = cheaperWay(input, node);
    if (way && !overspent(way.after)) return [useCheaper(input, node, way, ` in \`${node.name}\``)];
  }
  return [];
}

function raised(input: RuleInput, system: Node, cost: number): Fix[] {
  const value = input.context.value(system, 'budget');
  const text = value?.form === 'quantity' ? movedBound(value.expression, cost, true) : undefined;
  if (text === undefined || value?.form !== 'quantity') return [];
  return [{ title: `Raise the budget to ${text}`, edits: [{ at: value.expression.span, text }] }];
}
