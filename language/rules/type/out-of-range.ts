import type { Context } from '../../estimate/context.ts';
import type { Expression, Item, Node } from '../../model/design.ts';
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
    for (const node of design.nodes) if (node.kind === 'experiment') yield* crowded(node, context);
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
  const share = bounds.max === 1 || (expression.op === 'number' && expression.text.endsWith('%'));
  const text = (n: number) => (share ? percent(n) : format(n, is.dimension));
  const must =
    value < (bounds.min ?? value)
      ? `must be at least ${text(bounds.min!)}`
      : value > (bounds.max ?? value)
        ? `can be at most ${text(bounds.max!)}`
        : bounds.slice && value === 0 && !bounds.none
          ? 'must be above 0'
          : bounds.whole && !(bounds.slice && value < 1) && Math.abs(value - Math.round(value)) > 1e-9 * value
            ? `must be a whole number${bounds.slice ? ', or a share of at most 100%' : ''}`
            : undefined;
  if (!must) return undefined;
  const limits = share && bounds.slice ? { ...bounds, max: 1 } : bounds;
  const right = rangeMeant(expression) ?? broughtInto(expression, limits);
  const fixes =
    right === undefined ? [] : [{ title: `Change to \`${right}\``, edits: [{ at: expression.span, text: right }] }];
  return { at: expression.span, message: `${capital(what)} is ${text(value)}, but ${must}.`, subject: owner, fixes };
}

/** The arms of an experiment share its users: together they have all of them at most. */
function* crowded(node: Node, context: Context): Generator<Report> {
  const arms = ['control', 'treatment'].flatMap((key) => {
    const value = node.properties.get(key)?.value;
    const expression = value?.form === 'arm' ? value.share : undefined;
    const share = expression && context.evaluate(expression, node.name);
    return share && expression && share.value >= 0 && share.value <= 1 ? [{ key, expression, share: share.value }] : [];
  });
  const [control, treatment] = arms;
  if (!control || !treatment || control.share + treatment.share <= 1 + 1e-9) return;
  const rest = percent(1 - control.share);
  yield {
    at: treatment.expression.span,
    message: `The arms take ${percent(control.share)} and ${percent(treatment.share)} of the users, together ${percent(control.share + treatment.share)}: they can be 100% at most.`,
    subject: node.name,
    related: [{ at: control.expression.span, message: 'The share of the control.' }],
    fixes: [{ title: `Change to \`${rest}\`, the rest`, edits: [{ at: treatment.expression.span, text: rest }] }],
  };
}

/** `15ms-30ms`, which is a subtraction */
const rangeMeant = (e: Expression): string | undefined =>
  e.op === '-' && e.left.op === 'number' && e.right.op === 'number' ? `${e.left.text}..${e.right.text}` : undefined;

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
