import { propertyOf } from '../schema/index.ts';
import { quantityOf } from '../schema/quantities.ts';
import type { ValueType } from '../schema/types.ts';
import { type Dimension, NUMBER, per, POINTS, power, TIME, times } from '../units/dimension.ts';
import { secondsIn } from '../units/literal.ts';
import { kept, type Names } from './kept.ts';
import { hardwareMember } from './members.ts';
import type { Design, Expression, Flow, Node, Param, Span, Value } from './design.ts';

/** A value whose dimension cannot be what it is. */
export interface Mismatch {
  /** the very token or expression that is wrong */
  readonly span: Span;
  readonly found: Dimension;
  readonly expected: readonly Dimension[];
  /** `FraudScorer`, a parameter or a scenario; null for a requirement */
  readonly owner: string | null;
  /** what it is the value of: `latency`, `the bound of p99` */
  readonly what: string;
  /** `300B` that was read as 300 billion: writing `bytes` mends it */
  readonly bytes?: { readonly span: Span; readonly text: string };
  /** the text of a bare number or amount of money, to which a unit could be added */
  readonly literal?: string;
}

/** Every mismatch of dimensions in the document's own text, in order. */
export function mismatches(design: Design): Mismatch[] {
  const checker = new Checker(design);
  for (const node of design.nodes) checker.found.push(...mismatchesIn(design, node));
  for (const param of design.params.values())
    if (param.span.at.uri === design.uri) checker.value(param.value, undefined, param.name, `\`${param.name}\``);
  for (const { condition } of design.requirements) if (condition) checker.comparison(condition.left, condition.right);
  for (const scenario of design.scenarios) {
    for (const { path, value } of scenario.assignments) checker.assignment(path, value, scenario.name);
  }
  return checker.found;
}

const mismatchesIn = kept((design, node) => {
  const checker = new Checker(design);
  for (const p of node.properties.values()) checker.property(node, p.key, p.value);
  return checker.found;
});

/** The dimension of an expression, or undefined where it is not known (an unresolved name). */
export function dimensionOf(design: Design, expression: Expression): Dimension | undefined {
  return new Checker(design).of(expression, null, '');
}

class Checker {
  readonly found: Mismatch[] = [];
  private readonly design: Names;
  private readonly open = new Set<Param>();
  private base: Dimension | undefined;

  constructor(design: Names) {
    this.design = design;
  }

  property(node: Node, path: string, value: Value): void {
    if (value.form === 'block') {
      for (const p of value.properties.values()) this.property(node, `${path}.${p.key}`, p.value);
      return;
    }
    this.value(value, propertyOf(node.kind, path)?.type, node.name, `\`${path.split('.').at(-1)}\``);
  }

  value(value: Value, type: ValueType | undefined, owner: string, what: string): void {
    switch (value.form) {
      case 'quantity': {
        const expected = type?.is === 'quantity' ? type.dimensions : undefined;
        this.expect(value.expression, expected, owner, what);
        for (const point of value.at?.slice(1) ?? []) this.expect(point.expression, expected, owner, what);
        for (const point of value.at ?? []) this.expect(point.batch, [NUMBER], owner, 'the batch');
        for (const part of value.on?.parts ?? [])
          this.expect(part.count, [NUMBER], owner, 'the number of accelerators');
        return;
      }
      case 'pool':
        for (const part of value.parts) this.expect(part.count, [NUMBER], owner, 'the number of accelerators');
        return;
      case 'conditions':
        for (const c of value.conditions) {
          const expected = type?.is === 'conditions' ? type.metrics[c.metric] : undefined;
          this.expect(
            c.bound,
            expected && [expected],
            owner,
            `the bound of \`${c.metric === 'latency' && c.percentile ? `p${c.percentile}` : c.metric}\``,
          );
        }
        return;
      case 'flow':
        return this.flow(value.flow, owner);
      case 'arm':
        if (value.share) this.expect(value.share, [NUMBER], owner, 'the share');
        return;
      case 'primary':
        if (value.baseline) this.expect(value.baseline, [NUMBER], owner, 'the baseline');
        if (value.mde) this.expect(value.mde, [NUMBER, POINTS], owner, 'the effect');
    }
  }

  assignment(path: readonly string[], value: Value, owner: string): void {
    const [name = '', ...rest] = path;
    const param = rest.length === 0 ? this.design.params.get(name) : undefined;
    const node = rest.length > 0 ? this.design.lookup(name) : undefined;
    const type = node && propertyOf(node.kind, rest.join('.'))?.type;
    this.base = param ? this.ofParam(param) : type?.is === 'quantity' ? type.dimensions[0] : undefined;
    const expected: ValueType | undefined = param ? this.base && { is: 'quantity', dimensions: [this.base] } : type;
    this.value(value, expected, owner, `\`${path.join('.')}\``);
    this.base = undefined;
  }

  comparison(left: Expression, right: Expression): void {
    const a = this.of(left, null, 'the condition');
    if (a) this.expect(right, [a], null, 'the right side');
    else this.of(right, null, 'the condition');
  }

