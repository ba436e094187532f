import type { Estimator } from './context.ts';
import { bytesPerSecond } from './source/bytes_per_second.ts';
import { checkpointBytes } from './training/checkpoint_bytes.ts';
import { checkpointInterval } from './training/checkpoint_interval.ts';
import { cost as trainingCost } from './training/cost.ts';
import { energy } from './training/energy.ts';
import { gpuHours } from './training/gpu_hours.ts';
import { memoryPerGpu as trainingMemoryPerGpu } from './training/memory_per_gpu.ts';
import { mfu } from './training/mfu.ts';
import { steps } from './training/steps.ts';
import { time } from './training/time.ts';

/** Every estimator. The order is that of `mlsys estimate` within one declaration. */
export const ESTIMATORS: readonly Estimator[] = [
  bytesPerSecond,
  steps,
  time,
  gpuHours,
  trainingCost,
  energy,
  trainingMemoryPerGpu,
  mfu,
  checkpointBytes,
  checkpointInterval,
];

export const estimatorsByQuantity: ReadonlyMap<string, Estimator> = new Map(ESTIMATORS.flatMap((e) => e.quantities.map((q) => [q, e] as const)));
