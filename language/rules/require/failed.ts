import type { Context } from '../../estimate/context.ts';
import { isMissing } from '../../estimate/estimate.ts';
import type { Node } from '../../model/design.ts';
import { format } from '../../units/format.ts';
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
  const text = movedBound(condition.right, is.value, condition.operator.startsWith('<'));
  const node = subject ? context.design.lookup(subject) : undefined;
  const atLeast = condition.left.op === 'member' && node && isPartial(context, node, condition.left.path);
  return {
    at: conditionSpan,
    message: `${left} is ${atLeast ? 'at least ' : ''}${format(is.value, is.dimension)}, but must be ${condition.operator} ${other}${format(must.value, must.dimension)}${why ? `: ${why}` : '.'}`,
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

/** Whether parts of a cost have no price: it is more than the figure says. */
function isPartial(context: Context, node: Node, path: readonly string[]): boolean {
  const answer = path.join() === 'cost' ? context.estimate(node, `${node.kind}.cost`) : undefined;
  return answer !== undefined && !isMissing(answer) && answer.assumptions.some((a) => a.startsWith('not priced'));
}
