import type { Context } from '../../estimate/context.ts';
import type { Expression, Requirement } from '../../model/design.ts';
import { format } from '../../units/format.ts';
import { movedBound } from '../bounds.ts';
import type { Report, Rule } from '../rule.ts';

export const failed: Rule = {
  name: 'require/failed',
  severity: 'error',
  summary: 'A requirement does not hold, in the design as written or in a scenario.',
  inScenarios: true,
  *check({ design, context }) {
    for (const requirement of design.requirements) {
      const report = judge(context, requirement);
      if (report) yield report;
    }
  },
};

function judge(context: Context, { condition, conditionSpan, why }: Requirement): Report | undefined {
  if (!condition) return undefined;
  const left = context.evaluate(condition.left, 'require');
  const right = context.evaluate(condition.right, 'require');
  if (!left || !right || left.dimension !== right.dimension || holds(left.value, condition.operator, right.value))
    return undefined;
  if (repeatsBudget(context, condition)) return undefined;
  const is = format(left.value, left.dimension);
  const must = format(right.value, right.dimension);
  const subject = condition.left.op === 'member' ? condition.left.subject.name : null;
  const other = condition.right.op === 'number' ? '' : `${textOf(condition.right)}, `;
  const text = movedBound(condition.right, left.value, condition.operator.startsWith('<'));
  const node = subject ? context.design.lookup(subject) : undefined;
  return {
    at: conditionSpan,
    message: `${textOf(condition.left)} is ${is}, but must be ${condition.operator} ${other}${must}${why ? `: ${why}` : '.'}`,
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

function holds(
  a: number,
  operator: Requirement['condition'] extends infer C ? (C extends { operator: infer O } ? O : never) : never,
  b: number,
): boolean {
  const dust = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b + dust;
  return operator === '>' ? a > b : a >= b - dust;
}

/** One fact, one finding: where the request's own budget says the same, the budget's finding stands. */
function repeatsBudget(context: Context, { left, right, operator }: NonNullable<Requirement['condition']>): boolean {
  if (left.op !== 'member' || !operator.startsWith('<')) return false;
  const node = context.design.lookup(left.subject.name);
  const budget = node && context.value(node, 'budget');
  const bound = context.evaluate(right, 'require')?.value;
  if (budget?.form !== 'conditions' || bound === undefined) return false;
  return budget.conditions.some(
    (c) =>
      [c.metric, ...(c.percentile ? [`p${c.percentile}`] : [])].join('.') === left.path.join('.') &&
      context.evaluate(c.bound, node!.name)?.value === bound,
  );
}

function textOf(e: Expression): string {
  if (e.op === 'member') return `\`${[e.subject.name, ...e.path].join('.')}\``;
  return e.op === 'name' ? `\`${e.name}\`` : 'The left side';
}
