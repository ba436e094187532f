import { propertyOf } from '../schema/index.ts';
import type { ValueType } from '../schema/types.ts';
import { type Dimension, NUMBER, TIME } from '../units/dimension.ts';
import { within } from './circles.ts';
import type { Design, Expression, Flow, Item, Node, PoolValue, Value } from './design.ts';

/** What a number may be. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly whole?: true;
  /** a slice of one thing is fine as well: `1/7 x H100` */
  readonly slice?: true;
  /** and so is none of it */
  readonly none?: true;
}

/** A number that a document writes, with what it may be. */
export interface Bounded {
  readonly expression: Expression;
  readonly bounds: Bounds;
  /** `replicas`, `the share of treatment` */
  readonly what: string;
  readonly owner: string;
  readonly dimensions: readonly Dimension[];
  /** the property that a scenario assigns it to */
  readonly assigned?: { readonly node: Node; readonly path: string };
}

const SHARE: Bounds = { min: 0, max: 1 };
const NUMBERS = [NUMBER];

/** Every number of a value with bounds: each end of a range and each point of a distribution by itself. */
export function* boundedOf(value: Value, type: ValueType | undefined, owner: string, what: string): Generator<Bounded> {
  const number = (expression: Expression, bounds: Bounds, name: string, dimensions: readonly Dimension[] = NUMBERS) =>
    ends(expression).map((e): Bounded => ({ expression: e, bounds, what: name, owner, dimensions }));
  switch (value.form) {
    case 'quantity':
      if (type?.is !== 'quantity') return;
      for (const e of [value.expression, ...(value.at ?? []).map((p) => p.expression)])
        yield* number(e, e.op === 'range' ? { ...type, whole: undefined } : type, what, type.dimensions);
      for (const point of value.at ?? []) yield* number(point.batch, { min: 1 }, 'the batch');
      if (value.on) yield* ofPool(value.on, owner);
      return;
    case 'pool':
      return yield* ofPool(value, owner);
    case 'conditions':
      for (const { metric, bound } of value.conditions)
        if (type?.is === 'conditions' && type.metrics[metric] === TIME)
          yield* number(bound, { min: 0 }, `the bound of ${metric}`, [TIME]);
      return;
    case 'flow':
      return yield* ofFlow(value.flow, owner);
    case 'arm':
      if (value.share) yield* number(value.share, SHARE, `the share of \`${value.serving.name}\``);
      return;
    case 'primary':
      if (value.baseline) yield* number(value.baseline, SHARE, 'the baseline');
  }
}

function* ofPool(pool: PoolValue, owner: string): Generator<Bounded> {
  const bounds: Bounds = { min: 0, whole: true, slice: true };
  for (const { count, hardware } of pool.parts)
    yield { expression: count, bounds, what: `the number of ${hardware.name}`, owner, dimensions: NUMBERS };
}

function* ofFlow(flow: Flow, owner: string): Generator<Bounded> {
  if (flow.step === 'call') return;
  if ('members' in flow) {
    for (const member of flow.members) yield* ofFlow(member, owner);
    return;
  }
  if (flow.step === 'times') {
    // a share that a scenario sets to 0 switches a part off; written out, 0 calls nothing
    const bounds: Bounds = { min: 0, whole: true, slice: true, ...(flow.factor.op !== 'number' && { none: true }) };
    yield { expression: flow.factor, bounds, what: 'how often it is called', owner, dimensions: NUMBERS };
  } else if (flow.step === 'rows')
    yield { expression: flow.rows, bounds: { min: 1 }, what: 'the number of rows', owner, dimensions: NUMBERS };
  yield* ofFlow(flow.of, owner);
}

function ends(e: Expression): readonly Expression[] {
  if (e.op === 'range') return [e.low, e.high];
  return e.op === 'distribution' ? e.points.map((p) => p.value) : [e];
}

const known = new WeakMap<Node, readonly Bounded[]>();

