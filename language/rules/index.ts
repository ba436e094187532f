import { clusterOvercommit } from './capacity/cluster-overcommit.ts';
import { gpuShortfall } from './capacity/gpu-shortfall.ts';
import { memoryFit } from './capacity/memory-fit.ts';
import { rateLimit } from './capacity/rate-limit.ts';
import { trafficMismatch } from './capacity/traffic-mismatch.ts';
import { unstable } from './capacity/unstable.ts';
import { underpowered } from './experiment/underpowered.ts';
import { overBudget } from './latency/over-budget.ts';
import { servingOverBudget } from './latency/serving-over-budget.ts';
import { cycle } from './name/cycle.ts';
import { duplicate } from './name/duplicate.ts';
import { importNotFound } from './name/import-not-found.ts';
import { unresolved } from './name/unresolved.ts';
import { wrongKind } from './name/wrong-kind.ts';
import { failed } from './require/failed.ts';
import type { Rule } from './rule.ts';
import { unusedSuppression } from './style/unused-suppression.ts';
import { syntaxError } from './syntax/error.ts';
import { deadlineMissed } from './training/deadline-missed.ts';
import { stepBasis } from './training/step-basis.ts';
import { duplicateProperty } from './type/duplicate-property.ts';
import { missingProperty } from './type/missing-property.ts';
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
  importNotFound,
  unresolved,
  wrongKind,
  duplicate,
  cycle,
  memoryFit,
  unstable,
  gpuShortfall,
  clusterOvercommit,
  rateLimit,
  trafficMismatch,
  servingOverBudget,
  overBudget,
  deadlineMissed,
  stepBasis,
  underpowered,
  failed,
  unusedSuppression,
];
