import type { Design, Expression, Node, Property, Requirement, Scenario, Value } from '../model/design.ts';
import { assignedValue } from '../model/assignments.ts';
import { defaultOf } from '../model/defaults.ts';
import { nodesOfKind, referrersOf } from '../model/mentions.ts';
import { hardwareMember } from '../model/members.ts';
import { propertyOf } from '../schema/index.ts';
import { type Dimension, NUMBER } from '../units/dimension.ts';
import { gpusByHardware } from './cluster/gpus_used.ts';
import type { Ninety } from './constants.ts';
import type { Context, Estimator, Input, PoolInput } from './context.ts';
import { type Estimate, isMissing, type Missing } from './estimate.ts';
import { evaluated, type Evaluated, Z95 } from './evaluate.ts';
import { type Inheritance, Memo, type Trace } from './memo.ts';
import { scaled } from './numeric/distribution.ts';

export interface Options {
  readonly scenario?: Scenario;
  /** values that replace what is written, by `param` or `Subject.property` */
  readonly sets?: ReadonlyMap<string, Value>;
  /** the draw of each uncertain variable in this sample, as a standard normal; absent: the point */
  readonly noise?: ReadonlyMap<string, number>;
  /** inputs multiplied by a factor, for sensitivities */
  readonly factors?: ReadonlyMap<string, number>;
}

/** All figures of one design in one scenario: computed when asked for, once each. */
export class Analysis implements Context {
  readonly design: Design;
  readonly options: Options;
  private readonly estimators: ReadonlyMap<string, Estimator>;
  private readonly memo: Memo;
  /** the design as written, for `base` in an assignment */
  private readonly origin: Analysis;
  private readonly assigned: ReadonlyMap<string, Value>;

  constructor(
    design: Design,
    estimators: ReadonlyMap<string, Estimator>,
    options: Options = {},
    inheritances: readonly Inheritance[] = [],
    origin?: Analysis,
    sharing?: Analysis,
  ) {
    this.design = design;
    this.estimators = estimators;
    this.options = options;
    this.memo = new Memo(inheritances, sharing?.memo);
    this.origin = origin ?? this;
    const own =
      options.scenario?.assignments.map((a) => [a.path.join('.'), assignedValue(a, design.lookup)] as const) ?? [];
    this.assigned = new Map([...own, ...(options.sets ?? [])]);
  }

  /** The same design with something varied. What does not depend on the difference is taken over. `before`: the same variation of an earlier design. */
  vary(options: Options, before?: { analysis: Analysis; changed: ReadonlySet<string> }): Analysis {
    const sets = options.sets && new Map([...(this.options.sets ?? []), ...options.sets]);
    const merged: Options = { ...this.options, ...options, ...(sets && { sets }) };
    const assigned = options.scenario?.assignments.map((a) => a.path.join('.')) ?? [];
    const changed = new Set([
      ...assigned,
      ...(options.sets?.keys() ?? []),
      ...(options.noise?.keys() ?? []),
      ...(options.factors?.keys() ?? []),
    ]);
    const inheritances = [
      ...(before ? [{ from: before.analysis.memo, changed: before.changed }] : []),
      { from: this.memo, changed },
    ];
    return new Analysis(this.design, this.estimators, merged, inheritances, this.origin, this);
  }

  /** The figures of a changed design: what does not depend on the change is taken over. */
  succeeded(design: Design, changed: ReadonlySet<string>): Analysis {
    return new Analysis(design, this.estimators, {}, [{ from: this.memo, changed }]);
  }

  /** No longer takes anything over from what it succeeded. */
  release(): void {
    this.memo.release();
  }

  estimate(node: Node, quantity: string): Estimate | Missing {
    this.memo.read(node.name);
    return this.memo.get(
      `e:${node.name}:${quantity}`,
      { missing: ['a design without a circle: this figure depends on itself'] },
      () => {
        const estimator = this.estimators.get(quantity);
        if (!estimator || !quantity.startsWith(`${node.kind}.`))
          return { missing: [`an estimator of \`${quantity}\``] };
        return estimator.estimate(node, this, quantity);
      },
    );
  }

  replaced(numbers: ReadonlyMap<string, Input>): Analysis {
    const sets = new Map(
      [...numbers].map(([id, { value, dimension, span }]): [string, Value] => {
        const at = span ?? { at: { uri: this.design.uri, offset: 0 }, start: 0, end: 0 };
        return [
          id,
          { form: 'quantity', expression: { op: 'number', value, dimension, text: String(value), span: at } },
        ];
      }),
    );
    return this.vary({ sets });
  }

  set(values: ReadonlyMap<string, Value>): Analysis {
    return this.vary({ sets: values });
  }

  readsOf(node: Node, quantity: string): ReadonlySet<string> {
    return this.traceOf(node, quantity).reads;
  }

  /** What an estimate was computed from. */
  traceOf(node: Node, quantity: string): Trace {
    this.estimate(node, quantity);
    return this.memo.trace(`e:${node.name}:${quantity}`);
  }

  once<T>(key: string, make: () => T): T {
    return this.memo.get(`o:${key}`, undefined as T, make);
  }

