import type { Step } from '#language/estimate/estimate.ts';

/** Repeats the numerical step of a derivation by another method than the estimator's. */
export function repeated(step: Step, rows: ReadonlyMap<string, Step>): { value: number; tolerance: number } {
  throw new Error(`${step.formula} has no second method yet (${rows.size} rows)`);
}
