import { BYTES, FLOP, NUMBER, TIME } from '../units/dimension.ts';
import type { Constant } from './constants.ts';

export const OPERATIONS_PER_PARAMETER: Constant = {
  label: 'operations per parameter',
  value: 2,
  dimension: FLOP,
  source: 'a multiplication and an addition',
};

// Generation, token by token

export const BANDWIDTH_SHARE: Constant = {
  label: 'share of bandwidth',
  value: 0.8,
  dimension: NUMBER,
  source: 'what memory-bound kernels reach of the peak',
};
export const DECODE_SHARE_OF_PEAK: Constant = {
  label: 'share of peak in decode',
  value: 0.5,
  dimension: NUMBER,
  source: 'what batched decoding reaches of the dense peak',
};
export const PREFILL_SHARE_OF_PEAK: Constant = {
  label: 'share of peak in prefill',
  value: 0.75,
  dimension: NUMBER,
  source: 'what long matrix products reach of the dense peak',
};
export const LAYER_OVERHEAD: Constant = {
  label: 'overhead of a layer',
  value: 17e-6,
  dimension: TIME,
  source: 'kernel launches of a transformer layer',
};
export const ROUTING_OVERHEAD: Constant = {
  label: 'routing of a layer',
  value: 35e-6,
  dimension: TIME,
  source: 'choosing experts, and bringing tokens to them and back',
};
export const STEP_OVERHEAD: Constant = {
  label: 'overhead of a step',
  value: 0.5e-3,
  dimension: TIME,
  source: 'scheduling and sampling of one decoding step',
};
export const REDUCE_LATENCY: Constant = {
  label: 'latency of a reduction',
  value: 8e-6,
  dimension: TIME,
  source: 'a small all-reduce, for each doubling of the devices',
};
export const LINK_SHARE: Constant = {
  label: 'share of the link',
  value: 0.5,
  dimension: NUMBER,
  source: 'what collectives reach of the bandwidth of one direction',
};
export const ACTIVATION_BYTES: Constant = {
  label: 'bytes per activation',
  value: 2,
  dimension: BYTES,
  source: 'activations travel in 16 bits',
};
export const CACHE_BYTES: Constant = {
  label: 'bytes per cached number',
  value: 2,
  dimension: BYTES,
  source: 'vLLM, kv_cache_dtype auto: 16 bits',
};

/** One error for all of what a decoding step takes: nine of ten published measurements lie within. */
export const DECODE_ERROR: Constant = {
  label: 'measured over estimated',
  value: 1,
  dimension: NUMBER,
  source: 'compared with published measurements of vLLM, SGLang and TensorRT-LLM',
  ninety: 1.6,
};

/** What comes to the prefill before a first token, and how it waits for others: fitted to published measurements at 4 to 512 requests in flight. */
export const REQUEST_OVERHEAD: Constant = {
  label: 'overhead of a request',
  value: 5e-3,
  dimension: TIME,
  source: 'taking in, tokenizing and scheduling',
};
export const TTFT_WAIT: Constant = {
  label: 'waiting for others',
  value: 0.6,
  dimension: NUMBER,
  source: 'fitted to TTFT of dense models on vLLM, SGLang and TensorRT-LLM',
};
export const TTFT_WAIT_MIXTURE: Constant = {
  label: 'waiting for others',
  value: 1.2,
  dimension: NUMBER,
  source: 'fitted to TTFT of mixtures of experts on vLLM, SGLang and TensorRT-LLM',
};
export const TTFT_ERROR: Constant = {
  label: 'measured TTFT over estimated',
  value: 1,
  dimension: NUMBER,
  source: 'compared with published measurements of dense models',
  ninety: 3.5,
};
export const TTFT_ERROR_MIXTURE: Constant = {
  label: 'measured TTFT over estimated',
  value: 1,
  dimension: NUMBER,
  source: 'compared with published measurements of mixtures of experts',
  ninety: 4.5,
};

/** From p99 over mean, of log-normal times: 2.0 for the first token, 1.18 for the others, medians of the runs. */
export const TTFT_TAIL: Constant = {
  label: 'TTFT tail',
  value: 1.7,
  dimension: NUMBER,
  source: 'p95 over p50 in 168 server runs of MLPerf Inference v4.1 (Llama 2 70B, Mixtral 8x7B)',
};
export const TPOT_TAIL: Constant = {
  label: 'TPOT tail',
  value: 1.13,
  dimension: NUMBER,
  source: 'p95 over p50 in 168 server runs of MLPerf Inference v4.1 (Llama 2 70B, Mixtral 8x7B)',
};

// Memory of a server

export const MEMORY_SHARE: Constant = {
  label: 'share of memory',
  value: 0.9,
  dimension: NUMBER,
  source: 'vLLM, gpu_memory_utilization',
};
export const MEMORY_OVERHEAD: Constant = {
  label: 'memory overhead',
  value: 2.5e9,
  dimension: BYTES,
  source: 'CUDA context, communication buffers and fragmentation',
};
