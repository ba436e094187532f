import type { Context, Input } from '../../estimate/context.ts';
import type { Condition, Expression, Requirement } from '../../model/design.ts';

/** A requirement that does not hold, with the values of both sides and the words for the left one. */
export interface Failed extends Requirement {
  readonly condition: NonNullable<Requirement['condition']>;
  readonly is: Input;
  readonly must: Input;
  readonly left: string;
}

/** Those of the document that do not hold here; one that repeats a budget leaves it to the budget. */
export const failedRequirements = (context: Context): Failed[] =>
  context.design.requirements.flatMap((requirement): Failed[] => {
    const { condition } = requirement;
    if (!condition) return [];
    const is = context.evaluate(condition.left, 'require');
    const must = context.evaluate(condition.right, 'require');
    if (!is || !must || is.dimension !== must.dimension || holds(is.value, condition.operator, must.value)) return [];
    return repeatsBudget(context, condition)
      ? []
      : [{ ...requirement, condition, is, must, left: textOf(condition.left) }];
  });

function holds(a: number, operator: Condition['operator'], b: number): boolean {
  const dust = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b + dust;
  return operator === '>' ? a > b : a >= b - dust;
}

/** One fact, one finding: where the request's own budget says the same, the budget's finding stands. */
function repeatsBudget(context: Context, { left, right, operator }: Failed['condition']): boolean {
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

export function textOf(e: Expression): string {
  if (e.op === 'member') return `\`${[e.subject.name, ...e.path].join('.')}\``;
  return e.op === 'name' ? `\`${e.name}\`` : 'The left side';
}
