import type { Estimator } from './context.ts';
import { bytesPerSecond } from './source/bytes_per_second.ts';

/** Every estimator. The order is that of `mlsys estimate` within one declaration. */
export const ESTIMATORS: readonly Estimator[] = [
  bytesPerSecond,
];

export const estimatorsByQuantity: ReadonlyMap<string, Estimator> = new Map(ESTIMATORS.flatMap((e) => e.quantities.map((q) => [q, e] as const)));
