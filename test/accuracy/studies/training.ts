import { figuresOf } from '../figure.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { publishedTable, type Row } from '../tables.ts';
import { trainingOf } from '../training.ts';

/** `unit`: what the published figure is in, in base units. */
function samples(file: string, quantity: string, published: string, unit = 1): Sample[] {
  return publishedTable(file).map((row) => {
    const figure = figuresOf(trainingOf(row))('Run', quantity);
    return {
      id: idOf(row),
      published: Number(row[published]),
      estimate: figure.estimate / unit,
      low: figure.low && figure.low / unit,
      high: figure.high && figure.high / unit,
      held: heldBack(`${row.model} on ${row.hardware}`),
    };
  });
}

function idOf(row: Row): string {
  const split = ['tensor_parallel', 'pipeline_parallel'].map((name) => row[name] || '1').join(' x ');
  return `${row.model} ${row.devices} x ${row.hardware} ${row.precision} ${row.strategy} ${split}, ${row.micro_batch} x ${row.sequence}`;
}

export const trainingMfu: Study = {
  name: 'training_mfu',
  title: 'MFU of training on a tuned stack',
  unit: '1',
  target: { median: 0.08, p90: 0.2, width: 1.5 },
  peers: 'a fixed MFU of 40% is off by 21% median',
  truth: 'repository',
  samples: () => samples('training_mfu.csv', 'training.mfu', 'mfu'),
};

export const trainingMfuLegacy: Study = {
  name: 'training_mfu_legacy',
  title: 'MFU of training on a stack of 2021, 18B to 205B on A100 and V100',
  unit: '1',
  truth: 'repository',
  samples: () => samples('training_mfu_legacy.csv', 'training.mfu', 'mfu'),
};

export const trainingHours: Study = {
  name: 'training_hours',
  title: 'GPU-hours of whole models',
  unit: 'h',
  target: { median: 0.15, p90: 0.45 },
  peers: 'llm-analysis -6% to +10% on LLaMA, with its efficiency set by hand',
  truth: 'repository',
  samples: () => samples('training_hours.csv', 'training.gpu_hours', 'gpu_hours', 3600),
};

export const trainingMemory: Study = {
  name: 'training_memory',
  title: 'Peak memory of a device in training',
  unit: 'GB',
  target: { median: 0.1, p90: 0.16, width: 1.5 },
  truth: 'repository',
  samples: () => samples('training_memory.csv', 'training.memory_per_gpu', 'peak_gb', 1e9),
};

export const trainingImages: Study = {
  name: 'training_images',
  title: 'Images a second in the training of ResNet-50, V100 to H100, 1 to 4216 devices',
  unit: '1/s',
  truth: 'repository',
  samples: () =>
    publishedTable('training_images.csv').map((row) => {
      const precision = row.precision ? `  precision: ${row.precision}` : '';
      const document = `training Run { model: ResNet_50  examples: 1G  stack: tuned  hardware: ${row.devices} x ${row.hardware}${precision} }`;
      const time = figuresOf(document)('Run', 'training.time');
      return {
        id: `ResNet-50 ${row.devices} x ${row.hardware} ${row.precision} ${row.batch} ${row.source}`,
        published: Number(row.images_per_second),
        estimate: 1e9 / time.estimate,
        low: time.high && 1e9 / time.high,
        high: time.low && 1e9 / time.low,
        held: row.hardware !== 'A100_80GB',
      };
    }),
};

export const trainingTrees: Study = {
  name: 'training_trees',
  title: 'Time to train gradient-boosted trees on a CPU',
  unit: 's',
  truth: 'repository',
  samples: () =>
    publishedTable('training_trees.csv').map((row) => {
      const document = `entity Row { keys: 1M }
features Columns { entity: Row  type: batch  schema { x: float32[${row.columns}] } }
model Trees { architecture: gbdt  trees: ${row.trees}  depth: ${row.depth}  features: Columns }
training Run { model: Trees  examples: ${row.examples}  hardware: ${row.cores} x CPU }`;
      return {
        id: `${row.data} with ${row.software}`,
        published: Number(row.seconds),
        ...figuresOf(document)('Run', 'training.time'),
        held: false,
      };
    }),
};
