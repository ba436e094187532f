import type { Context } from '../../estimate/context.ts';
import type { Evaluated } from '../../estimate/evaluate.ts';
import { isMissing } from '../../estimate/estimate.ts';
import type { Node } from '../../model/design.ts';
import { propertyOf } from '../../schema/index.ts';
import { quantityOf } from '../../schema/quantities.ts';
import { format, percent } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import type { Report, Rule } from '../rule.ts';
import { type Failed, failedRequirements, textOf } from './requirements.ts';

export const failed: Rule = {
  name: 'require/failed',
  severity: 'error',
  summary: 'A requirement does not hold, in the design as written or in a scenario.',
  inScenarios: true,
  *check({ context }) {
    for (const requirement of failedRequirements(context)) yield reportOf(context, requirement);
  },
};

function reportOf(context: Context, { condition, conditionSpan, why, is, must, left }: Failed): Report {
  const subject = condition.left.op === 'member' ? condition.left.subject.name : null;
  const other = condition.right.op === 'number' ? '' : `${textOf(condition.right)}, `;
  const shown = ({ value, dimension }: Evaluated) =>
    isShare(context, condition) ? percent(value) : format(value, dimension);
  const text = movedBound(
    condition.right,
    is.value,
    condition.operator.startsWith('<'),
    condition.operator.length === 1,
  );
  const node = subject ? context.design.lookup(subject) : undefined;
  const atLeast = condition.left.op === 'member' && node && isPartial(context, node, condition.left.path);
  return {
    at: conditionSpan,
    message: `${left} is ${atLeast ? 'at least ' : ''}${shown(is)}, but must be ${condition.operator} ${other}${shown(must)}${why ? `: ${why}` : '.'}`,
    subject,
    ...(node &&
      !context.design.isCatalog(node) && {
        related: [{ at: node.nameSpan, message: `\`${node.name}\` is declared here.` }],
      }),
    fixes:
      text === undefined
        ? []
        : [
            {
              title: `Require ${condition.operator} ${text}, which the design reaches`,
              edits: [{ at: condition.right.span, text }],
            },
          ],
  };
}

/** Shares are read as percentages: where a figure or a property is one, or where somebody writes `%`. */
function isShare({ design }: Context, { left, right }: Failed['condition']): boolean {
  return [left, right].some((side) => {
    if (side.op === 'number') return side.text.endsWith('%');
    const node = side.op === 'member' ? design.lookup(side.subject.name) : undefined;
    if (!node || side.op !== 'member') return false;
    const type = propertyOf(node.kind, side.path.join('.'))?.type;
    const quantity = quantityOf(`${node.kind}.${side.path.join('_')}`);
    return quantity ? quantity.share === true : type?.is === 'quantity' && type.max === 1;
  });
}

/** Whether parts of a cost have no price: it is more than the figure says. */
function isPartial(context: Context, node: Node, path: readonly string[]): boolean {
  const answer = path.join() === 'cost' ? context.estimate(node, `${node.kind}.cost`) : undefined;
  return answer !== undefined && !isMissing(answer) && answer.assumptions.some((a) => a.startsWith('not priced'));
}
