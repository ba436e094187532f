import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { isMixture, size, useExperts, useHeads, useMultipliedParams, useParams } from './architecture.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { amount } from './formula.ts';
import { computeFormat, useDevices, useFigure, useParameterBytes, usePeak, weightFormat } from './hardware.ts';
import { quantile } from './numeric/distribution.ts';
import { decodeRows, firstTokenRows, type Form, type Row, tailRows } from './generation-rows.ts';
import * as constants from './serving-constants.ts';
import { key, type Sheet } from './sheet.ts';
import { cacheIsQuantized, useCacheBytes, useHeldTokens, useShards } from './token-cache.ts';

/**
 * Generation by continuous batching, in closed form: what a decoding step takes at a number of requests in flight, and what prefills
 * of other requests take from it. Every figure is a row, so the same formulas print a derivation and solve for the concurrency.
 */
export interface Generation {
  /** the rows that depend on the row `concurrency`, in order, down to `TPOT` */
  readonly decode: readonly Row[];
  /** then down to `TTFT` */
  readonly firstToken: readonly Row[];
  /** then the 95th percentiles over the medians: `TPOT tail`, `TTFT tail` */
  readonly tails: readonly Row[];
}

/** Adds the rows that do not depend on the concurrency. Undefined where something is not known. */
export function useGeneration(sheet: Sheet, context: Context, node: Node): Generation | undefined {
  const model = context.reference(node, 'model');
  const hardware = useDevices(sheet, context, node);
  if (!model) sheet.lacks('`model`');
  if (!model || !hardware) return undefined;
  const mixture = isMixture(context, model);
  useShape(sheet, context, model, mixture);
  const machine = useMachine(sheet, context, hardware, weightFormat(context, node, model));
  const split = useLayout(sheet, context, node);
  const linked = split.tensor > 1 && context.input(hardware, 'interconnect') !== undefined;
  if (linked) useFigure(sheet, context, hardware, 'interconnect');
  else if (split.tensor > 1)
    sheet.assume(`what the devices exchange takes no time: \`interconnect\` of ${hardware.name} is not known`);
  useTokens(sheet, context, node, model);
  useCacheBytes(sheet, context, node, model);
  useShards(sheet, context, model);
  const form: Form = { mixture, linked, ...machine };
  useConstants(sheet, context, node, form, cacheIsQuantized(context, node, model));
  if (sheet.lacking.length > 0) return undefined;
  const closed = context.given(node, 'concurrency') !== undefined;
  usePrefill(sheet, context, model, form);
  useSpread(sheet, context, node);
  return { decode: decodeRows(form, closed), firstToken: firstTokenRows(closed), tails: tailRows(closed) };
}

/** Adds the rows that do depend on it, at the concurrency of the row `concurrency`. */
export function useRows(sheet: Sheet, rows: readonly Row[]): void {
  for (const [label, text] of rows) sheet.step(label, text);
}

/** The values of the rows at a concurrency, without adding them. */
export function valuesAt(sheet: Sheet, rows: readonly Row[], concurrency: number): (label: string) => number {
  const found = new Map<string, number>([['concurrency', concurrency]]);
  const value = (name: string) => found.get(name) ?? sheet.cell(name)?.value ?? Number.NaN;
  for (const [label, text] of rows) found.set(key(label), amount(text)(value));
  return (label) => value(key(label));
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
  useHeldTokens(sheet, context, model, 'tokens in cache', 'input + output / 2');
}

/** Of a mixture also `expert params`, of all routed experts, and `shared params`, which every token passes through. */
function useShape(sheet: Sheet, context: Context, model: Node, mixture: boolean): void {
  useParams(sheet, context, model);
  useMultipliedParams(sheet, context, model);
  useHeads(sheet, context, model);
  size(sheet, context, model, 'hidden');
  if (!mixture) return;
  useExperts(sheet, context, model);
  sheet.step('expert params', '(params - active_params) * experts / max(1, experts - experts_per_token)');
  sheet.step('shared params', 'max(0, multiplied_params - expert_params * experts_per_token / experts)');
}

/** 4-bit integers are a storage format for language models: their kernels multiply in 16 bits. */
function useMachine(sheet: Sheet, context: Context, hardware: Node, format: string): Pick<Form, 'peak' | 'bandwidth'> {
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
  useConstant(sheet, constants.BANDWIDTH_SHARE);
  const narrow = format === 'fp4' && computeFormat(context, hardware, 'fp4') === 'fp4';
  if (narrow) useConstant(sheet, constants.FP4_SHARE);
  const unpacked = format === 'int4' || (format === 'fp4' && !narrow);
  if (unpacked) useConstant(sheet, constants.UNPACKING_SHARE);
  return {
    peak: narrow ? 'peak * share_of_fp4_peak' : 'peak',
    bandwidth: `bandwidth * share_of_bandwidth${unpacked ? ' * share_kept_in_unpacking' : ''}`,
  };
}

