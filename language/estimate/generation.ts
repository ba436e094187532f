import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { isMixture, size, useExperts, useHeads, useMultipliedParams, useParams } from './architecture.ts';
import * as constants from './serving-constants.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { type Cell, formula } from './formula.ts';
import { computeFormat, useDevices, useFigure, useParameterBytes, usePeak, weightFormat } from './hardware.ts';
import { key, type Sheet } from './sheet.ts';

/**
 * Generation by continuous batching, in closed form: what a decoding step takes at a number of requests in flight, and what prefills
 * of other requests take from it. Every figure is a row, so the same formulas print a derivation and solve for the concurrency.
 */
export interface Generation {
  /** the rows that depend on the row `concurrency`, in order, down to `TPOT` */
  readonly decode: readonly Row[];
  /** then down to `TTFT` */
  readonly firstToken: readonly Row[];
}

type Row = readonly [label: string, text: string];

/** Adds the rows that do not depend on the concurrency. Undefined where something is not known. */
export function useGeneration(sheet: Sheet, context: Context, node: Node): Generation | undefined {
  const model = context.reference(node, 'model');
  const hardware = useDevices(sheet, context, node);
  if (!model) sheet.lacks('`model`');
  if (!model || !hardware) return undefined;
  const mixture = isMixture(context, model);
  useShape(sheet, context, model, mixture);
  useMachine(sheet, context, hardware, weightFormat(context, node, model));
  const split = useLayout(sheet, context, node);
  const linked = split.tensor > 1 && context.input(hardware, 'interconnect') !== undefined;
  if (linked) useFigure(sheet, context, hardware, 'interconnect');
  else if (split.tensor > 1)
    sheet.assume(`what the devices exchange takes no time: \`interconnect\` of ${hardware.name} is not known`);
  useTokens(sheet, context, node, model);
  useCacheBytes(sheet, context, model);
  useShards(sheet, context, model);
  for (const constant of [
    constants.BANDWIDTH_SHARE,
    constants.DECODE_SHARE_OF_PEAK,
    constants.PREFILL_SHARE_OF_PEAK,
    constants.LAYER_OVERHEAD,
    constants.STEP_OVERHEAD,
  ])
    useConstant(sheet, constant);
  if (linked)
    for (const constant of [constants.REDUCE_LATENCY, constants.LINK_SHARE, constants.ACTIVATION_BYTES])
      useConstant(sheet, constant);
  if (mixture) useConstant(sheet, constants.ROUTING_OVERHEAD);
  useConstant(sheet, constants.OPERATIONS_PER_PARAMETER);
  useConstant(sheet, constants.DECODE_ERROR);
  useConstant(sheet, mixture ? constants.TTFT_ERROR_MIXTURE : constants.TTFT_ERROR);
  useConstant(sheet, mixture ? constants.TTFT_WAIT_MIXTURE : constants.TTFT_WAIT);
  useConstant(sheet, constants.REQUEST_OVERHEAD);
  if (sheet.lacking.length > 0) return undefined;
  usePrefill(sheet, linked);
  return { decode: decodeRows(mixture, linked), firstToken: TTFT_ROWS };
}

/** Adds the rows that do depend on it, at the concurrency of the row `concurrency`. */
export function useRows(sheet: Sheet, rows: readonly Row[]): void {
  for (const [label, text] of rows) sheet.step(label, text);
}

/** The values of the rows at a concurrency, without adding them. */
export function valuesAt(sheet: Sheet, rows: readonly Row[], concurrency: number): (label: string) => number {
  const cells = new Map<string, Cell>([['concurrency', { value: concurrency, dimension: NUMBER }]]);
  const cell = (name: string) => cells.get(name) ?? sheet.cell(name);
  for (const [label, text] of rows) cells.set(key(label), formula(text)(cell));
  return (label) => cells.get(key(label))?.value ?? sheet.valueOf(label);
}

/** Adds `cache bytes per token`: keys and values of all layers, or the latent vector that stands for them. */
export function useCacheBytes(sheet: Sheet, context: Context, model: Node): number {
  useConstant(sheet, constants.CACHE_BYTES);
  size(sheet, context, model, 'layers');
  if (context.input(model, 'kv_rank')) {
    size(sheet, context, model, 'kv_rank');
    return sheet.step('cache bytes per token', 'layers * kv_rank * bytes_per_cached_number');
  }
  useHeads(sheet, context, model);
  return sheet.step('cache bytes per token', '2 * layers * kv_heads * head_dim * bytes_per_cached_number');
}

/** Adds `cache shards`: over how many devices one request's cache is spread. Every device of a latent cache holds the whole of it. */
export function useShards(sheet: Sheet, context: Context, model: Node): number {
  if (context.input(model, 'kv_rank')) return sheet.step('cache shards', 'pipeline_parallel');
  return sheet.step('cache shards', 'min(tensor_parallel, kv_heads) * pipeline_parallel');
}

