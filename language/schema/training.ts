import { NUMBER, TIME } from '../units/dimension.ts';
import {
  amount,
  count,
  featureViews,
  interval,
  LANGUAGE,
  rate,
  reference,
  references,
  tech,
  time,
  versioned,
} from './common.ts';
import { machine } from './training-machine.ts';
import type { KindSchema, PropertySchema } from './types.ts';

/** What is trained on, and how much of it. */
const data: Readonly<Record<string, PropertySchema>> = {
  model: { type: versioned('model'), doc: 'The model that is trained.', required: true, example: 'FraudNet' },
  tech: { type: tech, doc: 'The framework that trains it.', example: 'PyTorch' },
  method: {
    type: {
      is: 'word',
      words: {
        full: 'All parameters are trained',
        lora: 'Small low-rank matrices beside frozen weights',
        qlora: 'The same beside frozen weights of 4 bits',
      },
    },
    doc: 'Which parameters are trained, which decides memory and compute.',
    example: 'lora',
    defaults: [{ value: 'full', why: 'no other method is declared', source: LANGUAGE }],
  },
  rank: {
    type: count,
    doc: 'The rank of the matrices of `lora` and `qlora`.',
    example: '16',
    defaults: [
      { value: '8', why: 'the default of the usual library', source: 'PEFT, LoraConfig.r', when: { method: 'lora' } },
      { value: '8', why: 'the default of the usual library', source: 'PEFT, LoraConfig.r', when: { method: 'qlora' } },
    ],
  },
  data: { type: references('source'), doc: 'The sources that the examples are made from.', example: 'Authorizations' },
  labels: { type: references('source'), doc: 'The source of the labels, with its `delay`.', example: 'Chargebacks' },
  join: {
    type: {
      is: 'word',
      words: {
        point_in_time: 'Each example sees the features as they were at its moment',
        latest: 'Every example sees the features as they are now, which leaks the future',
      },
    },
    doc: 'How features are joined to labels. Without it nothing is known about leakage.',
    example: 'point_in_time',
  },
  features: {
    type: featureViews,
    doc: 'The feature views that it trains on. They should be those of the model.',
    example: 'CardVelocity, CardProfile',
  },
  loader: {
    type: rate,
    doc: 'The examples per time that the data loader delivers. Without it, data is taken to arrive in time.',
    example: '50k/s',
  },
  examples: { type: amount, doc: 'The examples in one epoch.', example: '400M' },
  tokens: { type: amount, doc: 'The tokens in one epoch, for text. It stands in place of `examples`.', example: '12B' },
  sequence: { type: count, doc: 'The tokens of one sequence.', example: '4096' },
  epochs: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 0 },
    doc: 'How many times the data is gone through.',
    example: '3',
    defaults: [{ value: '1', why: 'one pass, as no other number is declared', source: LANGUAGE }],
  },
  batch: {
    type: count,
    doc: 'The examples (or sequences) of one step, over all devices. Without it the number of steps is not known.',
    example: '4096',
  },
  micro_batch: {
    type: count,
    doc: 'The examples (or sequences) that one device holds at a time. The activations that it keeps grow with it.',
    example: '1',
  },
  steps: { type: count, doc: 'The number of steps. Without it, `examples * epochs / batch`.', example: '250k' },
};

/** How it is watched, repeated and kept. */
const operation: Readonly<Record<string, PropertySchema>> = {
  trials: {
    type: count,
    doc: 'The runs of a hyperparameter search, each as long as this job.',
    example: '40',
    defaults: [{ value: '1', why: 'no search is declared', source: LANGUAGE }],
  },
  parallel_trials: {
    type: count,
    doc: 'How many of the trials run at once, each on a pool of its own.',
    example: '4',
    defaults: [{ value: '1', why: 'one after the other, as nothing else is declared', source: LANGUAGE }],
  },
  every: { type: interval, doc: 'How often the job runs. Without it the run is a one-off.', example: '1d' },
  deadline: { type: time, doc: 'How long a run, or a search, may take.', example: '8h' },
  checkpoint: {
    type: interval,
    doc: 'How often the state is saved. A failure costs half of this on average; without it, the whole run.',
    example: 'every 30min',
  },
  checkpoint_to: { type: tech, doc: 'Where the checkpoints are kept.', example: 'S3' },
  failures: {
    type: rate,
    doc: 'The failures of one device per time. That many times the devices stop the job.',
    example: '0.0005/d',
    defaults: [
      {
        value: '0.00047/d',
        why: '419 unexpected interruptions in 54 days on 16,384 GPUs',
        source: 'The Llama 3 Herd of Models, arXiv:2407.21783',
      },
    ],
  },
  tracking: {
    type: {
      is: 'words',
      words: {
        hyperparameters: 'What the run was configured with',
        metrics: 'How loss and quality went',
        artifacts: 'What the run wrote',
        code_version: 'The commit of the code',
        environment: 'Libraries, drivers and hardware',
        data_version: 'Which data it saw',
      },
    },
    doc: 'What is recorded of each run. All six are needed to repeat one.',
    example: 'hyperparameters, metrics, artifacts, code_version, environment, data_version',
  },
  tracker: { type: tech, doc: 'The product that records the runs.', example: 'MLflow' },
  registry: { type: reference('registry'), doc: 'The registry that the trained model goes to.', example: 'Models' },
  validate: {
    type: {
      is: 'conditions',
      open: true,
      metrics: {
        auc: NUMBER,
        accuracy: NUMBER,
        precision: NUMBER,
        recall: NUMBER,
        f1: NUMBER,
        ndcg: NUMBER,
        latency: TIME,
      },
    },
    doc: 'What a trained model has to reach before it is registered, by any metric. Without it every model passes.',
    example: 'auc >= 0.94, recall >= 0.85',
  },
};

export const training: KindSchema = {
  kind: 'training',
  doc: 'A training job: a model, its data, the hardware and how the work is spread over it.',
  example: `training TrainFraudNet {
  model: FraudNet
  data: Authorizations
  examples: 400M
  epochs: 3
  batch: 4096
  hardware: 4 x A100_80GB
  step: 18ms on 4 x A100_80GB
}`,
  properties: { ...data, ...machine, ...operation },
};
