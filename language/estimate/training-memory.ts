import type { Node } from '../model/design.ts';
import { BYTES, NUMBER } from '../units/dimension.ts';
import { isTransformer, size, useHeads, useParams } from './architecture.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { BYTES_PER_PARAMETER } from './hardware.ts';
import type { Sheet } from './sheet.ts';
import { precisionOf, useGpus, useShape } from './training-compute.ts';
import * as rows from './training-constants.ts';

const MICIKEVICIUS = 'mixed precision, Micikevicius et al., arXiv:1710.03740';

/** Bytes of optimizer state for each trained parameter, without a master copy of the weights. */
const MOMENTS: Readonly<Record<string, { readonly bytes: number; readonly source: string }>> = {
  adamw: { bytes: 8, source: 'two moments in fp32: Loshchilov and Hutter, arXiv:1711.05101' },
  adam: { bytes: 8, source: 'two moments in fp32: Kingma and Ba, arXiv:1412.6980' },
  lamb: { bytes: 8, source: 'two moments in fp32: You et al., arXiv:1904.00962' },
  adam_8bit: { bytes: 2, source: 'two moments of 8 bits: Dettmers et al., arXiv:2110.02861' },
  momentum: { bytes: 4, source: 'one moment in fp32' },
  adagrad: { bytes: 4, source: 'one sum in fp32' },
  lion: { bytes: 4, source: 'one moment in fp32: Chen et al., arXiv:2302.06675' },
  muon: { bytes: 4, source: 'one moment in fp32: Jordan et al., Muon, 2024' },
  sgd: { bytes: 0, source: 'no state' },
  adafactor: { bytes: 0, source: 'sums of rows and columns alone: Shazeer and Stern, arXiv:1804.04235' },
};

const isLora = (context: Context, node: Node): boolean =>
  ['lora', 'qlora'].includes(context.word(node, 'method') ?? '');

/** Adds `params`, `trained params` and the bytes that weights, gradients and optimizer keep for one of them. */
export function useStateBytes(sheet: Sheet, context: Context, node: Node, model: Node): void {
  useParams(sheet, context, model);
  const half = !['fp32', 'tf32'].includes(precisionOf(context, node));
  if (isLora(context, node)) useAdapters(sheet, context, node, model);
  else sheet.step('trained params', 'params');
  sheet.fact('weight bytes', half ? 2 : 4, BYTES, 'default', half ? MICIKEVICIUS : 'IEEE 754');
  const optimizer = context.word(node, 'optimizer') ?? 'adamw';
  const known = MOMENTS[optimizer];
  if (!known) sheet.assume(`${optimizer} is taken to keep two moments, as Adam does`);
  const { bytes, source } = known ?? MOMENTS.adamw!;
  sheet.fact(
    'master bytes',
    half ? 4 : 0,
    BYTES,
    'default',
    half ? MICIKEVICIUS : 'the weights are in fp32 themselves',
  );
  sheet.fact('moment bytes', bytes, BYTES, 'default', source);
}

/** low-rank matrices beside the query and value projections of each layer */
function useAdapters(sheet: Sheet, context: Context, node: Node, model: Node): void {
  const quantized = context.word(node, 'method') === 'qlora';
  const row = BYTES_PER_PARAMETER.int4!;
  if (quantized) sheet.fact('frozen bytes', row.bytes, BYTES, 'default', row.source);
  else sheet.fact('frozen bytes', 2, BYTES, 'default', 'frozen weights in 16 bits: Hu et al., arXiv:2106.09685');
  sheet.property('rank');
  useHeads(sheet, context, model);
  size(sheet, context, model, 'hidden');
  sheet.step('trained params', 'layers * rank * (2 * hidden + (heads + kv_heads) * head_dim)', rows.LORA_TARGETS);
  sheet.assume('the query and value projections are adapted');
}

/** Adds `tensor parallel`, `pipeline parallel` and `data parallel`; true where the layers are split at all. */
export function useParallelism(sheet: Sheet, context: Context, node: Node): boolean {
  useGpus(sheet, context, node);
  const strategy = strategyOf(context, node, sheet.valueOf('GPUs'));
  split(sheet, context, node, 'tensor_parallel', strategy === 'tensor', strategy === '3d');
  split(sheet, context, node, 'pipeline_parallel', strategy === 'pipeline', strategy === '3d');
  sheet.step('data parallel', 'max(1, GPUs / (tensor_parallel * pipeline_parallel))');
  return sheet.valueOf('tensor parallel') * sheet.valueOf('pipeline parallel') > 1;
}

export const strategyOf = (context: Context, node: Node, gpus: number): string =>
  context.word(node, 'strategy') ?? (gpus > 1 ? 'ddp' : 'single_node');

