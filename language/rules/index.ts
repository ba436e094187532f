import { gpuShortfall } from './capacity/gpu-shortfall.ts';
import { unstable } from './capacity/unstable.ts';
import { overBudget } from './latency/over-budget.ts';
import { cycle } from './name/cycle.ts';
import { duplicate } from './name/duplicate.ts';
import { importNotFound } from './name/import-not-found.ts';
import { unresolved } from './name/unresolved.ts';
import { wrongKind } from './name/wrong-kind.ts';
import { failed } from './require/failed.ts';
import type { Rule } from './rule.ts';
import { syntaxError } from './syntax/error.ts';
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
  unstable,
  gpuShortfall,
  overBudget,
  failed,
];
