import type { Design, Expression, Node, Requirement, Scenario, Span, Value } from '../model/design.ts';
import type { Dimension } from '../units/dimension.ts';
import type { Ninety } from './constants.ts';
import type { Estimate, Missing, Origin } from './estimate.ts';
import type { Distribution } from './numeric/distribution.ts';

/** What an estimator sees: the design with its values worked out in one scenario. Pure: the same design gives the same answers. */
export interface Context {
  readonly design: Design;
  /** the declaration of a name. Like all that follows it notes what was looked at, so that an edit elsewhere keeps the result */
  find(name: string): Node | undefined;
  /** the declarations of a kind, in order */
  all(kind: string): readonly Node[];
  readonly requirements: readonly Requirement[];
  readonly scenarios: readonly Scenario[];
  /** those of a kind that mention a declaration */
  referrers(node: Node, kind: string): readonly Node[];
  /** a quantity property (`latency`, `batching.max`), or its default; undefined where it is absent, `auto`, or not computable */
  input(node: Node, path: string): Input | undefined;
  /** the same without defaults */
  given(node: Node, path: string): Input | undefined;
  /** the value as lowered: own, inherited from a model's `base`, or set by a scenario; no defaults */
  value(node: Node, path: string): Value | undefined;
  /** the only word of a property (`strategy`), or its default */
  word(node: Node, path: string): string | undefined;
  /** true for `auto` */
  isAuto(node: Node, path: string): boolean;
  /** the declaration that a property refers to */
  reference(node: Node, path: string): Node | undefined;
  references(node: Node, path: string): readonly Node[];
  /** the accelerators of a pool property; a `param` that holds a pool is followed */
  pool(node: Node, path: string): readonly PoolInput[];
  estimate(node: Node, quantity: string): Estimate | Missing;
  /** the value of an expression that is no property: a bound of a budget, a share in a flow */
  evaluate(expression: Expression, owner: string): Input | undefined;
  /** the same design and scenario with some numbers replaced: what would come out, by `Subject.property` */
  replaced(numbers: ReadonlyMap<string, Input>): Context;
  /** the same with values of any form */
  set(values: ReadonlyMap<string, Value>): Context;
  /** every property and parameter that a figure looked at, on its whole way: `Chat.replicas`, `peak` */
  readsOf(node: Node, quantity: string): ReadonlySet<string>;
  /** computed once for the design in this scenario */
  once<T>(key: string, make: () => T): T;
  /** the same, with every property and parameter that was looked at, on the whole way */
  traced<T>(key: string, make: () => T): { readonly value: T; readonly reads: ReadonlySet<string> };
  /**
   * One draw of an estimator's own error: 1 at the point, else the factor by which the truth differs in this sample, log-normal with
   * `ninety` as its 90% factor (truth within x/÷ ninety in nine of ten cases; a pair has one for each side). `name` tells independent
   * errors apart.
   */
  error(name: string, ninety: Ninety): number;
}

/** A value with where it comes from. */
export interface Input {
  /** in base units; the mean of a distribution, the median of a range */
  readonly value: number;
  readonly dimension: Dimension;
  readonly from: Origin;
  /** of a catalog row or a default */
  readonly source: string | null;
  /** `FraudScorer.latency`: who reads it in a table of sensitivities */
  readonly id: string;
  readonly spread?: Distribution;
  readonly span?: Span;
  /** `18ms on 4 x A100_80GB` */
  readonly on?: readonly PoolInput[];
  /** `5ms at 1, 14ms at 8` */
  readonly at?: readonly { readonly batch: number; readonly value: number }[];
}

export interface PoolInput {
  readonly count: Input;
  readonly hardware: Node;
  readonly span: Span;
}

export interface Estimator {
  /** the quantities that it answers: `['serving.gpus']`, or a family such as the percentiles of one latency */
  readonly quantities: readonly string[];
  estimate(node: Node, context: Context, quantity: string): Estimate | Missing;
}
