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
  if (!readsTokens(context, node, model)) return flopsOfExamples(sheet, context, node, model);
  if (!isTransformer(context, model))
    sheet.assume(`\`${model.name}\` is taken for a transformer, as it is trained on tokens`);
  const lora = ['lora', 'qlora'].includes(context.word(node, 'method') ?? '');
  useTokens(sheet, context, node);
  useActiveParams(sheet, context, model);
  useConstant(sheet, lora ? rows.LORA_FLOPS_PER_PARAMETER : rows.FLOPS_PER_PARAMETER);
  if (lora) sheet.assume('the added matrices are small beside the frozen weights: their own operations are left out');
  if (!context.given(node, 'sequence')) {
    sheet.assume('the operations of attention itself are left out, as `sequence` is not known');
    return sheet.step('training FLOPs', 'FLOPs_per_parameter * active_params * tokens_seen');
  }
  useConstant(sheet, rows.ATTENTION_FLOPS);
  const { width, depth } = useShape(sheet, context, model);
  sheet.property('sequence');
  return sheet.step(
    'training FLOPs',
    `(FLOPs_per_parameter * active_params + attention_FLOPs * ${depth} * ${width} * sequence) * tokens_seen`,
  );
}

/** A transformer, or a model of which nothing is said but that it is trained on tokens. */
export function readsTokens(context: Context, node: Node, model: Node): boolean {
  const tokens = context.given(node, 'tokens') !== undefined;
  if (context.given(model, 'flops') && !context.given(node, 'sequence') && !tokens) return false;
  return isTransformer(context, model) || (tokens && context.word(model, 'architecture') === undefined);
}

/** The names of the rows of width and depth: `hidden` and `layers`, else what models of this size usually have. */
export function useShape(sheet: Sheet, context: Context, model: Node): { width: string; depth: string } {
  const missing = ['hidden', 'layers'].filter((name) => !context.input(model, name));
  for (const name of ['hidden', 'layers']) if (!missing.includes(name)) size(sheet, context, model, name);
  if (missing.length === 0) return { width: 'hidden', depth: 'layers' };
  useActiveParams(sheet, context, model);
  useConstant(sheet, rows.WIDTH_PER_LAYER);
  if (missing.includes('hidden'))
    sheet.step(
      'usual width',
      '(active_params * width_per_layer / 12) ^ (1 / 3)',
      'a layer has 12 * width ^ 2 parameters',
    );
  const width = missing.includes('hidden') ? 'usual_width' : 'hidden';
  if (missing.includes('layers')) sheet.step('usual depth', `${width} / width_per_layer`);
  sheet.assume(
    `${missing.map((name) => `\`${name}\``).join(' and ')} of \`${model.name}\` taken as usual for its size`,
  );
  return { width, depth: missing.includes('layers') ? 'usual_depth' : 'layers' };
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
  useExamplesSeen(sheet, context, node);
  if (flops) sheet.use('forward FLOPs', flops);
  else {
    useActiveParams(sheet, context, model);
    useConstant(sheet, rows.FORWARD_FLOPS);
    sheet.step('forward FLOPs', 'forward_FLOPs_per_parameter * active_params');
  }
  useConstant(sheet, rows.PASSES);
  return sheet.step('training FLOPs', 'passes * forward_FLOPs * examples_seen');
}

/** Adds the row `examples seen` (sequences, for text), over all epochs. */
export function useExamplesSeen(sheet: Sheet, context: Context, node: Node): void {
  if (sheet.has('examples seen')) return;
  if (context.given(node, 'examples') && !context.given(node, 'steps')) {
    sheet.property('examples');
    sheet.property('epochs');
    sheet.step('examples seen', 'examples * epochs');
    return;
  }
  sheet.cite('steps', context.estimate(node, 'training.steps'));
  sheet.property('batch');
  sheet.step('examples seen', 'steps * batch');
}
