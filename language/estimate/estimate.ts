import type { Dimension } from '../units/dimension.ts';

/** Where an input comes from: written by the author, computed, a catalog row (with its source), or a default (which hovers show). */
export type Origin = 'given' | 'derived' | 'catalog' | 'default';

/** One row of a derivation. A `formula` names the labels of earlier rows, with `_` for a blank. */
export interface Step {
  /** `requests per GPU` */
  readonly label: string;
  /** `utilization / latency`; null for an input */
  readonly formula: string | null;
  /** in base units */
  readonly value: number;
  readonly dimension: Dimension;
  readonly from: Origin;
  /** of a catalog row, a default or a published constant */
  readonly source: string | null;
  /** the estimate that this row repeats, where it is another's result */
  readonly of?: { readonly subject: string; readonly quantity: string };
  /** for a numerical step: its method in words */
  readonly method?: string;
  /** for a distribution used by a numerical step: its percentiles */
  readonly spread?: { readonly p50: number; readonly p99: number };
}

export interface Estimate {
  readonly subject: string;
  /** `serving.gpus` */
  readonly quantity: string;
  /** in base units; the median where inputs are uncertain */
  readonly value: number;
  readonly dimension: Dimension;
  /** `400 GPUs` */
  readonly display: string;
  readonly steps: readonly Step[];
  readonly assumptions: readonly string[];
  /** several numbers where one does not say it: the boundaries of a sequential test */
  readonly values?: readonly number[];
}

/** No figure: what would have to be written to get one, as short phrases ("`latency` or the model's `params`"). */
export interface Missing {
  readonly missing: readonly string[];
}

export const isMissing = <T extends object>(answer: T | Missing): answer is Missing => 'missing' in answer;
