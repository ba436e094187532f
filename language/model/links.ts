import { propertyOf } from '../schema/index.ts';
import { assignedType, assignedValue } from './assignments.ts';
import type { ValueType } from '../schema/types.ts';
import { secondsIn } from '../units/literal.ts';
import { kept, type Names } from './kept.ts';
import { hasMember } from './members.ts';
import type {
  Design,
  Expression,
  Flow,
  Node,
  Param,
  PoolValue,
  Property,
  Reference,
  Requirement,
  Scenario,
  Span,
  Value,
} from './design.ts';

/** One place where a document names something, and what that may be. */
export interface Link {
  readonly name: string;
  readonly span: Span;
  /** the kinds of declaration that may stand here; none where a number is needed (a parameter) */
  readonly kinds: readonly string[];
  /** what the name means here */
  readonly target: Node | Param | undefined;
  /** any technology may be named, listed or not */
  readonly open: boolean;
  /** `A.b`: the members that were read, and whether A has them */
  readonly member?: { readonly path: readonly string[]; readonly span: Span; readonly found: boolean };
  /** whose text this is: a declaration, parameter, scenario; null for a requirement */
  readonly owner: string | null;
  /** the property it stands in */
  readonly property?: string;
  /** `CardVelocity@2`, and where the whole of it stands */
  readonly version?: string;
  readonly versionedSpan?: Span;
}

/** what a flow may go through */
export const FLOW_KINDS = ['gateway', 'features', 'serving', 'service', 'index'];

const known = new WeakMap<Design, readonly Link[]>();

/** Every name that the document itself writes, in order. */
export function linksOf(design: Design): readonly Link[] {
  const links = known.get(design) ?? [...every(design)];
  known.set(design, links);
  return links;
}

function* every(design: Design): Generator<Link> {
  for (const node of design.nodes) yield* linksIn(design, node);
  for (const param of design.params.values())
    if (param.span.at.uri === design.uri) yield* ofValue(design, param.value, param.name);
  for (const requirement of design.requirements) yield* ofRequirement(design, requirement);
  for (const scenario of design.scenarios) yield* ofScenario(design, scenario);
}

const linksIn = kept((design, node) =>
  [...node.properties.values()].flatMap((property) => [...ofProperty(design, node, property, property.key)]),
);

function* ofProperty(design: Names, node: Node, property: Property, path: string): Generator<Link> {
  const type = propertyOf(node.kind, path)?.type;
  const value = property.value;
  if (value.form === 'block')
    for (const inner of value.properties.values()) yield* ofProperty(design, node, inner, `${path}.${inner.key}`);
  else for (const link of ofValue(design, value, node.name, type)) yield { ...link, property: path };
}

function* ofValue(design: Names, value: Value, owner: string, type?: ValueType): Generator<Link> {
  switch (value.form) {
    case 'quantity':
      yield* ofExpression(design, value.expression, owner);
      if (value.on) yield* ofPool(design, value.on, owner);
      for (const point of value.at ?? []) yield* ofExpression(design, point.expression, owner);
      return;
    case 'references': {
      const kinds = type?.is === 'reference' ? type.kinds : [];
      for (const r of value.references)
        yield link(design, r, kinds, owner, type?.is === 'reference' && type.open === true);
      return;
    }
    case 'pool':
      return yield* ofPool(design, value, owner);
    case 'words':
      for (const { argument } of value.words) if (argument) yield* ofExpression(design, argument, owner);
      return;
    case 'conditions':
      for (const c of value.conditions) yield* ofExpression(design, c.bound, owner);
      return;
    case 'flow':
      return yield* ofFlow(design, value.flow, owner);
    case 'arm':
      yield link(design, value.serving, ['serving'], owner);
      if (value.share) yield* ofExpression(design, value.share, owner);
      return;
    case 'primary':
      for (const e of [value.baseline, value.mde]) if (e) yield* ofExpression(design, e, owner);
      return;
    case 'actions':
      for (const a of value.actions) if (a.target) yield link(design, a.target, ['training'], owner);
      return;
  }
}

