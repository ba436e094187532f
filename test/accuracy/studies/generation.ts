import { catalogName, figureOf, type Run } from '../serving.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { type Row, sharedTable } from '../tables.ts';

const HARDWARE: Readonly<Record<string, string>> = {
  b200_sxm: 'B200',
  b300_sxm: 'B300',
  h100_sxm: 'H100',
  h200_sxm: 'H200',
};
const RUNTIME: Readonly<Record<string, string>> = { vllm: 'vLLM', sglang: 'SGLang', trtllm: 'TensorRT_LLM' };

const runOf = (row: Row): Run => ({
  model: catalogName(row.model!),
  hardware: HARDWARE[row.gpu!]!,
  devices: Number(row.gpu_count),
  tensorParallel: Number(row.tp),
  dataParallel: Number(row.dp),
  precision: row.precision || 'bf16',
  runtime: RUNTIME[row.framework!.split(' ')[0]!]!,
  input: Number(row.input_len),
  output: Number(row.output_len),
  concurrency: Number(row.concurrency),
});

const DENSE = /Llama|Qwen3-32B/;

/** Runs at a steady number of requests in flight, by model and accelerator. */
function samples(dense: boolean, quantity: string, column: string, most: number): Sample[] {
  return sharedTable('llm_serving.csv')
    .filter((row) => DENSE.test(row.model!) === dense && Number(row.concurrency) <= most)
    .map((row) => ({
      id: row.cfg!,
      published: Number(row[column]) / 1e3,
      ...figureOf(runOf(row), quantity),
      held: heldBack(`${catalogName(row.model!)} ${row.gpu}`),
    }));
}

const EVERYTHING = Number.POSITIVE_INFINITY;

export const tpotDense: Study = {
  name: 'tpot_dense',
  title: 'Time per output token, dense models',
  unit: 's',
  target: { median: 0.11, p90: 0.5, width: 1.6 },
  peers: 'AIConfigurator 21% mean, BLIS 7 to 22%, KernelSight-LM 13% median, roofline of llm-optimizer 54%',
  truth: 'shared',
  samples: () => samples(true, 'serving.tpot_p50', 'tpot_ms', EVERYTHING),
};

export const tpotMixture: Study = {
  name: 'tpot_mixture',
  title: 'Time per output token, mixtures of experts',
  unit: 's',
  target: { median: 0.17, p90: 0.5, width: 1.6 },
  truth: 'shared',
  samples: () => samples(false, 'serving.tpot_p50', 'tpot_ms', EVERYTHING),
};

export const ttftDense: Study = {
  name: 'ttft_dense',
  title: 'Time to first token, dense models, up to 64 in flight',
  unit: 's',
  target: { median: 0.4, p90: 1 },
  peers: 'AIConfigurator 653% median, BLIS 18 to 23%, KernelSight-LM 15% median, roofline of llm-optimizer 678% mean',
  truth: 'shared',
  samples: () => samples(true, 'serving.ttft_p50', 'ttft_ms', 64),
};

export const ttftMixture: Study = {
  name: 'ttft_mixture',
  title: 'Time to first token, mixtures of experts, up to 64 in flight',
  unit: 's',
  target: { median: 0.4, p90: 1 },
  truth: 'shared',
  samples: () => samples(false, 'serving.ttft_p50', 'ttft_ms', 64),
};
