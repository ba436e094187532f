import type { Context } from '../../estimate/context.ts';
import { within } from '../../model/circles.ts';
import type { Expression, Item, Value } from '../../model/design.ts';
import type { Report, Rule } from '../rule.ts';

export const notFinite: Rule = {
  name: 'type/not-finite',
  severity: 'error',
  summary: 'A number that is none: a division by zero, a root of something negative, more than can be counted.',
  inScenarios: true,
  *check({ context, scenario, items }) {
    for (const item of items) {
      if (scenario !== null && item.is === 'scenario' && item.scenario.name !== scenario) continue;
      for (const { expression, owner } of doubtfulIn(item)) {
        const culprit = culpritIn(context, expression, owner ?? 'require');
        if (culprit) yield reportOf(context, culprit, owner);
      }
    }
  },
};

interface Doubtful {
  readonly expression: Expression;
  /** null for a requirement */
  readonly owner: string | null;
}

const known = new WeakMap<Item, readonly Doubtful[]>();

/** What an item computes by a division, a power or a root, or writes too large: little, and the same until its text changes. */
function doubtfulIn(item: Item): readonly Doubtful[] {
  let list = known.get(item);
  if (!list) {
    list = expressionsOf(item).filter(({ expression }) => [...within(expression)].some(isDoubtful));
    known.set(item, list);
  }
  return list;
}

const isDoubtful = (e: Expression): boolean =>
  e.op === '/' || e.op === '^' || e.op === 'call' || (e.op === 'number' && !Number.isFinite(e.value));

function expressionsOf(item: Item): Doubtful[] {
  const of = (value: Value, owner: string): Doubtful[] =>
    value.form === 'quantity'
      ? [value.expression, ...(value.at ?? []).slice(1).map((p) => p.expression)].map((e) => ({ expression: e, owner }))
      : value.form === 'block'
        ? [...value.properties.values()].flatMap((p) => of(p.value, owner))
        : value.form === 'pool'
          ? value.parts.map((p) => ({ expression: p.count, owner }))
          : [];
  if (item.is === 'node') return [...item.node.properties.values()].flatMap((p) => of(p.value, item.node.name));
  if (item.is === 'param') return of(item.param.value, item.param.name);
  if (item.is === 'scenario') return item.scenario.assignments.flatMap((a) => of(a.value, item.scenario.name));
  const condition = item.is === 'requirement' ? item.requirement.condition : undefined;
  return condition ? [condition.left, condition.right].map((expression) => ({ expression, owner: null })) : [];
}

/** The innermost expression that is no number though all that it is made of are. */
function culpritIn(context: Context, e: Expression, owner: string): Expression | undefined {
  const [, ...inner] = within(e);
  for (const part of inner) {
    const found = part === e ? undefined : culpritIn(context, part, owner);
    if (found) return found;
  }
  if (e.op === 'name' || e.op === 'member') return undefined;
  const value = context.evaluate(e, owner)?.value;
  const fine = inner.every((part) => Number.isFinite(context.evaluate(part, owner)?.value ?? 0));
  return value !== undefined && !Number.isFinite(value) && fine ? e : undefined;
}

function reportOf(context: Context, culprit: Expression, owner: string | null): Report {
  const divisor = culprit.op === '/' ? culprit.right : undefined;
  const isZero = divisor && context.evaluate(divisor, owner ?? 'require')?.value === 0;
  const message =
    culprit.op === 'number'
      ? `\`${culprit.text}\` is more than can be counted: the largest number is about 1.8e308.`
      : isZero
        ? 'This divides by zero, and has no value: nor has any figure that needs it.'
        : culprit.op === 'call' && culprit.name === 'sqrt'
          ? 'This is the root of a negative number, and has no value.'
          : 'This is more than can be counted, and has no value.';
  return { at: isZero ? divisor.span : culprit.span, message, subject: owner };
}