const link = (
  design: Names,
  { name, span, version, versionedSpan }: Reference,
  kinds: readonly string[],
  owner: string,
  open = false,
): Link => ({
  name,
  span,
  kinds,
  target: design.lookup(name),
  open,
  owner,
  ...(version !== undefined && { version }),
  ...(versionedSpan && { versionedSpan }),
});

function* ofPool(design: Names, pool: PoolValue, owner: string): Generator<Link> {
  const { param } = pool;
  if (param)
    yield {
      ...link(design, param, ['hardware'], owner),
      target: design.params.get(param.name) ?? design.lookup(param.name),
    };
  for (const part of pool.parts) {
    yield* ofExpression(design, part.count, owner);
    yield link(design, part.hardware, ['hardware'], owner);
  }
}

function* ofFlow(design: Names, flow: Flow, owner: string): Generator<Link> {
  switch (flow.step) {
    case 'call':
      return yield link(design, flow.target, FLOW_KINDS, owner);
    case 'sequence':
    case 'parallel':
      for (const member of flow.members) yield* ofFlow(design, member, owner);
      return;
    case 'times':
      yield* ofExpression(design, flow.factor, owner);
      return yield* ofFlow(design, flow.of, owner);
    case 'rows':
      yield* ofFlow(design, flow.of, owner);
      return yield* ofExpression(design, flow.rows, owner);
    case 'forget':
      return yield* ofFlow(design, flow.of, owner);
  }
}

function* ofExpression(design: Names, e: Expression, owner: string | null): Generator<Link> {
  switch (e.op) {
    case 'number':
      return;
    case 'name':
      yield { name: e.name, span: e.span, kinds: [], target: design.params.get(e.name), open: false, owner };
      return;
    case 'member': {
      const target = design.lookup(e.subject.name);
      const found = target !== undefined && hasMember(target, e.path, design);
      yield {
        name: e.subject.name,
        span: e.subject.span,
        kinds: ['any'],
        target,
        open: false,
        member: { path: e.path, span: e.span, found },
        owner,
      };
      return;
    }
    case 'range':
      yield* ofExpression(design, e.low, owner);
      return yield* ofExpression(design, e.high, owner);
    case 'distribution':
      for (const p of e.points) yield* ofExpression(design, p.value, owner);
      return;
    case 'negative':
      return yield* ofExpression(design, e.of, owner);
    case 'call':
      for (const a of e.arguments) yield* ofExpression(design, a, owner);
      return;
    default:
      yield* ofExpression(design, e.left, owner);
      // `/ month` after anything is a unit
      if (
        e.op === '/' &&
        e.right.op === 'name' &&
        secondsIn(e.right.name) !== undefined &&
        !design.params.has(e.right.name)
      )
        return;
      yield* ofExpression(design, e.right, owner);
  }
}

function* ofRequirement(design: Names, { condition }: Requirement): Generator<Link> {
  if (!condition) return;
  yield* ofExpression(design, condition.left, null);
  yield* ofExpression(design, condition.right, null);
}

function* ofScenario(design: Names, scenario: Scenario): Generator<Link> {
  for (const assignment of scenario.assignments) {
    const { path, targetSpan } = assignment;
    const value = assignedValue(assignment, design.lookup);
    const [name = '', ...rest] = path;
    const span = { ...targetSpan, end: targetSpan.start + name.length };
    const param = rest.length === 0 ? design.params.get(name) : undefined;
    const target = param ?? (rest.length > 0 ? design.lookup(name) : undefined);
    const found = target !== undefined && 'kind' in target && propertyOf(target.kind, rest.join('.')) !== undefined;
    yield {
      name,
      span,
      kinds: rest.length > 0 ? ['any'] : [],
      target,
      open: false,
      owner: scenario.name,
      ...(rest.length > 0 && { member: { path: rest, span: targetSpan, found } }),
    };
    for (const inner of ofValue(design, value, scenario.name, assignedType(path, design.lookup)))
      if (inner.name !== 'base' || design.params.has('base')) yield inner;
  }
}

export const isParam = (target: Node | Param | undefined): target is Param =>
  target !== undefined && !('kind' in target);