function useConstants(sheet: Sheet, context: Context, node: Node, { mixture, linked }: Form, narrow: boolean): void {
  const engine = context.reference(node, 'runtime')?.name ?? '';
  const closed = context.given(node, 'concurrency') !== undefined;
  const steps = constants.RELEASE_STEPS[engine];
  const used = [
    narrow ? constants.QUANTIZED_CACHE_SHARE : constants.CACHE_SHARE,
    constants.DECODE_SHARE_OF_PEAK,
    constants.PREFILL_SHARE_OF_PEAK,
    ...(mixture ? [constants.EXPERT_SHARE_OF_PEAK, constants.ROUTING_OVERHEAD] : []),
    ...(linked ? [constants.REDUCE_LATENCY, constants.LINK_SHARE, constants.ACTIVATION_BYTES] : []),
    constants.LAYER_OVERHEAD,
    constants.STEP_OVERHEAD,
    constants.SEQUENCE_OVERHEAD,
    constants.OPERATIONS_PER_PARAMETER,
    mixture ? constants.DECODE_ERROR_MIXTURE : constants.DECODE_ERROR,
    constants.REQUEST_OVERHEAD,
    ...(closed ? [constants.PREFILL_WAIT, constants.PREFILL_QUEUE] : []),
    steps ?? constants.RELEASE_STEPS_ANY,
    steps ? constants.TTFT_ERROR : constants.TTFT_ERROR_ANY,
  ];
  for (const constant of used) useConstant(sheet, constant);
}

/** The output layer multiplies the last token alone; layers with a window attend to no more than that. */
function usePrefill(sheet: Sheet, context: Context, model: Node, { mixture, linked, peak }: Form): void {
  const last = context.input(model, 'vocab') ? ' - vocab * hidden' : '';
  if (last) size(sheet, context, model, 'vocab');
  sheet.step('params of prefill', `${mixture ? 'shared_params' : 'multiplied_params'}${last}`);
  const experts = ' + expert_params * experts_per_token / experts / share_of_peak_in_prefill_of_experts';
  sheet.step(
    'prefill of matrices',
    `operations_per_parameter * (params_of_prefill / share_of_peak_in_prefill${mixture ? experts : ''}) * new_tokens / (GPUs_per_replica * ${peak})`,
  );
  const seen = '(2 * input - new_tokens)';
  const windowed = `min(2 * window, 2 * input - new_tokens)`;
  const attended = !context.input(model, 'window')
    ? `cached_layers * ${seen}`
    : context.input(model, 'window_layers')
      ? `((cached_layers - window_layers) * ${seen} + window_layers * ${windowed})`
      : `cached_layers * ${windowed}`;
  sheet.step(
    'prefill of attention',
    `operations_per_parameter * ${attended} * heads * head_dim * new_tokens / (GPUs_per_replica * peak_of_attention * share_of_peak_in_prefill)`,
  );
  if (linked)
    sheet.step(
      'reductions of prefill',
      `2 * layers * 2 * (tensor_parallel - 1) / tensor_parallel * new_tokens * hidden * bytes_per_activation / (share_of_the_link * interconnect / 2)`,
    );
  sheet.step('prefill time', `prefill_of_matrices + prefill_of_attention${linked ? ' + reductions_of_prefill' : ''}`);
}

/** Adds `spread of prefills` (standard deviation over mean) and `later inputs` (how much longer than the median the 95th percentile is, over the mean). */
function useSpread(sheet: Sheet, context: Context, node: Node): void {
  const input = context.given(node, 'input');
  const [p50, p95] = input?.spread ? [quantile(input.spread, 0.5), quantile(input.spread, 0.95)] : [1, 1];
  const source = input?.spread ? 'the spread of `input`' : 'one length of `input` is given';
  const from = input?.spread ? 'given' : 'default';
  // of a log-normal: variance over squared mean from the ratio of two percentiles
  sheet.fact('spread of prefills', Math.sqrt(Math.exp((Math.log(p95 / p50) / 1.645) ** 2) - 1), NUMBER, from, source);
  sheet.fact('later inputs', (p95 - p50) / (input?.value || 1), NUMBER, from, source);
}
