import { BANDWIDTH, BYTES, FLOP, FLOPS, NUMBER, per, TIME } from '../units/dimension.ts';
import { constantOf as of } from './constants.ts';

// ── operations of training

const KAPLAN = 'Kaplan et al., arXiv:2001.08361: 2 forward, 4 backward';

export const FLOPS_PER_PARAMETER = of('FLOPs per parameter', 6, FLOP, KAPLAN);
export const LORA_FLOPS_PER_PARAMETER = of(
  'FLOPs per parameter',
  4,
  FLOP,
  'Hu et al., arXiv:2106.09685: frozen weights need no gradients of their own',
);
export const ATTENTION_FLOPS = of(
  'attention FLOPs',
  12,
  FLOP,
  'Chowdhery et al., arXiv:2204.02311, appendix B, without the causal half',
);
export const FORWARD_FLOPS = of('forward FLOPs per parameter', 2, FLOP, 'one multiplication and one addition');
export const PASSES = of('passes', 3, NUMBER, KAPLAN);

// ── how much of the peak training reaches
//
// Times of an operation of the model, where 1 is what a matrix multiplication takes at the reference efficiency. Fitted to 146 runs of
// mosaicml/llm-foundry (A100 of 40 and 80 GB, H100; bf16 and fp8; 125M to 70B; 512 to 65536 tokens; 8 to 512 devices), without those that
// `npm run accuracy` keeps back.

const FOUNDRY = 'fit to mosaicml/llm-foundry, scripts/train/benchmarking (A100, H100)';
const A100 = 'NVIDIA A100 80GB SXM data sheet';

export const REFERENCE_PEAK = of('reference peak', 312e12, FLOPS, `${A100}, dense bf16`);
export const REFERENCE_BANDWIDTH = of('reference bandwidth', 2.039e12, BANDWIDTH, A100);
export const REFERENCE_LINKS = of('reference interconnect', 600e9, BANDWIDTH, A100);
export const REFERENCE_GPUS = of('reference GPUs', 8, NUMBER, FOUNDRY);

export const REFERENCE_EFFICIENCY = of('reference efficiency', 0.858, NUMBER, FOUNDRY, 1.1);
export const PEAK_EXPONENT = of('peak exponent', 0.074, NUMBER, `${FOUNDRY}: a faster device is harder to feed`);
export const NARROW_WIDTH = of(
  'narrow width',
  764,
  NUMBER,
  `${FOUNDRY}: the width at which an A100 reads and writes for as long as it multiplies`,
);
export const FEW_TOKENS = of(
  'few tokens',
  1277,
  NUMBER,
  `${FOUNDRY}: the tokens of a device with which an A100 exchanges weights and gradients for as long as it multiplies`,
);
/** how far published runs on tuned stacks lie above the prediction, newer software included */
export const BEST_STACKS = of(
  'prediction error',
  1.2,
  NUMBER,
  'NVIDIA DeepLearningExamples (BERT on V100, up to 1.18), NVIDIA/Megatron-LM (2B on H100, 1.25), jzhang38/TinyLlama (1.07)',
);
export const BEST_STACKS_8_BIT = of(
  'prediction error',
  1.45,
  NUMBER,
  'NVIDIA/Megatron-LM, examples/llama/README.md (Llama 3 8B and 3.1 405B in fp8 on H100, up to 1.45)',
);
export const USUAL_TOKENS = of(
  'usual tokens',
  28672,
  NUMBER,
  'the median of mosaicml/llm-foundry, scripts/train/benchmarking',
  2,
);
export const ATTENTION_COST = of(
  'attention cost',
  1.52,
  NUMBER,
  `${FOUNDRY}: operations of attention beside those of matrices`,
);
export const ATTENTION_EXPONENT = of(
  'attention exponent',
  0.52,
  NUMBER,
  `${FOUNDRY}: attention gains less from a faster device`,
);
export const EFFICIENCY_LOSS = of('loss per doubling', 0.01, NUMBER, `${FOUNDRY}, 8 to 512 devices`, 1.6);
export const FULL_RECOMPUTE_LOSS = of('recompute loss', 0.223, NUMBER, FOUNDRY);
export const SELECTIVE_RECOMPUTE_LOSS = of('recompute loss', 0.03, NUMBER, 'Korthikanti et al., arXiv:2205.05198');
export const MIXTURE_LOSS = of(
  'mixture loss',
  0.2,
  NUMBER,
  'GPU-hours of Llama 4 Maverick beside those of dense models (meta-llama/llama-models, MODEL_CARD.md); Llama 4 Scout and DeepSeek-V3 agree within 15%',
  1.5,
);
export const SPLIT_WIDTH = of(
  'split width',
  700,
  NUMBER,
  'fit to Korthikanti et al., arXiv:2205.05198, table 5 (22B, 175B and 1T with 8-way tensor parallelism on A100)',
  1.3,
);
export const WIDTH_PER_LAYER = of(
  'width per layer',
  100,
  NUMBER,
  'Kaplan et al., arXiv:2001.08361: shape matters little; published models are about a hundred times as wide as deep',
  2,
);
/** the stack factors: what is left of the tuned stack. `ninety` where the stack is declared, and where it is not */
export const TYPICAL_STACK = of(
  'stack factor',
  0.68,
  NUMBER,
  'GPU-hours of published models (LLaMA to Llama 4, Pythia, DeepSeek-V3) against the tuned stack',
  1.4,
);
export const UNKNOWN_STACK = { ...TYPICAL_STACK, ninety: 1.6 };
export const LEGACY_STACK = of(
  'stack factor',
  0.65,
  NUMBER,
  'bigscience-workshop/bigscience, tr11-176B-ml chronicles, against the tuned stack',
  1.4,
);

