import type { Context } from '../../estimate/context.ts';
import { type Bounded, boundedIn, boundedInScenario, type Ordered, orderedIn } from '../../model/ranges.ts';
import { format, percent } from '../../units/format.ts';
import { broughtInto } from '../bounds.ts';
import type { Report, Rule } from '../rule.ts';

export const outOfRange: Rule = {
  name: 'type/out-of-range',
  severity: 'error',
  summary: 'A number that cannot be: a share over 100%, a negative count, no replicas, p50 above p99.',
  inScenarios: true,
  *check({ design, context, scenario, items }) {
    const bounded = design.nodes.flatMap((node) => [...boundedIn(node)]);
    if (scenario !== null) bounded.push(...boundedInScenario(design, scenario));
    for (const number of bounded) {
      const report = outside(context, number);
      if (report) yield report;
    }
    for (const pair of orderedIn(items)) {
      const report = disordered(context, pair);
      if (report) yield report;
    }
  },
};

function outside(context: Context, number: Bounded): Report | undefined {
  const { expression, bounds, what, owner, dimensions, assigned } = number;
  const is = assigned ? context.given(assigned.node, assigned.path) : context.evaluate(expression, owner);
  if (!is || !Number.isFinite(is.value) || !dimensions.includes(is.dimension)) return undefined;
  const { value } = is;
  const text = (n: number) => (bounds.max === 1 ? percent(n) : format(n, is.dimension));
  const must =
    value < (bounds.min ?? value)
      ? `must be at least ${text(bounds.min!)}`
      : value > (bounds.max ?? value)
        ? `can be at most ${text(bounds.max!)}`
        : bounds.slice && value === 0
          ? 'must be above 0'
          : bounds.whole && !(bounds.slice && value < 1) && Math.abs(value - Math.round(value)) > 1e-9 * value
            ? 'must be a whole number'
            : undefined;
  if (!must) return undefined;
  const right = broughtInto(expression, bounds);
  const fixes =
    right === undefined ? [] : [{ title: `Change to \`${right}\``, edits: [{ at: expression.span, text: right }] }];
  return { at: expression.span, message: `${capital(what)} is ${text(value)}, but ${must}.`, subject: owner, fixes };
}

function disordered(context: Context, { whole, low, high, names, owner }: Ordered): Report | undefined {
  const [a, b] = [context.evaluate(low, owner), context.evaluate(high, owner)];
  if (!a || !b || a.dimension !== b.dimension || !(a.value > b.value)) return undefined;
  const [first, second] = names;
  const message = `${first} is ${format(a.value, a.dimension)}, above ${second} with ${format(b.value, b.dimension)}.`;
  const swap = low.op === 'number' && high.op === 'number';
  const edits = swap
    ? [
        { at: low.span, text: high.text },
        { at: high.span, text: low.text },
      ]
    : [];
  return { at: whole.span, message, subject: owner, fixes: swap ? [{ title: 'Swap them', edits }] : [] };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
