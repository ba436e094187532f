import { figuresOf } from '../figure.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { publishedTable, type Row } from '../tables.ts';

/** Runs of one model on one accelerator in one backend, by batch. */
function curves(): Row[][] {
  const found = new Map<string, Row[]>();
  for (const row of publishedTable('batch_latency.csv')) {
    const key = nameOf(row);
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

const nameOf = ({ model, hardware, precision, backend, data }: Row): string =>
  [model, hardware, precision, backend, data].filter(Boolean).join(' ');

/** One call of so many examples, alone. */
const alone = (model: string, { hardware, precision, batch }: Row, more: string): string => `
${model}
serving Call {
  model: Model  hardware: 1 x ${hardware}  quantization: ${precision}
  replicas: 1  traffic: 1/month  items: ${batch}
  ${more}
}
`;

/** The smallest and the largest batch are given, those between are asked for. */
function* between(): Generator<Sample> {
  for (const rows of curves()) {
    const [first, last] = [rows[0]!, rows.at(-1)!];
    for (const row of rows.slice(1, -1)) {
      const given = `latency: ${first.latency}ms at ${first.batch}, ${last.latency}ms at ${last.batch}`;
      yield {
        id: `${nameOf(row)} at ${row.batch}`,
        published: Number(row.latency) / 1e3,
        ...figuresOf(alone('model Model { architecture: cnn }', row, given))('Call', 'serving.latency_p50'),
        held: false,
      };
    }
  }
}

/** Architectures as published. The layers of GPUNet are counted in multiply-adds (arXiv 2205.00841), of which each is two operations. */
const MODELS: Readonly<Record<string, string>> = {
  ResNet_50: 'model Model { base: ResNet_50 }',
  DLRM: 'model Model { base: DLRM }',
  BERT_large: 'model Model { base: BERT_large }',
  BERT_dist6l:
    'model Model { task: embedding  architecture: transformer  params: 67M  layers: 6  hidden: 768  heads: 12  vocab: 30522  intermediate: 3072  tied: true }',
  BERT_dist4l:
    'model Model { task: embedding  architecture: transformer  params: 14.5M  layers: 4  hidden: 312  heads: 12  vocab: 30522  intermediate: 1200  tied: true }',
  GPUNet_125ms_D: 'model Model { architecture: cnn  params: 10.6M  flops: 7.32GFLOP }',
};
const RUNTIMES: Readonly<Record<string, string>> = {
  'PyTorch eager': 'PyTorch',
  PyTorch: 'PyTorch',
  TensorRT: 'TensorRT',
  'ONNX Runtime': 'ONNXRuntime',
  TorchScript: 'Triton',
};

/** Processors are left out: the table does not say how many cores there were. */
const computed = (): Sample[] =>
  publishedTable('batch_latency.csv')
    .filter(({ model, hardware }) => MODELS[model!] && hardware !== 'CPU')
    .map((row) => {
      const more = `runtime: ${RUNTIMES[row.backend!]}  ${row.model!.startsWith('BERT') ? 'input: 384 tokens' : ''}`;
      return {
        id: `${nameOf(row)} at ${row.batch}`,
        published: Number(row.latency) / 1e3,
        ...figuresOf(alone(MODELS[row.model!]!, row, more))('Call', 'serving.latency_p50'),
        held: heldBack(`${row.model} ${row.hardware}`),
      };
    });

export const batchLaw: Study = {
  name: 'batch_law',
  title: 'Latency of a batch between two that were measured',
  unit: 's',
  target: { median: 0.08, p90: 0.3 },
  truth: 'repository',
  samples: () => [...between()],
};

export const passTime: Study = {
  name: 'pass_time',
  title: 'Latency of a batch from the architecture alone',
  unit: 's',
  target: { median: 0.35, p90: 2 },
  truth: 'repository',
  samples: computed,
};
