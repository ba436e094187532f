import type { Dimension } from '../units/dimension.ts';

/**
 * The schema: what a kind of declaration is, and which properties it has. Completion, hovers, validation, highlighting,
 * lowering, the JSON form and the reference page all read it. One file per kind in this folder.
 */
export interface KindSchema {
  readonly kind: string;
  /** one sentence for completion and hovers: what it is */
  readonly doc: string;
  /** a complete small declaration, valid by itself or with the names it refers to: completion and the reference show it */
  readonly example: string;
  /** in the order in which completion offers them and a formatted declaration reads best */
  readonly properties: Readonly<Record<string, PropertySchema>>;
}

export interface PropertySchema {
  readonly type: ValueType;
  /** one or two sentences: what it means, what happens without it */
  readonly doc: string;
  readonly required?: true;
  /** as it would be written: completion inserts it as a placeholder */
  readonly example: string;
  /**
   * What an estimator takes when nothing is written: as written in the language (`50%`, `auto`), with why and its source.
   * `when` narrows it to declarations whose property has that word: `{ pattern: 'batch' }`.
   */
  readonly defaults?: readonly DefaultValue[];
}

export interface DefaultValue {
  readonly value: string;
  readonly why: string;
  readonly source: string;
  readonly when?: Readonly<Record<string, string>>;
}

/** A word that a property allows, with its meaning. */
export type Words = Readonly<Record<string, string>>;

export type ValueType =
  /** `20ms`, an expression, a range, a distribution. `dimensions` are alternatives: `records: 40k/d` or `records: 40k` */
  | {
      readonly is: 'quantity';
      readonly dimensions: readonly Dimension[];
      readonly auto?: true;
      /** may be a distribution (`p50 8ms p99 20ms`) */
      readonly spread?: true;
      /** may be a measurement: `18ms on 4 x A100_80GB` */
      readonly on?: true;
      /** may be a list by batch: `5ms at 1, 14ms at 8` */
      readonly at?: true;
      /** may be written `every 30min` */
      readonly every?: true;
      readonly min?: number;
      readonly max?: number;
      readonly whole?: true;
      /** words allowed instead of a number, such as `none` */
      readonly words?: Words;
    }
  /** one of some words; `open`: any other word is allowed too; `call`: the words that take a number, `pocock(4)` */
  | { readonly is: 'word'; readonly words: Words; readonly open?: true; readonly call?: readonly string[] }
  | { readonly is: 'words'; readonly words: Words; readonly open?: true }
  /** a name, or several with `many`; `kinds` are those it may refer to; `words` win over a name */
  | {
      readonly is: 'reference';
      readonly kinds: readonly string[];
      readonly many?: true;
      readonly version?: true;
      readonly words?: Words;
      /** free text is accepted too (a technology that the catalog does not have) */
      readonly open?: true;
    }
  | { readonly is: 'text' }
  /** a text or a bare word: `version: "2.1"`, `target: new_users` */
  | { readonly is: 'free' }
  | { readonly is: 'truth' }
  /** `8 x H100`, lists of them with `many` */
  | { readonly is: 'pool'; readonly many?: true }
  /** `p99 < 50ms, ttft p95 < 2s`: `metrics` says what may be bounded, with its dimension; `open`: any other name too */
  | { readonly is: 'conditions'; readonly metrics: Readonly<Record<string, Dimension>>; readonly open?: true }
  | { readonly is: 'flow' }
  /** `FraudScorer 90%` */
  | { readonly is: 'arm' }
  /** `fraud_rate baseline 0.12% mde 10%` */
  | { readonly is: 'primary' }
  /** `{ name: int32 ... }` */
  | { readonly is: 'columns' }
  /** `investigate, retrain TrainFraudNet` */
  | { readonly is: 'actions' }
  /** a block with properties of its own: `batching { max: 8 }`; `open`: any name with a quantity */
  | { readonly is: 'block'; readonly properties: Readonly<Record<string, PropertySchema>>; readonly open?: true };
