import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { isTransformer, useActiveParams } from './architecture.ts';
import { type Constant, constantOf, useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { useFigure, usePeak } from './hardware.ts';
import { key, type Sheet } from './sheet.ts';
import { baseOf, ofDevices, ofOthers, ofStack } from './training-efficiency-others.ts';
import { precisionOf, readsTokens, useShape } from './training-compute.ts';
import * as rows from './training-constants.ts';
import { strategyOf, useParallelism } from './training-memory.ts';

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
  if (readsTokens(context, node, model)) ofTransformer(sheet, context, node, model, hardware);
  else ofOthers(sheet, context, node, model, hardware);
  sheet.assume('the MFU is predicted: a measured `step` or `mfu` makes the figure much surer');
}

/**
 * Beside the time of the matrix multiplications stand those of reading and writing (a wide layer does more with what it reads), of
 * exchanging weights and gradients (many tokens at a time do more between exchanges), of exchanging split layers, and of attention. The
 * form is a roofline whose parts add up; its constants are fitted.
 */
function ofTransformer(sheet: Sheet, context: Context, node: Node, model: Node, hardware: Node): void {
  const layout = useLayout(sheet, context, node);
  for (const row of [rows.REFERENCE_EFFICIENCY, rows.REFERENCE_PEAK, rows.PEAK_EXPONENT, rows.NARROW_WIDTH])
    useConstant(sheet, row);
  useBalance(sheet, context, hardware, 'memory balance', 'bandwidth', rows.REFERENCE_BANDWIDTH);
  const { width, depth } = useShape(sheet, context, model);
  sheet.step('matrix time', `(peak / reference_peak) ^ peak_exponent * (1 + narrow_width * memory_balance / ${width})`);
  const times = ['matrix_time', ...ofExchange(sheet, context, node, hardware, width)];
  const attention = ofAttention(sheet, context, node, model, hardware, `${depth} * ${width}`);
  const time = [...times, ...attention].join(' + ');
  const work = attention.length > 0 ? ' * (1 + attention_share)' : '';
  const factors = [
    ...ofMixture(sheet, context, model),
    ...ofRecomputation(sheet, context, node),
    ...ofDevices(sheet, context, node, rows.EFFICIENCY_LOSS),
    ...ofPipeline(sheet, context, node, layout),
    ...ofStack(sheet, context, node),
  ].map((factor) => ` * ${factor}`);
  sheet.step('MFU', `min(1, reference_efficiency${work} / (${time})${factors.join('')})`);
}

/** How the layers lie on the devices; false where it is not said. */
function useLayout(sheet: Sheet, context: Context, node: Node): boolean {
  const has = (path: string) => context.given(node, path) !== undefined;
  const strategy = strategyOf(context, node, sheet.valueOf('GPUs'));
  if (strategy === '3d' && !(has('tensor_parallel') && has('pipeline_parallel'))) {
    sheet.assume('how the layers are split is not said: what that costs is left out');
    return false;
  }
  useParallelism(sheet, context, node);
  return true;
}

/** Adds how many operations a device does for each byte, beside an A100; 1 where the hardware does not say it. */
function useBalance(
  sheet: Sheet,
  context: Context,
  hardware: Node,
  label: string,
  figure: string,
  reference: Constant,
  peak = 'peak',
): void {
  if (!context.input(hardware, figure)) {
    sheet.fact(label, 1, NUMBER, 'default', `\`${figure}\` of ${hardware.name} is not known: taken as that of an A100`);
    return;
  }
  useFigure(sheet, context, hardware, figure);
  useConstant(sheet, rows.REFERENCE_PEAK);
  useConstant(sheet, reference);
  sheet.step(label, `${peak} / ${figure} * ${key(reference.label)} / reference_peak`);
}

/** Weights and gradients go between the replicas, and what a layer hands on between the devices that it is split over. */
function ofExchange(sheet: Sheet, context: Context, node: Node, hardware: Node, width: string): string[] {
  const split = sheet.valueOf('tensor parallel') > 1;
  const replicas = sheet.has('data parallel') ? sheet.valueOf('data parallel') : sheet.valueOf('GPUs');
  if (!split && !(replicas > 1)) return [];
  // narrow formats are also sent as such: less to send for as much more to multiply
  const wide = useWidePeak(sheet, context, node, hardware);
  useBalance(sheet, context, hardware, 'link balance', 'interconnect', rows.REFERENCE_LINKS, wide);
  const times: string[] = [];
  if (replicas > 1) {
    useConstant(sheet, rows.FEW_TOKENS);
    useTokensAtATime(sheet, context, node);
    sheet.step('exchange time', 'few_tokens * link_balance / tokens_at_a_time');
    times.push('exchange_time');
  }
  if (split) {
    useConstant(sheet, rows.SPLIT_WIDTH);
    sheet.step('split time', `split_width * link_balance * (tensor_parallel - 1) / ${width}`);
    times.push('split_time');
  }
  return times;
}

