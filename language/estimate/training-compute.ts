import type { Node } from '../model/design.ts';
import { isTransformer, size, useActiveParams } from './architecture.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
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
