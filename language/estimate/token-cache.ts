import type { Node } from '../model/design.ts';
import { size, useHeads } from './architecture.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { weightFormat } from './hardware.ts';
import { CACHE_BYTES, QUANTIZED_CACHE_BYTES } from './serving-constants.ts';
import type { Sheet } from './sheet.ts';

/** The engine of NVIDIA: it keeps the cache in 8 bits beside weights of 8 bits or fewer, and room for all of a request from its start. */
export const reserves = (context: Context, node: Node): boolean =>
  context.reference(node, 'runtime')?.name === 'TensorRT_LLM';

/** Whether its cache is kept in 8 bits. */
export const cacheIsQuantized = (context: Context, node: Node, model: Node): boolean =>
  reserves(context, node) && ['fp8', 'fp4'].includes(weightFormat(context, node, model));

/** Adds `cached layers`: those that keep something for every token. */
export function useCachedLayers(sheet: Sheet, context: Context, model: Node): number {
  size(sheet, context, model, 'layers');
  if (!context.input(model, 'linear_layers')) return sheet.step('cached layers', 'layers');
  size(sheet, context, model, 'linear_layers');
  sheet.assume('the state of layers with linear attention is left out: it does not grow with the tokens');
  return sheet.step('cached layers', 'layers - linear_layers');
}

/** Adds `cache bytes per token`: keys and values of all layers, or the latent vector that stands for them. */
export function useCacheBytes(sheet: Sheet, context: Context, node: Node, model: Node): number {
  useConstant(sheet, cacheIsQuantized(context, node, model) ? QUANTIZED_CACHE_BYTES : CACHE_BYTES);
  useCachedLayers(sheet, context, model);
  if (context.input(model, 'kv_rank')) {
    size(sheet, context, model, 'kv_rank');
    return sheet.step('cache bytes per token', 'cached_layers * kv_rank * bytes_per_cached_number');
  }
  useHeads(sheet, context, model);
  return sheet.step('cache bytes per token', '2 * cached_layers * kv_heads * head_dim * bytes_per_cached_number');
}

/** Adds `cache shards`: over how many devices one request's cache is spread. Every device of a latent cache holds the whole of it. */
export function useShards(sheet: Sheet, context: Context, model: Node): number {
  if (context.input(model, 'kv_rank')) return sheet.step('cache shards', 'pipeline_parallel');
  return sheet.step('cache shards', 'min(tensor_parallel, kv_heads) * pipeline_parallel');
}

/**
 * Adds the row `label`: the tokens of a request that the cache holds when `held` of them were seen, on average over the layers that cache,
 * some of which may look back only a window.
 */
export function useHeldTokens(sheet: Sheet, context: Context, model: Node, label: string, held: string): number {
  const window = context.input(model, 'window');
  if (!window) return sheet.step(label, held);
  sheet.use('window', window);
  if (!context.input(model, 'window_layers')) return sheet.step(label, `min(window, ${held})`);
  useCachedLayers(sheet, context, model);
  size(sheet, context, model, 'window_layers');
  const all = `(cached_layers - window_layers) * (${held})`;
  return sheet.step(label, `(${all} + window_layers * min(window, ${held})) / cached_layers`);
}