/** Adds `tensor parallel`, `pipeline parallel`, `data parallel`, whose product is the devices of a replica. */
export function useLayout(sheet: Sheet, context: Context, node: Node): { tensor: number } {
  sheet.property('pipeline_parallel');
  sheet.property('data_parallel');
  const given = context.given(node, 'tensor_parallel');
  const tensor = given
    ? sheet.use('tensor parallel', given)
    : sheet.step('tensor parallel', 'max(1, GPUs_per_replica / (pipeline_parallel * data_parallel))');
  return { tensor };
}

/** Adds `input`, `output`, and `tokens in cache`: what a request holds, half written. */
export function useTokens(sheet: Sheet, context: Context, node: Node, model: Node): void {
  sheet.property('input', '`input` (tokens)');
  sheet.property('output', '`output` (tokens)');
  const prefix = context.given(node, 'cache.prefix_hit');
  if (prefix) sheet.use('prefix hit', prefix);
  sheet.step('new tokens', prefix ? 'input * (1 - prefix_hit)' : 'input');
  const window = context.input(model, 'window');
  if (window) sheet.use('window', window);
  sheet.step('tokens in cache', window ? 'min(window, input + output / 2)' : 'input + output / 2');
}

function useShape(sheet: Sheet, context: Context, model: Node, mixture: boolean): void {
  useParams(sheet, context, model);
  useMultipliedParams(sheet, context, model);
  if (mixture) useExperts(sheet, context, model);
  useHeads(sheet, context, model);
  size(sheet, context, model, 'hidden');
}

/** 4-bit integers are a storage format for language models: their kernels multiply in 16 bits. */
function useMachine(sheet: Sheet, context: Context, hardware: Node, format: string): void {
  useParameterBytes(sheet, format);
  usePeak(sheet, context, hardware, format === 'int4' ? 'bf16' : format);
  if (format === 'int4') sheet.assume('weights of 4-bit integers are multiplied in 16 bits');
  const wide = computeFormat(context, hardware, 'bf16') ?? 'fp16';
  sheet.use(
    'peak of attention',
    context.input(hardware, wide),
    `a peak (\`fp16\`, \`bf16\` ...) of \`${hardware.name}\``,
  );
  useFigure(sheet, context, hardware, 'bandwidth');
}

function usePrefill(sheet: Sheet, split: boolean): void {
  const attention = 'operations_per_parameter * layers * heads * head_dim * new_tokens * (2 * input - new_tokens)';
  sheet.step(
    'prefill of matrices',
    'operations_per_parameter * multiplied_params * new_tokens / (GPUs_per_replica * peak * share_of_peak_in_prefill)',
  );
  sheet.step(
    'prefill of attention',
    `${attention} / (GPUs_per_replica * peak_of_attention * share_of_peak_in_prefill)`,
  );
  if (split)
    sheet.step(
      'reductions of prefill',
      `2 * layers * 2 * (tensor_parallel - 1) / tensor_parallel * new_tokens * hidden * bytes_per_activation / (share_of_the_link * interconnect / 2)`,
    );
  sheet.step('prefill time', `prefill_of_matrices + prefill_of_attention${split ? ' + reductions_of_prefill' : ''}`);
}

function decodeRows(mixture: boolean, split: boolean): Row[] {
  const read = mixture
    ? '(multiplied_params + (params - active_params) * (1 - (1 - experts_per_token / experts) ^ concurrency))'
    : 'multiplied_params';
  const reduce = 'latency_of_a_reduction * ln(tensor_parallel) / ln(2)';
  const carry =
    '2 * (tensor_parallel - 1) / tensor_parallel * concurrency / data_parallel * hidden * bytes_per_activation / (share_of_the_link * interconnect / 2)';
  return [
    ['weight time', `${read} * bytes_per_parameter / (GPUs_per_replica * bandwidth * share_of_bandwidth)`],
    [
      'matrix time',
      'operations_per_parameter * multiplied_params * concurrency / (GPUs_per_replica * peak * share_of_peak_in_decode)',
    ],
    [
      'cache time',
      'concurrency / data_parallel * tokens_in_cache * cache_bytes_per_token / (cache_shards * bandwidth * share_of_bandwidth)',
    ],
    ...(split ? [['reduction time', `2 * layers * (${reduce} + ${carry})`] as Row] : []),
    [
      'launch time',
      `layers * ${mixture ? '(overhead_of_a_layer + routing_of_a_layer)' : 'overhead_of_a_layer'} + overhead_of_a_step`,
    ],
    ['prefills of others', 'max(0, concurrency - 1) * prefill_time / output'],
    [
      'TPOT',
      `(max(weight_time, matrix_time) + cache_time${split ? ' + reduction_time' : ''} + launch_time + prefills_of_others) * measured_over_estimated`,
    ],
  ];
}

const TTFT_ROWS: readonly Row[] = [
  ['waiting factor', '1 + waiting_for_others * sqrt(max(0, concurrency - 1))'],
  ['TTFT', '(overhead_of_a_request + prefill_time + TPOT) * waiting_factor * measured_TTFT_over_estimated'],
];
