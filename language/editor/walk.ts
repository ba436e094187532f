import type { Expression, Flow, PoolValue, Property, Value } from '../model/design.ts';

/** A number as written, with its unit. */
export type Literal = Extract<Expression, { op: 'number' }>;

/** A property and, for a block, those within it, each with its path: `batching`, `batching.max`. */
export function* propertiesWithin(
  properties: Iterable<Property>,
  path = '',
): Generator<{ property: Property; path: string }> {
  for (const property of properties) {
    yield { property, path: path + property.key };
    if (property.value.form === 'block')
      yield* propertiesWithin(property.value.properties.values(), `${path}${property.key}.`);
  }
}

/** Every number that a value writes. */
export function* literalsOf(value: Value): Generator<Literal> {
  for (const expression of expressionsOf(value)) yield* literalsIn(expression);
}

export function* literalsIn(e: Expression): Generator<Literal> {
  switch (e.op) {
    case 'number':
      return yield e;
    case 'name':
    case 'member':
      return;
    case 'range':
      yield* literalsIn(e.low);
      return yield* literalsIn(e.high);
    case 'distribution':
      for (const point of e.points) yield* literalsIn(point.value);
      return;
    case 'negative':
      return yield* literalsIn(e.of);
    case 'call':
      for (const argument of e.arguments) yield* literalsIn(argument);
      return;
    default:
      yield* literalsIn(e.left);
      yield* literalsIn(e.right);
  }
}

function* expressionsOf(value: Value): Generator<Expression> {
  switch (value.form) {
    case 'quantity':
      yield value.expression;
      if (value.on) yield* ofPool(value.on);
      for (const { batch, expression } of value.at ?? []) {
        yield expression;
        yield batch;
      }
      return;
    case 'pool':
      return yield* ofPool(value);
    case 'words':
      for (const { argument } of value.words) if (argument) yield argument;
      return;
    case 'conditions':
      for (const { bound } of value.conditions) yield bound;
      return;
    case 'flow':
      return yield* ofFlow(value.flow);
    case 'arm':
      if (value.share) yield value.share;
      return;
    case 'primary':
      for (const e of [value.baseline, value.mde]) if (e) yield e;
      return;
  }
}

function* ofPool(pool: PoolValue): Generator<Expression> {
  for (const { count } of pool.parts) yield count;
}

function* ofFlow(flow: Flow): Generator<Expression> {
  switch (flow.step) {
    case 'call':
      return;
    case 'sequence':
    case 'parallel':
      for (const member of flow.members) yield* ofFlow(member);
      return;
    case 'times':
      yield flow.factor;
      return yield* ofFlow(flow.of);
    case 'rows':
      yield flow.rows;
      return yield* ofFlow(flow.of);
    case 'forget':
      return yield* ofFlow(flow.of);
  }
}