/** The numbers with bounds of a declaration, those of its blocks too: the same until its text changes. */
export function boundedIn(node: Node): readonly Bounded[] {
  const found = known.get(node) ?? [...numbersOf(node)];
  known.set(node, found);
  return found;
}

function* numbersOf(node: Node): Generator<Bounded> {
  for (const { key, value } of node.properties.values()) {
    if (value.form === 'block')
      for (const inner of value.properties.values())
        yield* boundedOf(
          inner.value,
          propertyOf(node.kind, `${key}.${inner.key}`)?.type,
          node.name,
          `\`${inner.key}\``,
        );
    else yield* boundedOf(value, propertyOf(node.kind, key)?.type, node.name, `\`${key}\``);
  }
}

/** Two numbers of which the first must not be above the second: the ends of a range, the percentiles of a distribution. */
export interface Ordered {
  readonly whole: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly names: readonly [string, string];
  readonly owner: string;
}

/** Properties of which the first cannot be above the second. */
const ORDERED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  serving: [
    ['min_replicas', 'max_replicas'],
    ['min_replicas', 'replicas'],
    ['replicas', 'max_replicas'],
  ],
  model: [
    ['active_params', 'params'],
    ['kv_heads', 'heads'],
    ['experts_per_token', 'experts'],
  ],
  training: [
    ['micro_batch', 'batch'],
    ['parallel_trials', 'trials'],
  ],
};

function* pairsOf(node: Node): Generator<Ordered> {
  for (const [first, second] of Object.hasOwn(ORDERED, node.kind) ? ORDERED[node.kind]! : []) {
    const [low, high] = [first, second].map((key) => node.properties.get(key)?.value);
    if (low?.form !== 'quantity' || high?.form !== 'quantity') continue;
    const names = [`\`${first}\``, `\`${second}\``] as const;
    yield { whole: low.expression, low: low.expression, high: high.expression, names, owner: node.name };
  }
}

/** Every range, distribution and pair of properties that has an order. */
export function* orderedIn(items: readonly Item[]): Generator<Ordered> {
  for (const item of items) {
    if (item.is === 'node') yield* pairsOf(item.node);
    if (item.is === 'param') yield* orderedOf(item.param.value, item.param.name);
    else if (item.is === 'scenario')
      for (const a of item.scenario.assignments) yield* orderedOf(a.value, item.scenario.name);
    else if (item.is === 'node')
      for (const p of item.node.properties.values()) yield* orderedOf(p.value, item.node.name);
  }
}

function* orderedOf(value: Value, owner: string): Generator<Ordered> {
  if (value.form === 'block') for (const p of value.properties.values()) yield* orderedOf(p.value, owner);
  if (value.form !== 'quantity') return;
  for (const top of [value.expression, ...(value.at ?? []).map((p) => p.expression)]) {
    for (const whole of within(top)) {
      if (whole.op === 'range')
        yield { whole, low: whole.low, high: whole.high, names: ['The low end', 'the high end'], owner };
      if (whole.op !== 'distribution') continue;
      const points = [...whole.points].sort((a, b) => a.percentile - b.percentile);
      for (const [i, low] of points.slice(0, -1).entries()) {
        const high = points[i + 1]!;
        yield { whole, low: low.value, high: high.value, names: [`p${low.percentile}`, `p${high.percentile}`], owner };
      }
    }
  }
}

/** What a scenario writes over: the value with the property that it stands for. */
export function* boundedInScenario(design: Design, name: string): Generator<Bounded> {
  const scenario = design.scenarios.find((s) => s.name === name);
  for (const { path, value } of scenario?.assignments ?? []) {
    const [subject = '', ...rest] = path;
    const node = rest.length > 0 ? design.lookup(subject) : undefined;
    if (!node) continue;
    const type = propertyOf(node.kind, rest.join('.'))?.type;
    for (const number of boundedOf(value, type, node.name, `\`${path.join('.')}\``))
      yield value.form === 'quantity' && number.expression === value.expression
        ? { ...number, assigned: { node, path: rest.join('.') } }
        : number;
  }
}
