import { TIME } from '../units/dimension.ts';
import { count, LANGUAGE, PRECISIONS, reference, share } from './common.ts';
import type { PropertySchema } from './types.ts';

/** The part of a training that says on what it runs, and how it is spread. */
export const machine: Readonly<Record<string, PropertySchema>> = {
  step: {
    type: { is: 'quantity', dimensions: [TIME], min: 0, on: true },
    doc: 'The measured time of one step: on one accelerator, or on the pool after `on`. Without it, the time follows from the FLOPs.',
    example: '18ms on 4 x A100_80GB',
  },
  hardware: { type: { is: 'pool' }, doc: 'All devices of the job.', required: true, example: '64 x H100' },
  cluster: { type: reference('cluster'), doc: 'The cluster that it takes them from.', example: 'Pool' },
  strategy: {
    type: {
      is: 'word',
      words: {
        single_node: 'One node, or one device',
        ddp: 'Each device holds the whole model and a part of the batch',
        fsdp: 'Parameters, gradients and optimizer states are sharded over the devices',
        zero1: 'Optimizer states are sharded',
        zero2: 'Optimizer states and gradients are sharded',
        zero3: 'Optimizer states, gradients and parameters are sharded',
        tensor: 'Each layer is split over devices',
        pipeline: 'The layers are split into stages',
        '3d': 'Data, tensor and pipeline parallel together, with optimizer states sharded over the replicas',
      },
    },
    doc: 'How the work is spread. Without it, `single_node` on one device and `ddp` on several.',
    example: 'fsdp',
  },
  tensor_parallel: {
    type: count,
    doc: 'Over how many devices each layer is split. Without it layers are whole, but with a strategy that splits them.',
    example: '8',
  },
  pipeline_parallel: {
    type: count,
    doc: 'Into how many stages the layers are split. Without it there is one, but with a strategy that splits them.',
    example: '4',
  },
  precision: {
    type: { is: 'word', words: PRECISIONS },
    doc: 'The number format that is multiplied in.',
    example: 'bf16',
    defaults: [
      { value: 'bf16', why: 'what published runs train in', source: 'mosaicml/llm-foundry, benchmarks (amp_bf16)' },
    ],
  },
  optimizer: {
    type: {
      is: 'word',
      open: true,
      words: {
        adamw: 'Two moments a parameter, with decoupled weight decay',
        adam: 'Two moments a parameter',
        adam_8bit: 'Two moments of 8 bits a parameter',
        sgd: 'No state',
        momentum: 'One moment a parameter',
        adagrad: 'One sum a parameter',
        adafactor: 'Row and column sums in place of a full moment',
        lamb: 'Two moments a parameter, scaled by layer, for large batches',
        lion: 'One moment a parameter',
        muon: 'One moment a parameter, made orthogonal',
      },
    },
    doc: 'The optimizer, whose states take memory.',
    example: 'adamw',
    defaults: [
      { value: 'adamw', why: 'the usual one for transformers', source: 'Loshchilov and Hutter, arXiv:1711.05101' },
    ],
  },
  recompute: {
    type: {
      is: 'word',
      words: {
        none: 'All activations are kept',
        selective: 'Those of attention are computed again',
        full: 'Only the inputs of the layers are kept',
      },
    },
    doc: 'Which activations are computed again in the backward pass: less memory for more compute.',
    example: 'selective',
    defaults: [{ value: 'none', why: 'recomputation has to be asked for', source: 'PyTorch, torch.utils.checkpoint' }],
  },
  attention: {
    type: {
      is: 'word',
      words: { flash: 'In blocks, never the whole matrix in memory', standard: 'The whole matrix is kept' },
    },
    doc: 'How attention is computed, which decides the memory of long sequences.',
    example: 'flash',
    defaults: [
      { value: 'flash', why: 'PyTorch takes it where it can', source: 'PyTorch, scaled_dot_product_attention' },
    ],
  },
  stack: {
    type: {
      is: 'word',
      words: {
        tuned: 'As in benchmarks that vendors and framework teams publish',
        typical: 'As in published runs of whole models',
        legacy: 'Without fused attention, or on older software',
      },
    },
    doc: 'How well the software uses the hardware. It decides the MFU where none is given.',
    example: 'tuned',
    defaults: [{ value: 'typical', why: 'nothing is known about the software', source: LANGUAGE }],
  },
  mfu: {
    type: share,
    doc: 'The share of the dense peak that the FLOPs of the model reach (MFU). Without it, it is estimated.',
    example: '40%',
  },
  scaling: {
    type: share,
    doc: 'The share of the ideal speed-up that several devices reach. Without it, a measured curve is taken.',
    example: '92%',
  },
};
