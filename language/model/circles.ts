import { quantityOf } from '../schema/quantities.ts';
import type { Assignment, Design, Expression, Node, Span, Value } from './design.ts';

/** Definitions that need each other: `a`, `b` and `a` again. */
export interface Circle {
  /** what is defined, and the figures on the way, the first again at the end */
  readonly names: readonly string[];
  readonly members: readonly Definition[];
}

export interface Definition {
  /** `peak`, `Chat.replicas` */
  readonly id: string;
  readonly at: Span;
  /** the parameter or declaration */
  readonly owner: string;
}

/** What one definition needs: another, directly or through a figure. */
interface Need {
  readonly id: string;
  readonly through?: string;
}

type Known = Definition & { readonly needs: readonly Need[] };

/**
 * Every circle of parameters, properties and `base` models, each once, from the first of its members in the order of the text.
 * `assignments` replace what is written; `readsOf` gives the definitions that a figure looks at.
 */
export function circlesOf(
  design: Design,
  assignments: readonly Assignment[],
  readsOf: (node: Node, quantity: string) => ReadonlySet<string>,
): Circle[] {
  const known = definitions(design, assignments, readsOf);
  if (known.size === 0) return [];
  const done = new Set<string>();
  const circles: Circle[] = [];
  for (const start of known.values()) {
    const circle = done.has(start.id) ? undefined : wayBack(known, start);
    if (!circle) continue;
    for (const { id } of circle.members) done.add(id);
    circles.push(circle);
  }
  return circles;
}

/** The shortest way from a definition back to itself. */
function wayBack(known: ReadonlyMap<string, Known>, start: Known): Circle | undefined {
  const ways: { at: Known; names: string[]; members: Known[] }[] = [{ at: start, names: [start.id], members: [start] }];
  const seen = new Set<string>();
  for (const { at, names, members } of ways) {
    for (const { id, through } of at.needs) {
      const next = known.get(id);
      const way = [...names, ...(through ? [through] : []), id];
      if (id === start.id) return { names: way, members };
      if (!next || seen.has(id)) continue;
      seen.add(id);
      ways.push({ at: next, names: way, members: [...members, next] });
    }
  }
  return undefined;
}

/** Only what names something can be part of a circle. */
function definitions(
  design: Design,
  assignments: readonly Assignment[],
  readsOf: (node: Node, quantity: string) => ReadonlySet<string>,
): Map<string, Known> {
  const known = new Map<string, Known>();
  const add = (id: string, at: Span, owner: string, value: Value) => {
    if (known.has(id)) return;
    const needs = [...needsOf(design, value, readsOf)];
    if (needs.length > 0) known.set(id, { id, at, owner, needs });
  };
  const assigned = new Set(assignments.map((a) => a.path.join('.')));
  for (const { path, value, valueSpan } of assignments) add(path.join('.'), valueSpan, path[0] ?? '', value);
  for (const param of design.params.values())
    if (!assigned.has(param.name)) add(param.name, param.valueSpan, param.name, param.value);
  for (const node of design.visible) {
    if (design.lookup(node.name) !== node) continue;
    for (const { id, value, valueSpan } of namingIn(node)) if (!assigned.has(id)) add(id, valueSpan, node.name, value);
  }
  return known;
}

interface Naming {
  readonly id: string;
  readonly value: Value;
  readonly valueSpan: Span;
}

const naming = new WeakMap<Node, readonly Naming[]>();

/** The properties of a declaration that name something: few, and the same until its text changes. */
function namingIn(node: Node): readonly Naming[] {
  let found = naming.get(node);
  if (!found) {
    const every = [...node.properties.values()].flatMap(({ key, value, valueSpan }): Naming[] =>
      value.form === 'block'
        ? [...value.properties.values()].map((p) => ({ id: `${node.name}.${key}.${p.key}`, ...p }))
        : [{ id: `${node.name}.${key}`, value, valueSpan }],
    );
    found = every.filter(({ id, value }) => (value.form === 'references' ? id.endsWith('.base') : names(value)));
    naming.set(node, found);
  }
  return found;
}

/** Whether a value is more than numbers, and than one name that means something else there. */
export const names = (value: Value, but?: string): boolean =>
  [...expressionsOf(value)].some((e) => (e.op === 'name' && e.name !== but) || e.op === 'member');

function* needsOf(
  design: Design,
  value: Value,
  readsOf: (node: Node, quantity: string) => ReadonlySet<string>,
): Generator<Need> {
  if (value.form === 'references') {
    const [base] = value.references;
    const node = base && design.lookup(base.name);
    if (node?.kind === 'model') yield { id: `${node.name}.base` };
    return;
  }
  for (const e of expressionsOf(value)) {
    if (e.op === 'name') yield { id: e.name };
    if (e.op !== 'member') continue;
    const node = design.lookup(e.subject.name);
    const quantity = `${node?.kind}.${e.path.join('_')}`;
    const through = [e.subject.name, ...e.path].join('.');
    if (!node || !quantityOf(quantity)) yield { id: through };
    else for (const id of readsOf(node, quantity)) yield { id, through };
  }
}

/** The expressions of a quantity or a pool, with all that they are made of. */
function* expressionsOf(value: Value): Generator<Expression> {
  if (value.form === 'pool') {
    if (value.param) yield { op: 'name', name: value.param.name, span: value.param.span };
    for (const part of value.parts) yield* within(part.count);
  } else if (value.form === 'quantity') {
    yield* within(value.expression);
    for (const point of value.at ?? []) yield* within(point.expression);
  }
}

export function* within(e: Expression): Generator<Expression> {
  yield e;
  if (e.op === 'range') yield* [...within(e.low), ...within(e.high)];
  else if (e.op === 'distribution') for (const point of e.points) yield* within(point.value);
  else if (e.op === 'negative') yield* within(e.of);
  else if (e.op === 'call') for (const argument of e.arguments) yield* within(argument);
  else if ('left' in e) yield* [...within(e.left), ...within(e.right)];
}