function split(sheet: Sheet, context: Context, node: Node, path: string, whole: boolean, asked: boolean): void {
  if (context.given(node, path) || asked) sheet.property(path);
  else if (whole) sheet.step(path.replace('_', ' '), 'GPUs');
  else sheet.fact(path.replace('_', ' '), 1, NUMBER, 'default', 'layers are not split');
}

/** Adds `weights`, `gradients` and `optimizer states` of one device, as the strategy shards them (Rajbhandari et al., arXiv:1910.02054). */
export function useStates(sheet: Sheet, context: Context, node: Node, model: Node): string[] {
  useParallelism(sheet, context, node);
  useStateBytes(sheet, context, node, model);
  const strategy = strategyOf(context, node, sheet.valueOf('GPUs'));
  const sharded = { zero1: 1, '3d': 1, zero2: 2, zero3: 3, fsdp: 3 }[strategy] ?? 0;
  if (strategy === '3d')
    sheet.assume('the optimizer states are sharded over the replicas, as in published runs of this kind');
  sheet.step('gradient bytes', 'weight_bytes');
  const over = (level: number) =>
    ` / (tensor_parallel * pipeline_parallel${sharded >= level ? ' * data_parallel' : ''})`;
  sheet.step(
    'weights',
    `${isLora(context, node) ? '(params * frozen_bytes + trained_params * weight_bytes)' : 'params * weight_bytes'}${over(3)}`,
  );
  sheet.step('gradients', `trained_params * gradient_bytes${over(2)}`);
  sheet.step('optimizer states', `trained_params * (master_bytes + moment_bytes)${over(1)}`);
  const tables = context.input(model, 'embedding_bytes');
  if (!tables) return ['weights', 'gradients', 'optimizer states'];
  sheet.use('embedding bytes', tables);
  sheet.step('embedding tables', 'embedding_bytes / GPUs');
  sheet.assume('the embedding tables are spread over all devices; what the optimizer keeps for their rows is left out');
  return ['weights', 'gradients', 'optimizer states', 'embedding tables'];
}

/** Adds `activations` and `logits` of one device's micro-batch; the names of the rows. */
export function useActivations(sheet: Sheet, context: Context, node: Node, model: Node): string[] {
  if (!isTransformer(context, model)) {
    if (context.word(model, 'architecture') === 'cnn')
      sheet.lacks('a measurement: the activations of convolutions are not estimated');
    sheet.assume('activations are left out: they are estimated for transformers alone');
    return [];
  }
  useMicroBatch(sheet, context, node);
  sheet.property('sequence');
  const { width, depth } = useShape(sheet, context, model);
  useConstant(sheet, rows.ACTIVATION_BYTES);
  useConstant(sheet, rows.WHOLE_ACTIVATION_BYTES);
  const matrix = context.word(node, 'attention') === 'standard' && context.word(node, 'recompute') !== 'selective';
  if (matrix) {
    size(sheet, context, model, 'heads');
    useConstant(sheet, rows.ATTENTION_MATRIX_BYTES);
  }
  const attention = matrix ? ` + attention_matrix_bytes * heads * sequence / (${width} * tensor_parallel)` : '';
  sheet.step(
    'activations of a layer',
    `sequence * micro_batch * ${width} * (unsplit_activation_bytes + activation_bytes / tensor_parallel${attention})`,
  );
  if (context.word(node, 'recompute') === 'full') {
    useConstant(sheet, rows.LAYER_INPUT_BYTES);
    sheet.step(
      'activations',
      `layer_input_bytes * sequence * micro_batch * ${width} * ${depth} + activations_of_a_layer`,
    );
  } else sheet.step('activations', `activations_of_a_layer * ${depth}`);
  return ['activations', ...useLogits(sheet, context, model)];
}

/** the first stage of a pipeline has the most activations, and no logits */
function useLogits(sheet: Sheet, context: Context, model: Node): string[] {
  if (sheet.valueOf('pipeline parallel') > 1) return [];
  if (!context.input(model, 'vocab')) {
    sheet.assume(`the logits are left out, as \`vocab\` of ${model.name} is not known`);
    return [];
  }
  size(sheet, context, model, 'vocab');
  useConstant(sheet, rows.LOGIT_BYTES);
  sheet.step('logits', 'sequence * micro_batch * vocab * bytes_per_logit / tensor_parallel');
  return ['logits'];
}

function useMicroBatch(sheet: Sheet, context: Context, node: Node): void {
  if (context.given(node, 'micro_batch') || !context.given(node, 'batch')) {
    sheet.property('micro_batch', '`micro_batch` or `batch`');
    return;
  }
  sheet.property('batch');
  sheet.step('micro batch', 'batch / data_parallel');
  sheet.assume('`micro_batch` is not given: a device is taken to hold its whole share of the batch at a time');
}
