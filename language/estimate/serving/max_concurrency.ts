import { useParams } from '../architecture.ts';
import { generates } from '../capacity.ts';
import { MEMORY_OVERHEAD, MEMORY_SHARE } from '../serving-constants.ts';
import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { useLayout, useTokens } from '../generation.ts';
import { useDevices, useFigure, useParameterBytes, weightFormat } from '../hardware.ts';
import { Sheet } from '../sheet.ts';
import { reserves, useCacheBytes, useHeldTokens, useShards } from '../token-cache.ts';

/** Requests whose key-value cache fits into the memory that weights and overhead leave in one replica; `batching.max` bounds it too. */
export const maxConcurrency: Estimator = {
  quantities: ['serving.max_concurrency'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    if (!model || !generates(context, node)) return { missing: ['a `model` that generates'] };
    const hardware = useDevices(sheet, context, node);
    useLayout(sheet, context, node);
    useTokens(sheet, context, node, model);
    useCacheBytes(sheet, context, node, model);
    useShards(sheet, context, model);
    useParams(sheet, context, model);
    useParameterBytes(sheet, weightFormat(context, node, model));
    if (hardware) useFigure(sheet, context, hardware, 'memory');
    useConstant(sheet, MEMORY_SHARE);
    useConstant(sheet, MEMORY_OVERHEAD);
    sheet.step('weights of a GPU', weightsOfAGpu(context.word(model, 'architecture') === 'moe'));
    sheet.step('memory for caches', 'share_of_memory * memory - weights_of_a_GPU - memory_overhead');
    const whole = reserves(context, node);
    if (whole) useHeldTokens(sheet, context, model, 'tokens reserved', 'input + output');
    const tokens = whole ? 'tokens_reserved' : 'tokens_in_cache';
    sheet.step('cache of a request', `${tokens} * cache_bytes_per_token / cache_shards`);
    const limit = context.given(node, 'batching.max');
    if (limit) sheet.use('batch', limit);
    const fits = 'max(0, floor(data_parallel * memory_for_caches / cache_of_a_request))';
    sheet.step('max concurrency', limit ? `min(batch, ${fits})` : fits);
    sheet.assume(
      whole
        ? 'a request in flight holds room for its input and all of its output from the start, as TensorRT-LLM schedules without eviction'
        : 'a request in flight holds its input and half of its output',
    );
    return sheet.result();
  },
};

/** Copies for data parallelism hold all weights; experts are spread over all devices. */
export const weightsOfAGpu = (mixture: boolean): string =>
  mixture
    ? 'params * bytes_per_parameter / max(1, GPUs_per_replica)'
    : 'params * bytes_per_parameter / max(1, tensor_parallel * pipeline_parallel)';
