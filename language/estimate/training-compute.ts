import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { isTransformer, size, useActiveParams } from './architecture.ts';
import { type Constant, constantOf, useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { computeFormat, usePeak } from './hardware.ts';
import type { Sheet } from './sheet.ts';
import * as rows from './training-constants.ts';

/** Adds the row `GPUs`: the devices of the job. Gives their hardware; without it the sheet lacks a pool. */
export function useGpus(sheet: Sheet, context: Context, node: Node): Node | undefined {
  const [part] = context.pool(node, 'hardware');
  sheet.use('GPUs', part?.count, '`hardware`');
  return part?.hardware;
}

export const precisionOf = (context: Context, node: Node): string => context.word(node, 'precision') ?? 'bf16';

/** Adds the row `training FLOPs`: the operations of the model in one run, recomputation not counted. */
export function useTrainingFlops(sheet: Sheet, context: Context, node: Node): number {
  const model = context.reference(node, 'model');
  if (!model) {
    sheet.lacks('`model`');
    return Number.NaN;
  }
  const untold = context.word(model, 'architecture') === undefined && context.given(node, 'tokens') !== undefined;
  if (untold) sheet.assume(`\`${model.name}\` is taken for a transformer, as it is trained on tokens`);
  const tokens =
    (untold || isTransformer(context, model)) &&
    !(context.given(model, 'flops') && !context.given(node, 'sequence') && !context.given(node, 'tokens'));
  if (!tokens) return flopsOfExamples(sheet, context, node, model);
  const lora = ['lora', 'qlora'].includes(context.word(node, 'method') ?? '');
  useTokens(sheet, context, node);
  useActiveParams(sheet, context, model);
  useConstant(sheet, lora ? rows.LORA_FLOPS_PER_PARAMETER : rows.FLOPS_PER_PARAMETER);
  if (lora) sheet.assume('the added matrices are small beside the frozen weights: their own operations are left out');
  const sized = context.given(model, 'layers') && context.given(model, 'hidden') && context.given(node, 'sequence');
  if (!sized) {
    sheet.assume(
      `the operations of attention itself are left out, as \`layers\`, \`hidden\` or \`sequence\` is not known`,
    );
    return sheet.step('training FLOPs', 'FLOPs_per_parameter * active_params * tokens_seen');
  }
  useConstant(sheet, rows.ATTENTION_FLOPS);
  size(sheet, context, model, 'layers');
  size(sheet, context, model, 'hidden');
  sheet.property('sequence');
  return sheet.step(
    'training FLOPs',
    '(FLOPs_per_parameter * active_params + attention_FLOPs * layers * hidden * sequence) * tokens_seen',
  );
}

/** Adds the row `tokens seen`, over all epochs. */
function useTokens(sheet: Sheet, context: Context, node: Node): void {
  const has = (path: string) => context.given(node, path) !== undefined;
  if (has('steps')) {
    for (const path of ['steps', 'batch', 'sequence']) sheet.property(path);
    sheet.step('tokens seen', 'steps * batch * sequence');
  } else if (has('examples') || !has('tokens')) {
    sheet.property('examples', '`tokens`, or `examples` and `sequence`');
    sheet.property('sequence');
    sheet.property('epochs');
    sheet.step('tokens seen', 'examples * sequence * epochs');
  } else {
    sheet.property('tokens');
    sheet.property('epochs');
    sheet.step('tokens seen', 'tokens * epochs');
  }
}

/** Of everything that is no sequence of tokens: three times a forward pass for each example. */
function flopsOfExamples(sheet: Sheet, context: Context, node: Node, model: Node): number {
  const architecture = context.word(model, 'architecture');
  const flops = context.given(model, 'flops');
  if (!flops && !['mlp', 'dlrm', 'two_tower', 'linear'].includes(architecture ?? '')) {
    sheet.lacks(`\`step\`, or \`${architecture ? 'flops' : 'architecture'}\` of \`${model.name}\``);
    return Number.NaN;
  }
  if (context.given(node, 'steps')) {
    sheet.property('steps');
    sheet.property('batch');
    sheet.step('examples seen', 'steps * batch');
  } else {
    sheet.property('examples');
    sheet.property('epochs');
    sheet.step('examples seen', 'examples * epochs');
  }
  if (flops) sheet.use('forward FLOPs', flops);
  else {
    useActiveParams(sheet, context, model);
    useConstant(sheet, rows.FORWARD_FLOPS);
    sheet.step('forward FLOPs', 'forward_FLOPs_per_parameter * active_params');
  }
  useConstant(sheet, rows.PASSES);
  return sheet.step('training FLOPs', 'passes * forward_FLOPs * examples_seen');
}

/** Adds the rows `peak` (of one device) and `MFU`: given, or predicted from model, devices and software. */
export function useEfficiency(sheet: Sheet, context: Context, node: Node, hardware: Node): void {
  usePeak(sheet, context, hardware, precisionOf(context, node));
  const given = context.given(node, 'mfu');
  if (given) {
    sheet.use('MFU', given);
    return;
  }
  const model = context.reference(node, 'model');
  if (!model) return sheet.lacks('`model`');
  const base = baseOf(context, model);
  if (!base) return sheet.lacks('`step` or `mfu`');
  for (const row of [base.row, rows.REFERENCE_PEAK, rows.PEAK_EXPONENT]) useConstant(sheet, row);
  const factors = [
    ...(base.fitted ? ofSize(sheet, context, node, model) : []),
    ...ofDevices(sheet, context, node, hardware, base.loss),
    ...ofStack(sheet, context, node),
  ];
  sheet.step(
    'MFU',
    `min(1, ${['reference_efficiency', ...(base.fitted ? ['(reference_peak / peak) ^ peak_exponent'] : []), ...factors].join(' * ')})`,
  );
  sheet.assume('the MFU is predicted: a measured `step` or `mfu` makes the figure much surer');
}

/** Where the prediction starts. Trees and linear models do not run at a share of a matrix unit's peak. */
function baseOf(context: Context, model: Node): { row: Constant; loss: Constant; fitted?: true } | undefined {
  if (isTransformer(context, model))
    return { row: rows.REFERENCE_EFFICIENCY, loss: rows.EFFICIENCY_LOSS, fitted: true };
  const row = {
    cnn: rows.CNN_EFFICIENCY,
    dlrm: rows.RECOMMENDER_EFFICIENCY,
    two_tower: rows.RECOMMENDER_EFFICIENCY,
    mlp: rows.DENSE_EFFICIENCY,
  }[context.word(model, 'architecture') ?? ''];
  return row && { row, loss: rows.SMALL_MODEL_LOSS };
}

/** How far published runs differ from the prediction, as a row; undefined where there is none. */
export function efficiencyError(context: Context, model: Node): Constant | undefined {
  const row = baseOf(context, model)?.row;
  return row?.ninety === undefined ? undefined : constantOf('prediction error', row.ninety, NUMBER, row.source);
}

/** Small matrices, long sequences and recomputation use less of the hardware. */
function ofSize(sheet: Sheet, context: Context, node: Node, model: Node): string[] {
  useActiveParams(sheet, context, model);
  useConstant(sheet, rows.HALF_SIZE);
  sheet.step('size factor', '1 / (1 + sqrt(hard_to_fill_params / active_params))');
  const factors = ['size_factor'];
  if (context.given(node, 'sequence')) {
    sheet.property('sequence');
    useConstant(sheet, rows.REFERENCE_SEQUENCE);
    useConstant(sheet, rows.SEQUENCE_LOSS);
    sheet.step('sequence factor', '(1 - loss_per_doubled_sequence) ^ (ln(sequence / reference_sequence) / ln(2))');
    factors.push('sequence_factor');
  }
  const loss = { full: rows.FULL_RECOMPUTE_LOSS, selective: rows.SELECTIVE_RECOMPUTE_LOSS }[
    context.word(node, 'recompute') ?? ''
  ];
  if (loss) {
    useConstant(sheet, loss);
    factors.push('(1 - recompute_loss)');
  }
  return factors;
}

/** More devices lose a little each time they double (or as `scaling` says); old ones and those without fast links lose more. */
function ofDevices(sheet: Sheet, context: Context, node: Node, hardware: Node, loss: Constant): string[] {
  const factors: string[] = [];
  const scaling = context.given(node, 'scaling');
  if (scaling) {
    sheet.use('scaling', scaling);
    factors.push('scaling');
  } else {
    useConstant(sheet, loss);
    useConstant(sheet, rows.REFERENCE_GPUS);
    sheet.step('device factor', '(1 - loss_per_doubling) ^ (ln(GPUs / reference_GPUs) / ln(2))');
    factors.push('device_factor');
  }
  if (computeFormat(context, hardware, 'bf16') === 'fp16') {
    useConstant(sheet, rows.OLD_HARDWARE);
    factors.push('hardware_factor');
  }
  const links = context.given(hardware, 'interconnect');
  if (links && links.value <= rows.PCIE_BANDWIDTH && sheet.valueOf('GPUs') > 1) {
    useConstant(sheet, rows.SLOW_LINKS);
    factors.push('link_factor');
  }
  return factors;
}

function ofStack(sheet: Sheet, context: Context, node: Node): string[] {
  const stack = context.word(node, 'stack') ?? 'typical';
  const row = { typical: rows.TYPICAL_STACK, legacy: rows.LEGACY_STACK }[stack];
  if (!row) return [];
  useConstant(sheet, row);
  sheet.assume(`the software is taken to be ${stack} (\`stack\`)`);
  return ['stack_factor'];
}