  traced<T>(key: string, make: () => T): { readonly value: T; readonly reads: ReadonlySet<string> } {
    return { value: this.once(key, make), reads: this.memo.trace(`o:${key}`).reads };
  }

  find(name: string): Node | undefined {
    this.memo.read(name);
    return this.design.lookup(name);
  }

  all(kind: string): readonly Node[] {
    this.memo.read(`#${kind}`);
    const nodes = nodesOfKind(this.design, kind);
    for (const node of nodes) this.memo.read(node.name);
    return nodes;
  }

  get requirements(): readonly Requirement[] {
    this.memo.read('#require');
    return this.design.requirements;
  }

  get scenarios(): readonly Scenario[] {
    this.memo.read('#scenario');
    return this.design.scenarios;
  }

  referrers(node: Node, kind: string): readonly Node[] {
    this.memo.read(`→${node.name}`);
    const nodes = referrersOf(this.design, node.name).filter((n) => n.kind === kind);
    for (const other of nodes) this.memo.read(other.name);
    return nodes;
  }

  value(node: Node, path: string): Value | undefined {
    this.readProperty(node, path);
    return this.assigned.get(`${node.name}.${path}`) ?? this.written(node, path)?.value;
  }

  private written(node: Node, path: string): Property | undefined {
    const [head, tail] = path.split('.') as [string, string?];
    const own = node.properties.get(head);
    if (own) return tail === undefined ? own : own.value.form === 'block' ? own.value.properties.get(tail) : undefined;
    if (node.kind !== 'model' || head === 'base') return undefined;
    const parent = this.baseOf(node);
    return parent ? this.written(parent, path) : undefined;
  }

  /** the model that a model starts from; a circle of bases ends where it began */
  private baseOf(node: Node): Node | undefined {
    const value = node.properties.get('base')?.value;
    const base = value?.form === 'references' ? this.find(value.references[0]!.name) : undefined;
    if (!base || base === node || base.kind !== 'model') return undefined;
    let walk: Node | undefined = base;
    for (let i = 0; walk && i < 20; i++) {
      if (walk === node) return undefined;
      const next: Value | undefined = walk.properties.get('base')?.value;
      walk = next?.form === 'references' ? this.find(next.references[0]!.name) : undefined;
    }
    return walk ? undefined : base;
  }

  given(node: Node, path: string): Input | undefined {
    const input = this.writtenInput(node, path);
    return input && fits(node, path, input.dimension) ? input : undefined;
  }

  private writtenInput(node: Node, path: string): Input | undefined {
    const id = `${node.name}.${path}`;
    return this.memo.get(`i:${id}`, undefined, () => {
      this.readProperty(node, path);
      const set = this.assigned.get(id);
      if (set)
        return this.scaledInput(
          this.inputOf(set, id, 'given', null, () => this.origin.given(node, path)),
          id,
        );
      const property = this.written(node, path);
      if (!property) return undefined;
      const owner = property.valueSpan.at.uri === node.span.at.uri ? node : this.ownerOf(node, path);
      const catalog = this.design.isCatalog(owner);
      const source = catalog ? sourceOf(owner) : null;
      const input = this.inputOf(property.value, id, catalog ? 'catalog' : 'given', source);
      return this.scaledInput(input && { ...input, span: property.valueSpan }, id);
    });
  }

  private ownerOf(node: Node, path: string): Node {
    const head = path.split('.')[0]!;
    let owner = node;
    while (!owner.properties.has(head)) {
      const parent = this.baseOf(owner);
      if (!parent) break;
      owner = parent;
    }
    return owner;
  }

  input(node: Node, path: string): Input | undefined {
    const given = this.given(node, path);
    // what is written in a wrong unit is a mistake, and no reason to take a default
    if (given || this.isAuto(node, path) || this.writtenInput(node, path)) return given;
    const preset = defaultOf(node.kind, path, (key) => this.word(node, key));
    if (!preset) return undefined;
    return this.scaledInput(
      this.inputOf(preset.value, `${node.name}.${path}`, 'default', `${preset.why} (${preset.source})`),
      `${node.name}.${path}`,
    );
  }

  private scaledInput(input: Input | undefined, id: string): Input | undefined {
    const factor = this.options.factors?.get(id);
    if (!input || factor === undefined) return input;
    return { ...input, value: input.value * factor, ...(input.spread && { spread: scaled(input.spread, factor) }) };
  }

  word(node: Node, path: string): string | undefined {
    const value = this.value(node, path);
    if (value?.form === 'words') return value.words[0]?.name;
    if (value?.form === 'quantity' && value.expression.op === 'name') return value.expression.name;
    if (value) return undefined;
    const preset =
      path === 'pattern' || !path.includes('.')
        ? defaultOf(node.kind, path, (key) => (key === path ? undefined : this.word(node, key)))
        : undefined;
    return preset?.value.form === 'words' ? preset.value.words[0]?.name : undefined;
  }

  isAuto(node: Node, path: string): boolean {
    return this.value(node, path)?.form === 'auto';
  }

