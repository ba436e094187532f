import { NUMBER, TIME } from '../units/dimension.ts';
import { type Constant, constantOf as of } from './constants.ts';

/** One pass of a model over an example. Fitted to two thirds of the pairs of model and accelerator. */
const TRITON =
  'NVIDIA DeepLearningExamples, offline results behind Triton: BERT of 4 to 24 layers, GPUNet, DLRM on T4 to A100';

/** How a runtime turns a model into kernels. */
export type Stack = 'compiled' | 'eager' | 'other';

/** By the runtime that is named; others are taken to be between. */
export const STACKS: Readonly<Record<string, Stack>> = {
  TensorRT: 'compiled',
  TensorRT_LLM: 'compiled',
  PyTorch: 'eager',
  TorchServe: 'eager',
};

const share = (value: number, source: string): Constant => of('share of peak', value, NUMBER, source, 2);

/** What matrix products of layers of a thousand numbers and more reach of the dense peak. */
export const TRANSFORMER_SHARES: Readonly<Record<Stack, Constant>> = {
  compiled: share(0.39, `${TRITON}, TensorRT`),
  eager: share(0.24, `${TRITON}, PyTorch`),
  other: share(0.23, `${TRITON}, geometric mean of ONNX Runtime, PyTorch and TensorRT`),
};
/** Layers of fewer numbers move more bytes for each operation. */
export const FULL_WIDTH = of('full width', 1024, NUMBER, TRITON);
export const WIDTH_POWER = of('power of the width', 1.1, NUMBER, TRITON);

export const CONVOLUTION_SHARES: Readonly<Record<Stack, Constant>> = {
  compiled: share(0.43, 'MLPerf Inference, offline: ResNet-50 from T4 to H200'),
  eager: share(0.16, 'NVIDIA DeepLearningExamples: ResNet-50 in PyTorch on V100'),
  other: share(0.12, `${TRITON}; depthwise convolutions reach a third of plain ones`),
};
/** Small layers behind tables: an example's inputs take longer to come in than its products. */
export const RECOMMENDER_SHARE = share(0.03, `${TRITON}, DLRM in TorchScript`);
/** Without matrix units the peak is nearer. */
export const PLAIN_SHARE = share(0.6, 'NVIDIA DeepLearningExamples: ResNet-50 in fp32 on V100');

export const CALL_OVERHEAD = of('overhead of a call', 0.6e-3, TIME, `${TRITON}, one example at a time`, 2);

/** Kernels of a layer are launched one by one; while they compute, the next are. */
export const LAUNCHES: Readonly<Record<Stack, Constant>> = {
  compiled: of('launches of a layer', 75e-6, TIME, `${TRITON}, TensorRT`, 1.6),
  eager: of('launches of a layer', 450e-6, TIME, `${TRITON}, PyTorch`, 1.6),
  other: of('launches of a layer', 200e-6, TIME, `${TRITON}, ONNX Runtime`, 2),
};
/** Of a network whose layers are not known. */
export const EAGER_PASS = of(
  'launches of a pass',
  10e-3,
  TIME,
  'NVIDIA DeepLearningExamples: ResNet-50 in PyTorch, one image at a time, 10 to 13 ms on T4 and V100 alike',
  1.6,
);

/** A visit of a node of a tree misses the branch predictor or the cache. */
export const NODE_TIME = of(
  'time of a node',
  12e-9,
  TIME,
  'Treelite documentation, benchmark: 1,600 trees of depth 6 on 36 cores, 9 ns (Treelite) to 18 ns (XGBoost) of a core',
  2,
);

export const SHARE_WITHIN_LIMIT = of(
  'share within a limit',
  0.88,
  NUMBER,
  'MLPerf Inference v0.7 to v4.1, server over offline: the median of 502 pairs, limits of 15 ms to 20 s',
  1.25,
);
