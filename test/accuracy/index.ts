import { ttftAlone } from './studies/ttft_alone.ts';
import { throughputFixed, throughputMost } from './studies/token_throughput.ts';
import { tpotDense, tpotMixture, ttftDense, ttftMixture } from './studies/generation.ts';
import { batchLaw, passTime } from './studies/batch_latency.ts';
import { serverThroughput } from './studies/server.ts';
import { featureReads } from './studies/feature_reads.ts';
import { batchedLatency, poolLatency, wayLatency } from './studies/latency.ts';
import { abSamples, sequential, waiting } from './studies/statistics.ts';
import {
  trainingHours,
  trainingImages,
  trainingMemory,
  trainingMfu,
  trainingMfuLegacy,
  trainingTrees,
} from './studies/training.ts';
import { SHARED } from './tables.ts';
import type { Study } from './study.ts';

/** Every study, in the order of the published table. */
export const STUDIES: readonly Study[] = [
  tpotDense,
  tpotMixture,
  ttftDense,
  ttftMixture,
  ttftAlone,
  throughputMost,
  throughputFixed,
  batchLaw,
  passTime,
  trainingMfu,
  trainingMfuLegacy,
  trainingHours,
  trainingImages,
  trainingMemory,
  trainingTrees,
  serverThroughput,
  featureReads,
  poolLatency,
  batchedLatency,
  wayLatency,
  abSamples,
  sequential,
  waiting,
];

/** Those whose figures are there. */
export const runnable = (): Study[] => STUDIES.filter((study) => study.truth === 'repository' || SHARED !== undefined);
