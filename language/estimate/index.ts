import type { Estimator } from './context.ts';
import { boundaries } from './experiment/boundaries.ts';
import { decisionTime } from './experiment/decision_time.ts';
import { experimentDuration } from './experiment/duration.ts';
import { samplePerArm } from './experiment/sample_per_arm.ts';
import { sampleTreatment } from './experiment/sample_treatment.ts';
import { bytesPerKey } from './features/bytes_per_key.ts';
import { freshness } from './features/freshness.ts';
import { latency as featuresLatency } from './features/latency.ts';
import { offlineBytes } from './features/offline_bytes.ts';
import { onlineBytes } from './features/online_bytes.ts';
import { readsPerSecond } from './features/reads_per_second.ts';
import { writesPerSecond } from './features/writes_per_second.ts';
import { storeReadsPerSecond } from './featurestore/reads_per_second.ts';
import { throughputUtilization } from './featurestore/throughput_utilization.ts';
import { memoryUtilization } from './featurestore/memory_utilization.ts';
import { storeOnlineBytes } from './featurestore/online_bytes.ts';
import { memoryBytes } from './index/memory_bytes.ts';
import { noise } from './monitor/noise.ts';
import { minSample } from './monitor/min_sample.ts';
import { lag } from './pipeline/lag.ts';
import { utilization as serviceUtilization } from './service/utilization.ts';
import { partitionUtilization } from './source/partition_utilization.ts';
import { retainedBytes } from './source/retained_bytes.ts';
import { gpusUsed } from './cluster/gpus_used.ts';
import { utilization as clusterUtilization } from './cluster/utilization.ts';
import { availability } from './request/availability.ts';
import { requestCost } from './request/cost_per_1k_requests.ts';
import { latency as requestLatency } from './request/latency.ts';
import { batchWait } from './serving/batch_wait.ts';
import { concurrencyForLoad } from './serving/concurrency_for_load.ts';
import { cost as servingCost } from './serving/cost.ts';
import { costPer1kRequests } from './serving/cost_per_1k_requests.ts';
import { costPer1mTokens } from './serving/cost_per_1m_tokens.ts';
import { duration } from './serving/duration.ts';
import { gpus as servingGpus } from './serving/gpus.ts';
import { kvCacheBytesPerToken } from './serving/kv_cache_bytes_per_token.ts';
import { latency as servingLatency } from './serving/latency.ts';
import { maxConcurrency } from './serving/max_concurrency.ts';
import { maxTokensPerSecond } from './serving/max_tokens_per_second.ts';
import { memoryPerGpu as servingMemoryPerGpu } from './serving/memory_per_gpu.ts';
import { replicas } from './serving/replicas.ts';
import { replicasForBudget } from './serving/replicas_for_budget.ts';
import { replicasForLoad } from './serving/replicas_for_load.ts';
import { throughputForBudget } from './serving/throughput_for_budget.ts';
import { throughputPerReplica } from './serving/throughput_per_replica.ts';
import { tokensPerSecond } from './serving/tokens_per_second.ts';
import { tpot } from './serving/tpot.ts';
import { ttft } from './serving/ttft.ts';
import { utilization as servingUtilization } from './serving/utilization.ts';
import { cost as systemCost } from './system/cost.ts';
import { gpus as systemGpus } from './system/gpus.ts';
import { bytesPerSecond } from './source/bytes_per_second.ts';
import { checkpointBytes } from './training/checkpoint_bytes.ts';
import { checkpointInterval } from './training/checkpoint_interval.ts';
import { cost as trainingCost } from './training/cost.ts';
import { checkpointLoss } from './training/checkpoint_loss.ts';
import { energy } from './training/energy.ts';
import { labelledExamples } from './training/labelled_examples.ts';
import { tokensPerParameter } from './training/tokens_per_parameter.ts';
import { examplesPerSecond } from './training/examples_per_second.ts';
import { gpuHours } from './training/gpu_hours.ts';
import { memoryPerGpu as trainingMemoryPerGpu } from './training/memory_per_gpu.ts';
import { mfu } from './training/mfu.ts';
import { mfuLimit } from './training/mfu_limit.ts';
import { searchTime } from './training/search_time.ts';
import { steps } from './training/steps.ts';
import { time } from './training/time.ts';

/** Every estimator. The order is that of `mlsys estimate` within one declaration. */
export const ESTIMATORS: readonly Estimator[] = [
  bytesPerSecond,
  retainedBytes,
  partitionUtilization,
  lag,
  bytesPerKey,
  onlineBytes,
  offlineBytes,
  readsPerSecond,
  writesPerSecond,
  freshness,
  featuresLatency,
  storeOnlineBytes,
  memoryUtilization,
  storeReadsPerSecond,
  throughputUtilization,
  memoryBytes,
  serviceUtilization,
  samplePerArm,
  sampleTreatment,
  experimentDuration,
  decisionTime,
  boundaries,
  minSample,
  noise,
  steps,
  time,
  searchTime,
  examplesPerSecond,
  gpuHours,
  trainingCost,
  energy,
  trainingMemoryPerGpu,
  mfu,
  mfuLimit,
  checkpointBytes,
  checkpointInterval,
  checkpointLoss,
  tokensPerParameter,
  labelledExamples,
  throughputPerReplica,
  throughputForBudget,
  replicas,
  replicasForLoad,
  replicasForBudget,
  servingGpus,
  servingUtilization,
  servingMemoryPerGpu,
  servingLatency,
  ttft,
  tpot,
  tokensPerSecond,
  maxTokensPerSecond,
  kvCacheBytesPerToken,
  maxConcurrency,
  concurrencyForLoad,
  batchWait,
  duration,
  servingCost,
  costPer1kRequests,
  costPer1mTokens,
  requestLatency,
  availability,
  requestCost,
  gpusUsed,
  clusterUtilization,
  systemGpus,
  systemCost,
];

export const estimatorsByQuantity: ReadonlyMap<string, Estimator> = new Map(
  ESTIMATORS.flatMap((e) => e.quantities.map((q) => [q, e] as const)),
);
