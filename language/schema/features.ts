import { interval, latency, reference, references, tech, time } from './common.ts';
import type { KindSchema, Words } from './types.ts';

/** What a column of a feature view may hold; each also as an array, `float32[64]`. */
export const COLUMN_TYPES: Words = {
  int32: 'A whole number of 4 bytes',
  int64: 'A whole number of 8 bytes',
  float32: 'A number of 4 bytes',
  float64: 'A number of 8 bytes',
  bool: 'True or false, 1 byte',
  string: 'Text; `string(N)` has N bytes',
  category: 'One of some values; `category(N)` has N of them',
  timestamp: 'A moment, 8 bytes',
};

export const features: KindSchema = {
  kind: 'features',
  doc: 'A feature view: columns about an entity, how they are computed, and how fresh they are.',
  example: `features CardVelocity {
  store: RiskStore
  entity: Card
  type: streaming
  source: Authorizations
  tech: Flink
  freshness: 5s
  ttl: 2d
  schema {
    txn_count_1h: int32
    amount_sum_24h: float32
  }
}`,
  properties: {
    store: {
      type: reference('featurestore'),
      doc: 'The feature store that keeps the values. Without it nothing is stored, as for a view that is computed on demand.',
      example: 'RiskStore',
    },
    entity: {
      type: reference('entity'),
      doc: 'What the rows are keyed by.',
      required: true,
      example: 'Card',
    },
    type: {
      type: {
        is: 'word',
        words: {
          batch: 'Computed on a schedule',
          streaming: 'Updated with each event',
          on_demand: 'Computed when the request comes',
        },
      },
      doc: 'When the values are computed.',
      required: true,
      example: 'streaming',
    },
    source: {
      type: references('source'),
      doc: 'The raw data that the values are computed from.',
      example: 'Authorizations',
    },
    tech: {
      type: tech,
      doc: 'The engine that computes the values: a view with a `tech` is its own pipeline.',
      example: 'Flink',
    },
    every: {
      type: interval,
      doc: 'How often a batch view is computed.',
      example: '1d',
    },
    freshness: {
      type: time,
      doc: 'How old a value may be when it is read. It is promised here, and compared with what the pipeline reaches.',
      example: '5s',
    },
    ttl: {
      type: time,
      doc: 'How long a value stays in the online store without being renewed. Without it, values are kept for good.',
      example: '2d',
    },
    latency: {
      type: latency,
      doc: 'How long one read, or one computation on demand, takes. Without it that of the store counts.',
      example: '1ms',
    },
    version: {
      type: { is: 'free' },
      doc: 'The version of the definition, which `CardVelocity@4` refers to.',
      example: '"4"',
    },
    pii: {
      type: { is: 'truth' },
      doc: 'Whether the values are personal data. Without it nothing is assumed.',
      example: 'true',
    },
    schema: {
      type: { is: 'columns' },
      doc: 'The columns with their types: `int32 int64 float32 float64 bool string(N) category(N) timestamp`, each with `[N]` for an array. The bytes of a row follow from them.',
      required: true,
      example: '{ txn_count_1h: int32 }',
    },
  },
};
