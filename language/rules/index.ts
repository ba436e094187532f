import { autoscaleRange } from './capacity/autoscale-range.ts';
import { batchWindow } from './capacity/batch-window.ts';
import { clusterOvercommit } from './capacity/cluster-overcommit.ts';
import { contextWindow } from './capacity/context-window.ts';
import { gpuShortfall } from './capacity/gpu-shortfall.ts';
import { headroom } from './capacity/headroom.ts';
import { kvCache } from './capacity/kv-cache.ts';
import { loader } from './capacity/loader.ts';
import { memoryFit } from './capacity/memory-fit.ts';
import { onlineStoreMemory } from './capacity/online-store-memory.ts';
import { onlineStoreThroughput } from './capacity/online-store-throughput.ts';
import { overprovisioned } from './capacity/overprovisioned.ts';
import { partitions } from './capacity/partitions.ts';
import { pipelineLag } from './capacity/pipeline-lag.ts';
import { rateLimit } from './capacity/rate-limit.ts';
import { reviewOverload } from './capacity/review-overload.ts';
import { trafficMismatch } from './capacity/traffic-mismatch.ts';
import { unattached } from './capacity/unattached.ts';
import { unplaced } from './capacity/unplaced.ts';
import { trainingMemoryFit } from './capacity/training-memory-fit.ts';
import { unstable } from './capacity/unstable.ts';
import { vectorIndexMemory } from './capacity/vector-index-memory.ts';
import { cheaperHardware } from './cost/cheaper-hardware.ts';
import { idle } from './cost/idle.ts';
import { costOverBudget } from './cost/over-budget.ts';
import { stalePrice } from './cost/stale-price.ts';
import { underpowered } from './experiment/underpowered.ts';
import { batchWait } from './latency/batch-wait.ts';
import { noBudget } from './latency/no-budget.ts';
import { overBudget } from './latency/over-budget.ts';
import { patternMismatch } from './latency/pattern-mismatch.ts';
import { servingOverBudget } from './latency/serving-over-budget.ts';
import { staleCache } from './latency/stale-cache.ts';
import { tailFanout } from './latency/tail-fanout.ts';
import { tpotOverBudget } from './latency/tpot-over-budget.ts';
import { ttftOverBudget } from './latency/ttft-over-budget.ts';
import { cycle } from './name/cycle.ts';
import { duplicate } from './name/duplicate.ts';
import { importNotFound } from './name/import-not-found.ts';
import { unresolved } from './name/unresolved.ts';
import { unused } from './name/unused.ts';
import { wrongKind } from './name/wrong-kind.ts';
import { availability } from './reliability/availability.ts';
import { singlePoint } from './reliability/single-point.ts';
import { failed } from './require/failed.ts';
import { quantizationUnsupported } from './serving/quantization-unsupported.ts';
import type { Rule } from './rule.ts';
import { noRetention } from './security/no-retention.ts';
import { piiInMonitor } from './security/pii-in-monitor.ts';
import { piiToExternal } from './security/pii-to-external.ts';
import { missingDoc } from './style/missing-doc.ts';
import { unusedSuppression } from './style/unused-suppression.ts';
import { syntaxError } from './syntax/error.ts';
import { checkpointInterval } from './training/checkpoint-interval.ts';
import { deadlineMissed } from './training/deadline-missed.ts';
import { hpoBudget } from './training/hpo-budget.ts';
import { implausibleMfu } from './training/implausible-mfu.ts';
import { implausibleStep } from './training/implausible-step.ts';
import { labelDelay } from './training/label-delay.ts';
import { noCheckpoint } from './training/no-checkpoint.ts';
import { noValidationGate } from './training/no-validation-gate.ts';
import { notRegistered } from './training/not-registered.ts';
import { parallelismDivides } from './training/parallelism-divides.ts';
import { precisionUnsupported } from './training/precision-unsupported.ts';
import { scalingAssumedPerfect } from './training/scaling-assumed-perfect.ts';
import { scheduleOverlap } from './training/schedule-overlap.ts';
import { stepBasis } from './training/step-basis.ts';
import { strategyMismatch } from './training/strategy-mismatch.ts';
import { tensorParallelAcrossNodes } from './training/tensor-parallel-across-nodes.ts';
import { undertrained } from './training/undertrained.ts';
import { untracked } from './training/untracked.ts';
import { duplicateProperty } from './type/duplicate-property.ts';
import { missingProperty } from './type/missing-property.ts';
import { notFinite } from './type/not-finite.ts';
import { outOfRange } from './type/out-of-range.ts';
import { unitMismatch } from './type/unit-mismatch.ts';
import { unknownKind } from './type/unknown-kind.ts';
import { unknownProperty } from './type/unknown-property.ts';
import { wrongValue } from './type/wrong-value.ts';

/** Every rule, in the order in which they are checked and listed. */
export const RULES: readonly Rule[] = [
  syntaxError,
  unknownKind,
  unknownProperty,
  missingProperty,
  duplicateProperty,
  wrongValue,
  unitMismatch,
  outOfRange,
  notFinite,
  importNotFound,
  unresolved,
  wrongKind,
  duplicate,
  cycle,
  unused,
  memoryFit,
  kvCache,
  trainingMemoryFit,
  unstable,
  gpuShortfall,
  autoscaleRange,
  headroom,
  overprovisioned,
  clusterOvercommit,
  rateLimit,
  trafficMismatch,
  unplaced,
  batchWindow,
  contextWindow,
  onlineStoreMemory,
  onlineStoreThroughput,
  vectorIndexMemory,
  pipelineLag,
  partitions,
  reviewOverload,
  unattached,
  loader,
  servingOverBudget,
  ttftOverBudget,
  tpotOverBudget,
  batchWait,
  overBudget,
  noBudget,
  patternMismatch,
  tailFanout,
  staleCache,
  deadlineMissed,
  stepBasis,
  hpoBudget,
  scheduleOverlap,
  strategyMismatch,
  tensorParallelAcrossNodes,
  parallelismDivides,
  implausibleStep,
  implausibleMfu,
  scalingAssumedPerfect,
  precisionUnsupported,
  labelDelay,
  checkpointInterval,
  noCheckpoint,
  untracked,
  notRegistered,
  noValidationGate,
  undertrained,
  costOverBudget,
  cheaperHardware,
  idle,
  stalePrice,
  availability,
  singlePoint,
  piiInMonitor,
  piiToExternal,
  noRetention,
  quantizationUnsupported,
  underpowered,
  failed,
  missingDoc,
  unusedSuppression,
];
