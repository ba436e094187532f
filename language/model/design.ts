import type { Dimension } from '../units/dimension.ts';

/**
 * A design as plain data: what a document says, with every name, unit and form read, and nothing of the syntax tree.
 * Rules, estimators, views and exporters see this and nothing below it.
 */

/** Where the text of one top-level item begins. `offset` moves when text before it changes; everything inside is relative to it. */
export interface Anchor {
  readonly uri: string;
  offset: number;
}

/** A stretch of source text, relative to its anchor, in UTF-16 code units. `end` is exclusive. */
export interface Span {
  readonly at: Anchor;
  readonly start: number;
  readonly end: number;
}

export interface Named {
  readonly name: string;
  readonly span: Span;
}

export interface Node {
  readonly kind: string;
  readonly name: string;
  /** the whole declaration, its name, and the brace that opens its body (where a missing property is inserted after) */
  readonly span: Span;
  readonly nameSpan: Span;
  readonly bodySpan: Span;
  /** the body stands in one line */
  readonly inline: boolean;
  readonly doc?: string;
  /** the first of each name; repeats are in `repeated` */
  readonly properties: ReadonlyMap<string, Property>;
  readonly repeated: readonly Property[];
  /** false where the syntax of the declaration is broken: rules stay silent about what it lacks */
  readonly whole: boolean;
  readonly problems: readonly Problem[];
}

/** What lowering could not read, as facts: the rules of the groups `syntax` and `type` put them into words. */
export type Problem =
  /** `rights` is what may be written instead of the text of `at`, or else of `span`; empty: nothing */
  | {
      readonly is: 'syntax';
      readonly message: string;
      readonly span: Span;
      readonly rights: readonly string[];
      readonly at?: Span;
    }
  | { readonly is: 'unknown-kind'; readonly kind: string; readonly span: Span }
  | {
      readonly is: 'unknown-property';
      readonly key: string;
      readonly within: string;
      readonly known: readonly string[];
      readonly span: Span;
      readonly whole: Span;
    }
  | {
      readonly is: 'repeated-property';
      readonly key: string;
      readonly span: Span;
      readonly first: Span;
      readonly whole: Span;
    }
  /** a value of another form or word than the property takes; `allowed` are the words it may be */
  | {
      readonly is: 'wrong-value';
      readonly key: string;
      readonly message: string;
      readonly span: Span;
      readonly allowed?: readonly string[];
      /** what may be written instead, where that is clear */
      readonly rights?: readonly string[];
    };

export interface Property {
  readonly key: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly value: Value;
  /** for a catalog entry: where its row comes from */
  readonly source?: string;
}

export type Value =
  | QuantityValue
  | { readonly form: 'auto' }
  | { readonly form: 'words'; readonly words: readonly WordValue[] }
  | { readonly form: 'references'; readonly references: readonly Reference[] }
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'truth'; readonly truth: boolean }
  | PoolValue
  | { readonly form: 'conditions'; readonly conditions: readonly Condition[] }
  | { readonly form: 'flow'; readonly flow: Flow }
  | { readonly form: 'arm'; readonly serving: Reference; readonly share?: Expression }
  | PrimaryValue
  | { readonly form: 'columns'; readonly columns: readonly Column[] }
  | { readonly form: 'actions'; readonly actions: readonly Action[] }
  | { readonly form: 'block'; readonly properties: ReadonlyMap<string, Property> }
  /** could not be read; a finding says why */
  | { readonly form: 'broken' };

export interface QuantityValue {
  readonly form: 'quantity';
  readonly expression: Expression;
  /** `18ms on 4 x A100_80GB` */
  readonly on?: PoolValue;
  /** `5ms at 1, 14ms at 8`, in the order written; `expression` is then the first */
  readonly at?: readonly { readonly batch: Expression; readonly expression: Expression }[];
}

export interface WordValue extends Named {
  /** `obrien_fleming(4)` */
  readonly argument?: Expression;
}

export interface Reference extends Named {
  /** `CardVelocity@2`, and where the whole of it stands */
  readonly version?: string;
  readonly versionedSpan?: Span;
}

export interface PoolValue {
  readonly form: 'pool';
  readonly parts: readonly PoolPart[];
  /** the pool is a `param` */
  readonly param?: Reference;
}

export interface PoolPart {
  readonly count: Expression;
  readonly hardware: Reference;
  readonly span: Span;
}

/** `ttft p95 < 800ms`: metric `ttft`, percentile 95. `p99 < 50ms`: metric `latency`, percentile 99. */
export interface Condition {
  readonly metric: string;
  readonly percentile?: number;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly bound: Expression;
  readonly span: Span;
}