const IMAGES =
  'fit to ResNet-50 on A100 (NVIDIA DeepLearningExamples, MLPerf Training v2.1 to v4.0), and within 18% at nine of ten on V100, A30, H100 PCIe and H100';

export const CNN_EFFICIENCY = of('reference efficiency', 0.487, NUMBER, IMAGES, 1.3);
/** values that go to memory and back for each operation of a convolution */
export const VALUES_PER_FLOP = of('values per FLOP', 0.0068, per(NUMBER, FLOP), IMAGES, 1.25);
export const RECOMMENDER_EFFICIENCY = of(
  'reference efficiency',
  0.15,
  NUMBER,
  'DLRM and DLRM-DCNv2: NVIDIA DeepLearningExamples (V100), MLPerf Training v3.1 and v4.0',
  2,
);
export const DENSE_EFFICIENCY = of(
  'reference efficiency',
  0.15,
  NUMBER,
  'the dense part of DLRM, for want of published figures of plain networks',
  3,
);
export const SMALL_MODEL_LOSS = of('loss per doubling', 0.068, NUMBER, `${IMAGES}, 8 to 4216 devices`, 1.6);

/** What is lost of the ideal speed-up each time the devices double. */
export const SCALING_LOSS = of(
  'loss per doubling',
  0.0233,
  NUMBER,
  'MPT on 8 to 128 A100: 42.75% to 38.9% MFU (mosaicml/llm-foundry). ResNet-50 on DGX A100: 6.7 times with 8',
  2.5,
);

/** of one core, to add one feature of one example to a histogram */
export const UPDATE_TIME = of(
  'time of an update',
  3.2e-9,
  TIME,
  'microsoft/LightGBM, docs/Experiments.rst: LightGBM and XGBoost (hist) on Higgs, Yahoo LTR and MS LTR, 255 leaves, 16 threads of a Xeon E5-2670 v3',
  2.3,
);
/** what a device gains of a higher peak, where a step was measured on another one */
export const SPEEDUP_EXPONENT = of(
  'speedup exponent',
  0.67,
  NUMBER,
  'the median of 22 runs of mosaicml/llm-foundry that are published for both A100 and H100 (0.51 to 0.80)',
  1.25,
);
/** what a whole run takes beyond what its MFU says: evaluation, checkpoints, operations that are counted otherwise */
export const MFU_ACCOUNT = of(
  'account',
  1,
  NUMBER,
  'GPU-hours of LLaMA 7B to 65B from a set efficiency, -6% to +10%: cli99/llm-analysis, examples/llama',
  1.1,
);

// ── memory of training

const KORTHIKANTI = 'Korthikanti et al., arXiv:2205.05198';

export const ACTIVATION_BYTES = of(
  'activation bytes',
  20,
  BYTES,
  `${KORTHIKANTI}, with fused attention and no dropout masks: 30 bytes a value of a layer, of which tensor parallelism splits 20`,
  1.15,
);
export const WHOLE_ACTIVATION_BYTES = of(
  'unsplit activation bytes',
  10,
  BYTES,
  `${KORTHIKANTI}: norms and inputs, which each device keeps whole`,
);
export const ATTENTION_MATRIX_BYTES = of(
  'attention matrix bytes',
  5,
  BYTES,
  `${KORTHIKANTI}: scores, softmax and dropout of each pair of tokens`,
);
export const LAYER_INPUT_BYTES = of(
  'layer input bytes',
  2,
  BYTES,
  `${KORTHIKANTI}: with full recomputation the input of each layer is kept`,
);
export const LOGIT_BYTES = of('bytes per logit', 6, BYTES, 'the logits in 16 bits, and in fp32 for the loss');
export const RUNTIME_BYTES = of(
  'overhead',
  2.5e9,
  BYTES,
  'CUDA context and NCCL buffers: bigscience-workshop/bigscience, tr11-176B-ml chronicles',
  1.4,
);
export const BUFFERS = of(
  'buffer factor',
  1,
  NUMBER,
  '146 configurations of mosaicml/llm-foundry that ran fit without more',
  1.15,
);
const SPLIT =
  'fit to peaks of bigscience-workshop/bigscience, tr11-176B-ml chronicles (Megatron-DeepSpeed, 18B to 205B)';
export const RESERVED = of(
  'reserved share',
  0.14,
  NUMBER,
  `${SPLIT}: context, links of three kinds of groups, flat buffers, and what the allocator keeps; on V100 it leaves room for what ran there`,
  1.2,
);
export const SPLIT_BUFFERS = of('buffer factor', 1.24, NUMBER, SPLIT, 1.2);
export const LORA_TARGETS = 'PEFT, LoraConfig: the query and value projections, which it adapts in Llama by default';

// ── checkpoints

export const CHECKPOINT_BANDWIDTH = of(
  'checkpoint bandwidth',
  122e6,
  BANDWIDTH,
  'The Llama 3 Herd of Models, arXiv:2407.21783: storage sustains 2 TB/s for 16,384 GPUs',
  3,
);