  private flow(flow: Flow, owner: string): void {
    switch (flow.step) {
      case 'call':
        return;
      case 'sequence':
      case 'parallel':
        for (const m of flow.members) this.flow(m, owner);
        return;
      case 'times':
        this.expect(flow.factor, [NUMBER], owner, 'how often it is called');
        return this.flow(flow.of, owner);
      case 'rows':
        this.expect(flow.rows, [NUMBER], owner, 'the number of rows');
        return this.flow(flow.of, owner);
      case 'forget':
        return this.flow(flow.of, owner);
    }
  }

  /** Checks an expression against what may stand there; a sum or range is checked by its members, so that the finding is small. */
  expect(e: Expression, expected: readonly Dimension[] | undefined, owner: string | null, what: string): void {
    const found = this.of(e, owner, what);
    if (!found || !expected || expected.includes(found)) return;
    const bytes = expected.some((d) => (d.exponents[1] ?? 0) !== 0) ? this.bytesSlip(e) : undefined;
    const literal = e.op === 'number' && /^\$?[\d._]+[kMGTP]?$/.test(e.text) ? e.text : undefined;
    this.found.push({
      span: e.span,
      found,
      expected,
      owner,
      what,
      ...(bytes && { bytes }),
      ...(literal && { literal }),
    });
  }

  private bytesSlip(e: Expression): Mismatch['bytes'] {
    const value = e.op === 'name' ? this.design.params.get(e.name)?.value : undefined;
    const literal = value?.form === 'quantity' ? value.expression : e;
    if (literal.op !== 'number' || !/\dB$/.test(literal.text)) return undefined;
    return { span: literal.span, text: `${literal.text.slice(0, -1)} bytes` };
  }

  of(e: Expression, owner: string | null, what: string): Dimension | undefined {
    switch (e.op) {
      case 'number':
        return e.dimension;
      case 'name':
        return e.name === 'base' && this.base ? this.base : this.ofName(e.name);
      case 'member':
        return this.ofMember(e.subject.name, e.path);
      case 'negative':
        return this.of(e.of, owner, what);
      case 'range':
        return this.same([e.low, e.high], owner, what);
      case 'distribution':
        return this.same(
          e.points.map((p) => p.value),
          owner,
          what,
        );
      case 'call': {
        const d = this.same(e.arguments, owner, what);
        return e.name === 'sqrt' ? d && power(d, 0.5) : d;
      }
      case '+':
      case '-':
        return this.same([e.left, e.right], owner, what);
      default:
        return this.product(e, owner, what);
    }
  }

  private same(list: readonly Expression[], owner: string | null, what: string): Dimension | undefined {
    const [first, ...rest] = list;
    const dimension = first && this.of(first, owner, what);
    for (const e of rest) {
      const other = this.of(e, owner, what);
      if (!dimension) continue;
      if (other && other !== dimension)
        this.found.push({ span: e.span, found: other, expected: [dimension], owner, what });
    }
    return dimension;
  }

  private product(
    e: Extract<Expression, { left: Expression }>,
    owner: string | null,
    what: string,
  ): Dimension | undefined {
    const left = this.of(e.left, owner, what);
    if (
      e.op === '/' &&
      e.right.op === 'name' &&
      secondsIn(e.right.name) !== undefined &&
      !this.design.params.has(e.right.name)
    )
      return left && per(left, TIME);
    const right = this.of(e.right, owner, what);
    if (!left || !right) return undefined;
    if (e.op === '*') return times(left, right);
    if (e.op === '/') return per(left, right);
    if (right !== NUMBER) {
      this.found.push({ span: e.right.span, found: right, expected: [NUMBER], owner, what: 'an exponent' });
      return undefined;
    }
    if (left === NUMBER) return left;
    return e.right.op === 'number' ? power(left, e.right.value) : undefined;
  }

  private ofName(name: string): Dimension | undefined {
    const param = this.design.params.get(name);
    return param && this.ofParam(param);
  }

  private ofParam(param: Param): Dimension | undefined {
    if (param.value.form !== 'quantity' || this.open.has(param)) return undefined;
    this.open.add(param);
    const before = this.found.length;
    const dimension = this.of(param.value.expression, param.name, '');
    this.found.length = before;
    this.open.delete(param);
    return dimension;
  }

  private ofMember(subject: string, path: readonly string[]): Dimension | undefined {
    const node = this.design.lookup(subject);
    if (!node) return undefined;
    const quantity = quantityOf(`${node.kind}.${path.join('_')}`);
    if (quantity) return quantity.dimension;
    if (hardwareMember(node, path) !== undefined) return NUMBER;
    const type = propertyOf(node.kind, path.join('.'))?.type;
    if (type?.is !== 'quantity') return undefined;
    if (type.dimensions.length === 1) return type.dimensions[0];
    const own = node.properties.get(path[0]!)?.value;
    return own?.form === 'quantity' ? this.of(own.expression, node.name, '') : undefined;
  }
}
