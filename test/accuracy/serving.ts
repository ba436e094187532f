import { type Figure, figuresOf } from './figure.ts';
import type { Row } from './tables.ts';

/** A replica that generates, as a measurement describes it. */
export interface Run {
  /** of the catalog, as everything named here */
  readonly model: string;
  readonly hardware: string;
  readonly devices: number;
  readonly tensorParallel: number;
  readonly dataParallel?: number;
  readonly precision: string;
  readonly runtime?: string;
  readonly input: number;
  readonly output: number;
  /** requests in flight, all the time */
  readonly concurrency?: number;
  /** the most that the engine takes at once */
  readonly batch?: number;
}

/** A quantity of a run. The document is what somebody would write who knows of the run what its publisher says. */
export function figureOf(run: Run, quantity: string): Figure {
  const lines = [
    `model: ${run.model}`,
    `hardware: ${run.devices} x ${run.hardware}`,
    `tensor_parallel: ${run.tensorParallel}`,
    run.dataParallel && run.dataParallel > 1 && `data_parallel: ${run.dataParallel}`,
    `quantization: ${run.precision}`,
    run.runtime && `runtime: ${run.runtime}`,
    `input: ${run.input} tokens`,
    `output: ${run.output} tokens`,
    run.concurrency && `concurrency: ${run.concurrency}`,
    run.batch && `batching { max: ${run.batch} }`,
  ];
  return figuresOf(`serving Run {\n  ${lines.filter(Boolean).join('\n  ')}\n}`)('Run', quantity);
}

/** The replica of a row of the engine's published tables. */
export const engineOf = (row: Row): Run => ({
  model: catalogName(row.model!),
  hardware: row.hardware!,
  devices: Number(row.devices),
  tensorParallel: Number(row.tensor_parallel),
  precision: row.precision!,
  runtime: 'TensorRT_LLM',
  input: Number(row.input),
  output: Number(row.output),
});

/** Names as publishers write them, as the catalog has them. */
const CATALOG: Readonly<Record<string, string>> = {
  'deepseek-ai/DeepSeek-R1': 'DeepSeek_R1',
  'deepseek-ai/DeepSeek-V3': 'DeepSeek_V3',
  'nvidia/DeepSeek-R1-NVFP4': 'DeepSeek_R1',
  'nvidia/DeepSeek-V3.1-NVFP4': 'DeepSeek_V3_1',
  'MiniMaxAI/MiniMax-M2.5': 'MiniMax_M2_5',
  'openai/gpt-oss-120b': 'gpt_oss_120b',
  'Qwen/Qwen3.5-397B-A17B': 'Qwen3_5_397B_A17B',
  'Qwen/Qwen3-32B': 'Qwen3_32B',
  'nvidia/Qwen3-32B-NVFP4': 'Qwen3_32B',
  'meta-llama/Llama-3.1-70B': 'Llama_3_1_70B',
  'meta-llama/Llama-3.1-8B-Instruct': 'Llama_3_1_8B',
  'nvidia/Llama-3.1-8B-Instruct-FP8': 'Llama_3_1_8B',
  'Qwen/Qwen3-235B-A22B-FP8': 'Qwen3_235B_A22B',
  'moonshotai/Kimi-K2.5': 'Kimi_K2_5',
  'GPT-J-6B': 'GPT_J_6B',
  'LLaMA-7B': 'LLaMA_7B',
  'Llama-2-70B': 'Llama_2_70B',
  'Falcon-180B': 'Falcon_180B',
  'Llama-3.1-405B': 'Llama_3_1_405B',
  'Llama-3.3-70B': 'Llama_3_3_70B',
  'Llama-4-Maverick': 'Llama_4_Maverick',
  'Llama-4-Scout': 'Llama_4_Scout',
  'Qwen3-235B-A22B': 'Qwen3_235B_A22B',
  'Qwen3-30B-A3B': 'Qwen3_30B_A3B',
};

export function catalogName(published: string): string {
  const name = CATALOG[published];
  if (!name) throw new Error(`the catalog name of ${published} is not known`);
  return name;
}