export interface PrimaryValue {
  readonly form: 'primary';
  readonly metric: Named;
  readonly baseline?: Expression;
  /** relative, or absolute where its dimension is `pp` */
  readonly mde?: Expression;
}

export interface Column {
  readonly name: string;
  /** `int32 int64 float32 float64 bool string category timestamp` */
  readonly type: string;
  /** of `string(N)` and `category(N)` */
  readonly size?: number;
  /** of an array `[N]` */
  readonly length?: number;
  readonly span: Span;
  /** its type without the length of an array */
  readonly typeSpan: Span;
}

export interface Action extends Named {
  /** `retrain NAME` */
  readonly target?: Reference;
}

export type Flow =
  | { readonly step: 'call'; readonly target: Reference; readonly span: Span }
  | { readonly step: 'sequence' | 'parallel'; readonly members: readonly Flow[]; readonly span: Span }
  /** `N * A` with N >= 1 calls at once, or a share below 1 */
  | { readonly step: 'times'; readonly factor: Expression; readonly of: Flow; readonly span: Span }
  /** `A[500]` */
  | { readonly step: 'rows'; readonly rows: Expression; readonly of: Flow; readonly span: Span }
  /** `~A` */
  | { readonly step: 'forget'; readonly of: Flow; readonly span: Span };

export type Expression =
  | {
      readonly op: 'number';
      readonly value: number;
      readonly dimension: Dimension;
      readonly text: string;
      readonly span: Span;
    }
  | { readonly op: 'range'; readonly low: Expression; readonly high: Expression; readonly span: Span }
  | {
      readonly op: 'distribution';
      readonly points: readonly { readonly percentile: number; readonly value: Expression }[];
      readonly span: Span;
    }
  | { readonly op: 'name'; readonly name: string; readonly span: Span }
  | { readonly op: 'member'; readonly subject: Named; readonly path: readonly string[]; readonly span: Span }
  | { readonly op: 'negative'; readonly of: Expression; readonly span: Span }
  | {
      readonly op: '+' | '-' | '*' | '/' | '^';
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly op: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly span: Span };

export interface Param {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly doc?: string;
  readonly value: Value;
  readonly valueSpan: Span;
  readonly problems: readonly Problem[];
}

export interface Requirement {
  /** absent where the condition could not be read */
  readonly condition?: {
    readonly left: Expression;
    readonly operator: '<' | '<=' | '>' | '>=';
    readonly right: Expression;
  };
  readonly why?: string;
  readonly span: Span;
  /** the condition without `require` and the text */
  readonly conditionSpan: Span;
  readonly problems: readonly Problem[];
}

export interface Scenario {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly doc?: string;
  readonly assignments: readonly Assignment[];
  readonly problems: readonly Problem[];
}

/** `peak = 30k/s` (path of one), `Chat.replicas = 2 * base` */
export interface Assignment {
  readonly path: readonly string[];
  readonly targetSpan: Span;
  readonly value: Value;
  readonly valueSpan: Span;
}

export interface Import {
  readonly path: string;
  readonly span: Span;
  readonly pathSpan: Span;
}

/** An import with what it leads to, in the design that it belongs to. */
export interface ResolvedImport extends Import {
  /** the file; null where there is none */
  readonly uri: string | null;
  /** a path that leads to a file, where this one does not */
  readonly meant?: string;
}

/** One top-level item of a document, as lowering leaves it. */
export type Item =
  | { readonly is: 'node'; readonly node: Node }
  | { readonly is: 'param'; readonly param: Param }
  | { readonly is: 'requirement'; readonly requirement: Requirement }
  | { readonly is: 'scenario'; readonly scenario: Scenario }
  | { readonly is: 'import'; readonly import: Import; readonly problems: readonly Problem[] }
  /** text that is no item */
  | { readonly is: 'junk'; readonly span: Span; readonly problems: readonly Problem[] };

/**
 * One document with all that it sees: its own items, those of the files it imports, and the catalog.
 * `lookup` gives what a name means here: an own declaration first, then an imported one, then a catalog entry.
 */
export interface Design {
  readonly uri: string;
  /** declarations of this document, in order */
  readonly nodes: readonly Node[];
  /** declarations of this document and of what it imports, in order */
  readonly visible: readonly Node[];
  /** by name, the first of each */
  readonly params: ReadonlyMap<string, Param>;
  /** the same with repeats, of this document and of what it imports, in order */
  readonly everyParam: readonly Param[];
  readonly requirements: readonly Requirement[];
  readonly scenarios: readonly Scenario[];
  readonly imports: readonly ResolvedImport[];
  readonly system: Node | undefined;
  lookup(name: string): Node | undefined;
  isCatalog(node: Node): boolean;
  /** every catalog entry of a kind (about a name), in the catalog's order */
  catalog(kind: string, about?: string): readonly Node[];
}
