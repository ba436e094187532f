import type { Node } from '../model/design.ts';
import { BYTES } from '../units/dimension.ts';
import type { Context } from './context.ts';
import { size } from './architecture.ts';
import type { Sheet } from './sheet.ts';

/** Bytes that one parameter takes, with the scales that block formats add. */
export const BYTES_PER_PARAMETER: Readonly<Record<string, { readonly bytes: number; readonly source: string }>> = {
  fp32: { bytes: 4, source: 'IEEE 754' },
  tf32: { bytes: 4, source: 'NVIDIA A100 architecture whitepaper: stored as fp32' },
  fp16: { bytes: 2, source: 'IEEE 754' },
  bf16: { bytes: 2, source: 'Kalamkar et al., arXiv:1905.12322' },
  fp8: { bytes: 1, source: 'Micikevicius et al., arXiv:2209.05433' },
  int8: { bytes: 1, source: 'Dettmers et al., arXiv:2208.07339' },
  int4: {
    bytes: 0.52,
    source: '4 bits, and a scale and a zero point for 128 weights: Lin et al., AWQ, arXiv:2306.00978',
  },
  fp4: { bytes: 0.5625, source: '4 bits, and a scale of 8 bits for 16 weights: NVIDIA, NVFP4' },
};

/** What a format is multiplied in where the hardware has no peak for it: the next wider one, and so on. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  fp32: ['fp32', 'tf32'],
  tf32: ['tf32', 'fp32'],
  fp16: ['fp16', 'bf16', 'tf32', 'fp32'],
  bf16: ['bf16', 'fp16', 'tf32', 'fp32'],
  fp8: ['fp8', 'bf16', 'fp16', 'tf32', 'fp32'],
  int8: ['int8', 'bf16', 'fp16', 'tf32', 'fp32'],
  int4: ['int4', 'int8', 'bf16', 'fp16', 'tf32', 'fp32'],
  fp4: ['fp4', 'fp8', 'bf16', 'fp16', 'tf32', 'fp32'],
};

/** The format that the weights of a serving have: `quantization`, else the model's own. */
export function weightFormat(context: Context, serving: Node, model: Node): string {
  const asked = context.word(serving, 'quantization');
  return asked && asked !== 'none' ? asked : (context.word(model, 'precision') ?? 'fp32');
}

/** The format in which hardware multiplies `format`: itself, or the next wider one that it has. Undefined where it has none. */
export const computeFormat = (context: Context, hardware: Node, format: string): string | undefined =>
  WIDER[format]?.find((wider) => context.input(hardware, wider) !== undefined);

/** Adds the row `label`: the dense peak of one device for numbers of `format`, and says where it is a wider one's. */
export function usePeak(sheet: Sheet, context: Context, hardware: Node, format: string, label = 'peak'): number {
  const found = computeFormat(context, hardware, format);
  if (found && found !== format)
    sheet.assume(
      `${hardware.name} has no ${format} peak in the catalog: weights stay in ${format} and are multiplied in ${found}`,
    );
  return sheet.use(
    label,
    found ? context.input(hardware, found) : undefined,
    `a peak (\`fp16\`, \`bf16\` ...) of \`${hardware.name}\``,
  );
}

/** Adds the row `bytes per parameter`. */
export function useParameterBytes(sheet: Sheet, format: string): number {
  const { bytes, source } = BYTES_PER_PARAMETER[format] ?? BYTES_PER_PARAMETER.fp32!;
  return sheet.fact('bytes per parameter', bytes, BYTES, 'default', `${format}: ${source}`);
}

/** Adds the row `GPUs per replica`; gives the hardware, or undefined where there is none. */
export function useDevices(sheet: Sheet, context: Context, node: Node): Node | undefined {
  const [part] = context.pool(node, 'hardware');
  sheet.use('GPUs per replica', part?.count, '`hardware`');
  return part?.hardware;
}

/** Adds a row for a figure of the hardware, under its own name. */
export const useFigure = (sheet: Sheet, context: Context, hardware: Node, name: string): number =>
  size(sheet, context, hardware, name);
