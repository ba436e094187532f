import { BYTES, FLOP, NUMBER, TIME } from '../units/dimension.ts';
import type { Constant } from './constants.ts';

/** What the constants of generation are fitted to. */
const RUNS = 'published runs of vLLM, SGLang and TensorRT-LLM on H100, H200, B200 and B300';

export const OPERATIONS_PER_PARAMETER: Constant = {
  label: 'operations per parameter',
  value: 2,
  dimension: FLOP,
  source: 'a multiplication and an addition',
};

/** What memory-bound kernels reach of the peak, in one pass and in decoding. */
export const BANDWIDTH_SHARE: Constant = {
  label: 'share of bandwidth',
  value: 0.8,
  dimension: NUMBER,
  source: `fitted to ${RUNS}`,
};

// Generation, token by token. Fitted together, to two thirds of the pairs of model and accelerator; see README.md for what the others say

export const UNPACKING_SHARE: Constant = {
  label: 'share kept in unpacking',
  value: 0.7,
  dimension: NUMBER,
  source:
    'weights of 4 bits that the hardware cannot multiply are widened on the way: fitted to int4 and MXFP4 on Hopper',
};
export const CACHE_SHARE: Constant = {
  label: 'share of bandwidth for caches',
  value: 0.97,
  dimension: NUMBER,
  source: `fitted to ${RUNS}, with caches of 16 bits`,
};
export const QUANTIZED_CACHE_SHARE: Constant = {
  label: 'share of bandwidth for caches',
  value: 0.68,
  dimension: NUMBER,
  source: 'fitted to TensorRT-LLM with caches of 8 bits, which are widened on the way',
};
export const DECODE_SHARE_OF_PEAK: Constant = {
  label: 'share of peak in decode',
  value: 0.58,
  dimension: NUMBER,
  source: `fitted to ${RUNS}`,
};
export const PREFILL_SHARE_OF_PEAK: Constant = {
  label: 'share of peak in prefill',
  value: 0.82,
  dimension: NUMBER,
  source: `fitted to ${RUNS}`,
};
export const EXPERT_SHARE_OF_PEAK: Constant = {
  label: 'share of peak in prefill of experts',
  value: 0.23,
  dimension: NUMBER,
  source: 'many small matrix products, fitted to mixtures of experts',
};
export const FP4_SHARE: Constant = {
  label: 'share of fp4 peak',
  value: 0.54,
  dimension: NUMBER,
  source: 'what NVFP4 kernels reach of what the others do of their peaks, fitted to TensorRT-LLM on B200',
};
export const LAYER_OVERHEAD: Constant = {
  label: 'overhead of a layer',
  value: 40e-6,
  dimension: TIME,
  source: `kernel launches of a transformer layer, fitted to ${RUNS}`,
};
export const ROUTING_OVERHEAD: Constant = {
  label: 'routing of a layer',
  value: 25e-6,
  dimension: TIME,
  source: 'choosing experts, and bringing tokens to them and back, fitted to mixtures of experts',
};
export const STEP_OVERHEAD: Constant = {
  label: 'overhead of a step',
  value: 0.5e-3,
  dimension: TIME,
  source: 'scheduling and sampling of one decoding step',
};
export const SEQUENCE_OVERHEAD: Constant = {
  label: 'overhead of a sequence',
  value: 16e-6,
  dimension: TIME,
  source: 'sampling and bookkeeping of one sequence in a step, fitted to saturated replicas of TensorRT-LLM',
};
export const REDUCE_LATENCY: Constant = {
  label: 'latency of a reduction',
  value: 4e-6,
  dimension: TIME,
  source: 'a small all-reduce, for each doubling of the devices, fitted to 2 to 8 of them on NVLink',
};
export const LINK_SHARE: Constant = {
  label: 'share of the link',
  value: 0.47,
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
export const QUANTIZED_CACHE_BYTES: Constant = {
  label: 'bytes per cached number',
  value: 1,
  dimension: BYTES,
  source: 'NVIDIA Model Optimizer, kv_cache_quant_algo FP8 of its fp8 and fp4 checkpoints, which TensorRT-LLM follows',
};

/** One error for all of what a decoding step takes: nine of ten published measurements lie within. */
export const DECODE_ERROR: Constant = {
  label: 'measured over estimated',
  value: 1,
  dimension: NUMBER,
  source: `dense models, compared with ${RUNS}`,
  ninety: 1.45,
};
export const DECODE_ERROR_MIXTURE: Constant = {
  label: 'measured over estimated',
  value: 1,
  dimension: NUMBER,
  source: `mixtures of experts, compared with ${RUNS}`,
  ninety: [1.5, 1.7],
};

// The first token: taking the request in, its prefill, waiting for those of others, and the steps that an engine takes before it sends one

export const REQUEST_OVERHEAD: Constant = {
  label: 'overhead of a request',
  value: 5e-3,
  dimension: TIME,
  source: 'taking in, tokenizing and scheduling',
};
export const PREFILL_WAIT: Constant = {
  label: 'waiting for prefills',
  value: 0.25,
  dimension: NUMBER,
  source: `prefills that are waited for, with one other request in flight: fitted to the first tokens of ${RUNS}`,
};
export const PREFILL_QUEUE: Constant = {
  label: 'growth of the wait',
  value: 0.69,
  dimension: NUMBER,
  source: 'the power of the other requests in flight with which that wait grows, fitted with it',
};

const RELEASE = 'steps before the first token of a busy engine is out: fitted to first tokens';

/** By engine: they mix prefills into decoding, and send what is written, in different ways. */
export const RELEASE_STEPS: Readonly<Record<string, Constant>> = {
  vLLM: { label: 'steps of release', value: 5.3, dimension: NUMBER, source: `${RELEASE} of vLLM 0.12 to 0.19` },
  SGLang: { label: 'steps of release', value: 29, dimension: NUMBER, source: `${RELEASE} of SGLang 0.5` },
  TensorRT_LLM: {
    label: 'steps of release',
    value: 10.3,
    dimension: NUMBER,
    source: `${RELEASE} of TensorRT-LLM 1.0 to 1.2`,
  },
};
export const RELEASE_STEPS_ANY: Constant = {
  label: 'steps of release',
  value: 11,
  dimension: NUMBER,
  source: `${RELEASE} of vLLM, SGLang and TensorRT-LLM together`,
};
/** Of an engine that was fitted, and of any: the first token is later than estimated more often than it is sooner. */
export const TTFT_ERROR: Constant = {
  label: 'measured TTFT over estimated',
  value: 1,
  dimension: NUMBER,
  source: 'compared with first tokens of this engine',
  ninety: [1.65, 3],
};
export const TTFT_ERROR_ANY: Constant = {
  label: 'measured TTFT over estimated',
  value: 1,
  dimension: NUMBER,
  source: 'compared with first tokens of vLLM, SGLang and TensorRT-LLM together',
  ninety: [2, 4],
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
