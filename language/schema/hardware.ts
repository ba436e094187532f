import { POWER } from '../units/dimension.ts';
import { bandwidth, bytes, flops } from './common.ts';
import type { KindSchema } from './types.ts';

const DENSE = 'Without it the hardware does not compute in this format.';

export const hardware: KindSchema = {
  kind: 'hardware',
  doc: 'An accelerator, or a processor core: its memory, its bandwidth and its peaks. The catalog has the common ones.',
  example: `hardware OwnChip {
  memory: 80GB
  bandwidth: 3.35TB/s
  bf16: 989TFLOPS
  tdp: 700W
}`,
  properties: {
    memory: { type: bytes, doc: 'The memory of one device.', example: '80GB' },
    bandwidth: { type: bandwidth, doc: 'How fast one device reads its own memory.', example: '3.35TB/s' },
    fp32: { type: flops, doc: `The dense peak in fp32, without sparsity. ${DENSE}`, example: '67TFLOPS' },
    tf32: { type: flops, doc: `The dense peak in tf32, without sparsity. ${DENSE}`, example: '494TFLOPS' },
    fp16: { type: flops, doc: `The dense peak in fp16, without sparsity. ${DENSE}`, example: '989TFLOPS' },
    bf16: { type: flops, doc: `The dense peak in bf16, without sparsity. ${DENSE}`, example: '989TFLOPS' },
    fp8: { type: flops, doc: `The dense peak in fp8, without sparsity. ${DENSE}`, example: '1979TFLOPS' },
    int8: { type: flops, doc: `The dense peak in int8, operations counted as FLOPS. ${DENSE}`, example: '1979TFLOPS' },
    int4: { type: flops, doc: `The dense peak in int4, operations counted as FLOPS. ${DENSE}`, example: '260TFLOPS' },
    fp4: { type: flops, doc: `The dense peak in fp4, without sparsity. ${DENSE}`, example: '9PFLOPS' },
    interconnect: {
      type: bandwidth,
      doc: 'The bandwidth to the other devices of the node, both directions together, as vendors state it.',
      example: '900GB/s',
    },
    tdp: {
      type: { is: 'quantity', dimensions: [POWER], min: 0 },
      doc: 'The power that one device draws at most. Without it no energy is estimated.',
      example: '700W',
    },
    source: { type: { is: 'text' }, doc: 'Where the figures are published.', example: '"vendor datasheet"' },
  },
};
