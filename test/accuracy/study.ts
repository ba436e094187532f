/** One published figure and what the estimator says of it, in the same unit. */
export interface Sample {
  readonly id: string;
  readonly published: number;
  /** NaN where there is no estimate, which counts as an error without bound */
  readonly estimate: number;
  /** the stated 90% interval */
  readonly low: number | null;
  readonly high: number | null;
  /** kept back: no constant was fitted to it */
  readonly held: boolean;
}

/** An estimator beside published figures. */
export interface Study {
  readonly name: string;
  readonly title: string;
  /** of the figures: `s`, `tokens/s`, `1` */
  readonly unit: string;
  /** errors that we hold ourselves to: 0.11 is 11%, a width of 1.6 is x/÷1.6 */
  readonly target?: { readonly median: number; readonly p90: number; readonly width?: number };
  /** how far off others are, in their words */
  readonly peers?: string;
  /** tables that lie beside the repository, or figures that it holds itself */
  readonly truth: 'shared' | 'repository';
  samples(): Sample[];
}

/** Errors are |estimate / published - 1|. */
export interface Summary {
  readonly rows: number;
  readonly median: number;
  readonly p90: number;
  /** median of estimate / published - 1 */
  readonly bias: number;
  /** share of the rows that the stated interval holds; null where none is stated */
  readonly coverage: number | null;
  /** median of the intervals' widths as a factor: 1.5 is x/÷ 1.5 */
  readonly width: number | null;
}

export function summary(samples: readonly Sample[]): Summary {
  const stated = samples.filter((s) => s.low !== null && s.high !== null);
  const inside = stated.filter((s) => s.low! <= s.published && s.published <= s.high!);
  return {
    rows: samples.length,
    median: percentile(samples.map(errorOf), 0.5),
    p90: percentile(samples.map(errorOf), 0.9),
    bias: percentile(
      samples.map((s) => s.estimate / s.published - 1),
      0.5,
    ),
    coverage: stated.length > 0 ? inside.length / stated.length : null,
    width:
      stated.length > 0
        ? percentile(
            stated.map((s) => Math.sqrt(s.high! / s.low!)),
            0.5,
          )
        : null,
  };
}

export const errorOf = ({ estimate, published }: Sample): number => {
  const error = Math.abs(estimate / published - 1);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
};

function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low === high ? low : low + (high - low) * (at - Math.floor(at));
}

/** Keeps back about one in three of the groups that a key names, say model and accelerator: never single rows of a group. */
export function heldBack(key: string): boolean {
  let hash = 0x811c9dc5;
  for (const c of key) hash = Math.imul(hash ^ c.codePointAt(0)!, 0x01000193) >>> 0;
  // the last bits of this hash (FNV-1a) depend on the last character alone
  return (hash >>> 16) % 3 === 0;
}