  reference(node: Node, path: string): Node | undefined {
    return this.references(node, path)[0];
  }

  references(node: Node, path: string): readonly Node[] {
    const value = this.value(node, path);
    if (value?.form === 'arm') return this.found(value.serving.name);
    if (value?.form !== 'references') return [];
    return value.references.flatMap((r) => this.found(r.name));
  }

  private found(name: string): Node[] {
    const node = this.find(name);
    return node ? [node] : [];
  }

  pool(node: Node, path: string): readonly PoolInput[] {
    const value = this.value(node, path);
    return value?.form === 'pool' ? this.poolOf(value, `${node.name}.${path}`) : [];
  }

  private poolOf(value: Extract<Value, { form: 'pool' }>, id: string): readonly PoolInput[] {
    if (value.param) {
      const { name, span } = value.param;
      this.memo.read(name);
      const param = this.assigned.get(name) ?? this.design.params.get(name)?.value;
      if (param?.form === 'pool') return this.poolOf(param, name);
      const hardware = this.find(name);
      const count: Input = { value: 1, dimension: NUMBER, from: 'given', source: null, id };
      return hardware?.kind === 'hardware' ? [{ count, hardware, span }] : [];
    }
    return value.parts.flatMap((part) => {
      const count = this.evaluate(part.count, id);
      const hardware = this.find(part.hardware.name);
      return count?.dimension === NUMBER && hardware?.kind === 'hardware' ? [{ count, hardware, span: part.span }] : [];
    });
  }

  evaluate(expression: Expression, owner: string): Input | undefined {
    const cell = this.compute(expression, owner);
    return (
      cell && {
        value: cell.value,
        dimension: cell.dimension,
        from: 'given',
        source: null,
        id: owner,
        ...(cell.spread && { spread: cell.spread }),
        span: expression.span,
      }
    );
  }

  error(name: string, ninety: Ninety): number {
    const id = `error:${name}`;
    this.memo.draw(id);
    const z = this.options.noise?.get(id);
    if (z === undefined) return 1;
    const factor = typeof ninety === 'number' ? ninety : ninety[z < 0 ? 0 : 1];
    return factor ** (z / Z95);
  }

  private inputOf(
    value: Value,
    id: string,
    from: Input['from'],
    source: string | null,
    base?: () => Input | undefined,
  ): Input | undefined {
    if (value.form !== 'quantity') return undefined;
    const cell = this.compute(value.expression, id, base);
    if (!cell) return undefined;
    const at = value.at?.flatMap((point) => {
      const batch = this.compute(point.batch, id)?.value;
      const time = this.compute(point.expression, id)?.value;
      return batch !== undefined && time !== undefined ? [{ batch, value: time }] : [];
    });
    return {
      value: cell.value,
      dimension: cell.dimension,
      from,
      source,
      id,
      ...(cell.spread && { spread: cell.spread }),
      ...(at && { at }),
      ...(value.on && { on: this.poolOf(value.on, id) }),
    };
  }

  private compute(e: Expression, owner: string, base?: () => Input | undefined): Evaluated | undefined {
    return evaluated(e, owner, {
      named: (name) => (name === 'base' && base ? base() : this.named(name)),
      member: (subject, path) => this.member(subject, path),
      draw: (variable) => {
        this.memo.draw(variable);
        return this.options.noise?.get(variable) ?? 0;
      },
    });
  }

  private named(name: string): Input | undefined {
    this.memo.read(name);
    const param = this.design.params.get(name);
    const set = this.assigned.get(name);
    const value = set ?? param?.value;
    if (value)
      return this.memo.get(`i:${name}`, undefined, () => {
        this.memo.read(name);
        return this.scaledInput(
          this.inputOf(value, name, 'given', null, set ? () => this.origin.named(name) : undefined),
          name,
        );
      });
    return undefined;
  }

  /** `A.b`: an estimate of that name before the property. */
  private member(subject: string, path: readonly string[]): Evaluated | undefined {
    const node = this.find(subject);
    if (!node) return undefined;
    const quantity = `${node.kind}.${path.join('_')}`;
    if (this.estimators.has(quantity)) {
      const answer = this.estimate(node, quantity);
      return isMissing(answer) ? undefined : { value: answer.value, dimension: answer.dimension };
    }
    const hardware = this.find(hardwareMember(node, path) ?? '');
    const answer = hardware && gpusByHardware(this, node).get(hardware);
    if (answer) return isMissing(answer) ? undefined : { value: answer.value, dimension: answer.dimension };
    return this.input(node, path.join('.'));
  }

  private readProperty(node: Node, path: string): void {
    this.memo.read(node.name);
    this.memo.read(`${node.name}.${path}`);
  }
}

/** Whether a property may have a value of this dimension; what the schema leaves open may have any. */
function fits(node: Node, path: string, dimension: Dimension): boolean {
  const type = propertyOf(node.kind, path)?.type;
  return type?.is !== 'quantity' || type.dimensions.includes(dimension);
}

function sourceOf(node: Node): string | null {
  const value = node.properties.get('source')?.value;
  return value?.form === 'text' ? value.text : null;
}
