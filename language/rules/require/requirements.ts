import type { Context } from '../../estimate/context.ts';
import type { Evaluated } from '../../estimate/evaluate.ts';
import type { Condition, Expression, Requirement } from '../../model/design.ts';
import { withoutPlace } from '../figures.ts';

/** A requirement that does not hold, with the values of both sides and the words for the left one. */
export interface Failed extends Requirement {
  readonly condition: NonNullable<Requirement['condition']>;
  readonly is: Evaluated;
  readonly must: Evaluated;
  readonly left: string;
}

/** Those of the document (or of some) that do not hold here; one that repeats a budget leaves it to the budget. */
export const failedRequirements = (context: Context, among = context.requirements): Failed[] =>
  among.flatMap((requirement): Failed[] => {
    const { condition } = requirement;
    const failure = condition && verdictOn(context, condition).value;
    return failure ? [{ ...requirement, condition, ...failure, left: textOf(condition.left) }] : [];
  });

/** Those whose figures look at one of some properties and parameters: all that a change of these can break. */
export const requirementsOn = (context: Context, ids: readonly string[]): Requirement[] =>
  context.requirements.filter(({ condition }) => {
    const reads = condition && verdictOn(context, condition).reads;
    return reads && ids.some((id) => reads.has(id));
  });

type ReadCondition = NonNullable<Requirement['condition']>;

function verdictOn(context: Context, condition: ReadCondition) {
  return context.traced(`require:${withoutPlace(condition)}`, () => {
    const is = context.evaluate(condition.left, 'require');
    const must = context.evaluate(condition.right, 'require');
    if (!is || !must || is.dimension !== must.dimension || holds(is.value, condition.operator, must.value)) return;
    if (repeatsBudget(context, condition)) return;
    const side = ({ value, dimension }: Evaluated): Evaluated => ({ value, dimension });
    return { is: side(is), must: side(must) };
  });
}

function holds(a: number, operator: Condition['operator'], b: number): boolean {
  const dust = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b + dust;
  return operator === '>' ? a > b : a >= b - dust;
}

/** One fact, one finding: where the request's own budget says the same, the budget's finding stands. */
function repeatsBudget(context: Context, { left, right, operator }: Failed['condition']): boolean {
  if (left.op !== 'member' || !operator.startsWith('<')) return false;
  const node = context.find(left.subject.name);
  const budget = node && context.value(node, 'budget');
  const bound = context.evaluate(right, 'require')?.value;
  if (bound === undefined) return false;
  if (budget?.form === 'quantity')
    return left.path.join() === 'cost' && context.given(node!, 'budget')?.value === bound;
  if (budget?.form !== 'conditions') return false;
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
