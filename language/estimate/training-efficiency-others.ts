import type { Node } from '../model/design.ts';
import { per, BYTES, FLOP } from '../units/dimension.ts';
import { type Constant, useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { useFigure, useParameterBytes } from './hardware.ts';
import type { Sheet } from './sheet.ts';
import { precisionOf } from './training-compute.ts';
import * as rows from './training-constants.ts';

/** Networks without attention start from a published share of the peak. Trees and linear models do not run at one. */
export function ofOthers(sheet: Sheet, context: Context, node: Node, model: Node, hardware: Node): void {
  const base = baseOf(context, model);
  if (!base) return sheet.lacks('`step` or `mfu`');
  useConstant(sheet, base);
  const reached =
    base === rows.CNN_EFFICIENCY ? ofConvolutions(sheet, context, node, hardware) : 'reference_efficiency';
  const factors = [...ofDevices(sheet, context, node, rows.SMALL_MODEL_LOSS, true), ...ofStack(sheet, context, node)];
  sheet.step('MFU', `min(1, ${[reached, ...factors].join(' * ')})`);
}

export const baseOf = (context: Context, model: Node): Constant | undefined =>
  ({
    cnn: rows.CNN_EFFICIENCY,
    dlrm: rows.RECOMMENDER_EFFICIENCY,
    two_tower: rows.RECOMMENDER_EFFICIENCY,
    mlp: rows.DENSE_EFFICIENCY,
  })[context.word(model, 'architecture') ?? ''];

/** Convolutions multiply and, between them, read and write what they made: the memory takes its part of the time. */
function ofConvolutions(sheet: Sheet, context: Context, node: Node, hardware: Node): string {
  useConstant(sheet, rows.VALUES_PER_FLOP);
  useParameterBytes(sheet, precisionOf(context, node));
  if (context.input(hardware, 'bandwidth')) {
    useFigure(sheet, context, hardware, 'bandwidth');
    sheet.step('operations per byte', 'peak / bandwidth');
  } else sheet.fact('operations per byte', 153, per(FLOP, BYTES), 'default', 'those of an A100');
  const memory = 'values_per_FLOP * bytes_per_parameter * operations_per_byte';
  sheet.step('share of the peak', `1 / (1 / reference_efficiency + ${memory})`);
  return 'share_of_the_peak';
}

/** More devices lose a little each time they double (or as `scaling` says). `only`: beyond those of the reference, fewer gain nothing. */
export function ofDevices(sheet: Sheet, context: Context, node: Node, loss: Constant, only = false): string[] {
  const scaling = context.given(node, 'scaling');
  if (scaling) {
    sheet.use('scaling', scaling);
    return ['scaling'];
  }
  useConstant(sheet, loss);
  useConstant(sheet, rows.REFERENCE_GPUS);
  sheet.step(
    'device factor',
    `(1 - loss_per_doubling) ^ (ln(${only ? 'max(1, GPUs / reference_GPUs)' : 'GPUs / reference_GPUs'}) / ln(2))`,
  );
  return ['device_factor'];
}

export function ofStack(sheet: Sheet, context: Context, node: Node): string[] {
  const stack = context.word(node, 'stack') ?? 'typical';
  const typical = context.value(node, 'stack') ? rows.TYPICAL_STACK : rows.UNKNOWN_STACK;
  const row = { typical, legacy: rows.LEGACY_STACK }[stack];
  if (!row) return [];
  useConstant(sheet, row);
  sheet.assume(`the software is taken to be ${stack} (\`stack\`)`);
  return ['stack_factor'];
}