/**
 * Adds `tokens at a time`: those that a device takes between two exchanges. Sharded weights are fetched for each micro-batch; whole ones
 * stay, and gradients are summed once a step.
 */
function useTokensAtATime(sheet: Sheet, context: Context, node: Node): void {
  const has = (path: string) => context.given(node, path) !== undefined;
  const sharded = ['fsdp', 'zero3'].includes(strategyOf(context, node, sheet.valueOf('GPUs')));
  if (sharded && has('sequence') && has('micro_batch')) {
    for (const path of ['micro_batch', 'sequence']) sheet.property(path);
    sheet.step('tokens at a time', 'micro_batch * sequence');
    return;
  }
  const batch = context.given(node, 'batch')?.value ?? Number.NaN;
  if (has('sequence') && batch >= sheet.valueOf('data parallel')) {
    for (const path of ['batch', 'sequence']) sheet.property(path);
    sheet.step('tokens at a time', 'batch * sequence / data_parallel');
    return;
  }
  useConstant(sheet, rows.USUAL_TOKENS);
  sheet.step('tokens at a time', 'usual_tokens');
  sheet.assume(
    batch >= 1
      ? 'the batch has less than one sequence for a device, so layers must be split: how is not said, and what that costs is left out'
      : 'how many tokens a device takes at a time is not said: taken as in published benchmarks',
  );
}

/**
 * Adds `attention share` (of its operations beside those of the parameters) and `attention time`. It is multiplied in 16 bits also where
 * the layers are not.
 */
function ofAttention(sheet: Sheet, context: Context, node: Node, model: Node, hardware: Node, shape: string): string[] {
  if (!context.given(node, 'sequence')) return [];
  sheet.property('sequence');
  useActiveParams(sheet, context, model);
  for (const row of [rows.ATTENTION_FLOPS, rows.ATTENTION_COST, rows.ATTENTION_EXPONENT]) useConstant(sheet, row);
  if (!sheet.has('FLOPs per parameter')) useConstant(sheet, rows.FLOPS_PER_PARAMETER);
  const wide = useWidePeak(sheet, context, node, hardware);
  sheet.step('attention share', `attention_FLOPs * ${shape} * sequence / (FLOPs_per_parameter * active_params)`);
  sheet.step(
    'attention time',
    `attention_share * attention_cost * (${wide} / reference_peak) ^ attention_exponent${wide === 'peak' ? '' : ` * peak / ${wide}`}`,
  );
  return ['attention_time'];
}

/** The name of the peak in 16 bits, or of the peak itself where that is not of a narrower format. */
function useWidePeak(sheet: Sheet, context: Context, node: Node, hardware: Node): string {
  if (!['fp8', 'fp4', 'int8', 'int4'].includes(precisionOf(context, node))) return 'peak';
  if (!sheet.has('peak in 16 bits')) usePeak(sheet, context, hardware, 'bf16', 'peak in 16 bits');
  return 'peak_in_16_bits';
}

/** Tokens go to their experts and back, and each expert multiplies few of them. */
function ofMixture(sheet: Sheet, context: Context, model: Node): string[] {
  if (context.word(model, 'architecture') !== 'moe') return [];
  useConstant(sheet, rows.MIXTURE_LOSS);
  return ['(1 - mixture_loss)'];
}

function ofRecomputation(sheet: Sheet, context: Context, node: Node): string[] {
  const known = { full: rows.FULL_RECOMPUTE_LOSS, selective: rows.SELECTIVE_RECOMPUTE_LOSS };
  const loss = known[(context.word(node, 'recompute') ?? '') as keyof typeof known];
  if (!loss) return [];
  useConstant(sheet, loss);
  return ['(1 - recompute_loss)'];
}

/** Stages wait for the first micro-batch and after the last one (Huang et al., GPipe, arXiv:1811.06965). */
function ofPipeline(sheet: Sheet, context: Context, node: Node, layout: boolean): string[] {
  if (!layout || !(sheet.valueOf('pipeline parallel') > 1)) return [];
  if (!context.given(node, 'batch') || !context.given(node, 'micro_batch')) {
    sheet.assume('`batch` or `micro_batch` is not given: that the stages wait for each other is left out');
    return [];
  }
  for (const path of ['batch', 'micro_batch']) sheet.property(path);
  sheet.step('micro batches', 'max(1, batch / (data_parallel * micro_batch))');
  sheet.step('pipeline factor', 'micro_batches / (micro_batches + pipeline_parallel - 1)', 'arXiv:1811.06965');
  return ['pipeline_factor'];
}

/** How far published runs differ from the prediction, as a row; undefined where there is none. */
export function efficiencyError(context: Context, node: Node, model: Node): Constant | undefined {
  if (isTransformer(context, model))
    return context.word(node, 'precision') === 'fp8' ? rows.BEST_STACKS_8_BIT : rows.BEST_STACKS;
  const row = baseOf(context, model);
  return typeof row?.ninety !== 'number' ? undefined : constantOf('prediction error', row.ninety, NUMBER, row.source);
}
