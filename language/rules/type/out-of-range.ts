import type { Item, Node } from '../../model/design.ts';
import { type Bounded, boundedIn, boundedInScenario, type Ordered, orderedIn } from '../../model/ranges.ts';
import type { Dimension } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { broughtInto } from '../bounds.ts';
import type { Report, Rule } from '../rule.ts';

export const outOfRange: Rule = {
  name: 'type/out-of-range',
  severity: 'error',
  summary: 'A number that cannot be: a share over 100%, a negative count, no replicas, p50 above p99.',
  inScenarios: true,
  *check({ design, context, scenario, items }) {
    const bounded = design.nodes.flatMap(doubtfulIn);
    if (scenario !== null) bounded.push(...boundedInScenario(design, scenario));
    for (const number of bounded) {
      const { expression, owner, assigned } = number;
      const is = assigned ? context.given(assigned.node, assigned.path) : context.evaluate(expression, owner);
      const report = outside(number, is);
      if (report) yield report;
    }
    for (const pair of items.flatMap(doubtfulPairsIn)) {
      const report = disordered(pair, context.evaluate(pair.low, pair.owner), context.evaluate(pair.high, pair.owner));
      if (report) yield report;
    }
  },
};

const doubtful = new WeakMap<Node, readonly Bounded[]>();

/** Numbers that are not written out and within their bounds: those, which are most, are so whatever stands elsewhere. */
function doubtfulIn(node: Node): readonly Bounded[] {
  let list = doubtful.get(node);
  if (!list) {
    list = [...boundedIn(node)].filter((number) => {
      const { expression } = number;
      return expression.op !== 'number' || outside(number, expression);
    });
    doubtful.set(node, list);
  }
  return list;
}

const doubtfulPairs = new WeakMap<Item, readonly Ordered[]>();

function doubtfulPairsIn(item: Item): readonly Ordered[] {
  let list = doubtfulPairs.get(item);
  if (!list) {
    list = [...orderedIn([item])].filter(
      (pair) => pair.low.op !== 'number' || pair.high.op !== 'number' || disordered(pair, pair.low, pair.high),
    );
    doubtfulPairs.set(item, list);
  }
  return list;
}

type Known = { readonly value: number; readonly dimension: Dimension } | undefined;

function outside({ expression, bounds, what, owner, dimensions }: Bounded, is: Known): Report | undefined {
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

function disordered({ whole, low, high, names, owner }: Ordered, a: Known, b: Known): Report | undefined {
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
