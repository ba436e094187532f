import { NUMBER, RATE, TIME } from '../units/dimension.ts';
import { amount, count, LANGUAGE, reference, share, tech, time } from './common.ts';
import type { KindSchema, PropertySchema, ValueType, Words } from './types.ts';

/** What a monitor may do. */
export const ACTIONS: Words = {
  continue: 'Nothing is done',
  investigate: 'Somebody looks into it in working hours',
  retrain: 'The training that follows is started, `retrain TrainFraudNet`',
  page: 'Somebody is called at once',
  rollback: 'The version before is put back',
};

const threshold: ValueType = { is: 'quantity', dimensions: [NUMBER, TIME, RATE] };

/** What is measured, and against what. */
const measure: Readonly<Record<string, PropertySchema>> = {
  metric: {
    type: {
      is: 'word',
      open: true,
      words: {
        missing_rate: 'The share of values that are missing',
        auc: 'The area under the ROC curve',
        accuracy: 'The share of right predictions',
        precision: 'The share of alarms that are right',
        recall: 'The share of cases that are found',
        groundedness: 'The share of answers that the passages support',
        p50: 'The median latency',
        p95: 'The latency that 95% keep',
        p99: 'The latency that 99% keep',
        ttft: 'The time to the first token',
        tpot: 'The time per output token',
        error_rate: 'The share of failed requests',
        throughput: 'Requests per time',
        utilization: 'How busy the replicas are',
      },
    },
    doc: 'What is measured, by one of these names or your own. A `test` needs none.',
    example: 'missing_rate',
  },
  test: {
    type: {
      is: 'word',
      words: {
        psi: 'Population stability index: below 0.1 nothing, to 0.2 a look, above it a new training',
        ks: 'The largest distance between two cumulative distributions (Kolmogorov and Smirnov)',
        chi_squared: 'Squared differences of counts, for categories',
        kl: 'The divergence of Kullback and Leibler',
      },
    },
    doc: 'How two distributions are compared.',
    example: 'psi',
  },
  reference: {
    type: reference('training'),
    doc: 'The training whose data the live data is compared with.',
    example: 'TrainFraudNet',
  },
  window: {
    type: time,
    doc: 'Over how long the live data is collected. A short window has few rows, and few rows look like drift.',
    example: '1d',
  },
  warn: {
    type: threshold,
    doc: 'The value at which a warning is given.',
    example: '0.1',
    defaults: [{ value: '0.1', why: 'the usual reading of PSI', source: LANGUAGE, when: { test: 'psi' } }],
  },
  critical: {
    type: threshold,
    doc: 'The value at which it is serious.',
    example: '0.2',
    defaults: [{ value: '0.2', why: 'the usual reading of PSI', source: LANGUAGE, when: { test: 'psi' } }],
  },
  degradation: {
    type: share,
    doc: 'By how much the metric may fall below what it was at training, as a share of it.',
    example: '5%',
  },
  labels: {
    type: reference('feedback'),
    doc: 'The feedback that brings the outcomes. Without it, performance cannot be measured.',
    example: 'Labels',
  },
};

export const monitor: KindSchema = {
  kind: 'monitor',
  doc: 'A check of the live system: what is watched, when it is bad, and what is then done.',
  example: `monitor VelocityDrift {
  watch: CardVelocity
  category: feature_drift
  test: psi
  reference: TrainFraudNet
  window: 1d
  action: retrain TrainFraudNet
}`,
  properties: {
    watch: {
      type: { is: 'reference', kinds: ['features', 'serving', 'source', 'index'], version: true },
      doc: 'The part that is watched: a feature view, a serving, a source or an index.',
      required: true,
      example: 'CardVelocity',
    },
    category: {
      type: {
        is: 'word',
        words: {
          data_quality: 'Missing, late or impossible values',
          feature_drift: 'Inputs that are no longer as in training',
          prediction_drift: 'Outputs that are no longer as before',
          performance: 'Predictions against what came of them',
          operational: 'Latency, errors and load',
        },
      },
      doc: 'What kind of trouble it looks for.',
      required: true,
      example: 'feature_drift',
    },
    tech: { type: tech, doc: 'The product that does the check.', example: 'Evidently' },
    ...measure,
    action: {
      type: { is: 'actions' },
      doc: 'What is done. Two are for warn and critical; one alone is for critical, and warn then investigates.',
      example: 'investigate, retrain TrainFraudNet',
    },
    bins: {
      type: count,
      doc: 'Into how many bins the values are put.',
      example: '10',
      defaults: [{ value: '10', why: 'deciles, as usual', source: 'Yurdakul, Statistical Properties of PSI, 2018' }],
    },
    sample: {
      type: amount,
      doc: 'How much is looked at: a share of the traffic (`10%`), or rows in a window (`10k`). Without it, everything is.',
      example: '10k',
    },
    sink: {
      type: { is: 'reference', kinds: ['service', 'tech'], open: true },
      doc: 'Where the measurements go.',
      example: 'Prometheus',
    },
  },
};
