import { bytes, count, LANGUAGE, latency, rate, tech } from './common.ts';
import type { KindSchema } from './types.ts';

export const featurestore: KindSchema = {
  kind: 'featurestore',
  doc: 'A feature store: the offline store that training reads, the online store that serving reads, and the registry of definitions.',
  example: `featurestore RiskStore {
  tech: Feast
  offline: BigQuery
  online: Redis
  nodes: 8
  memory: 52GB
  replication: 2
  latency: p50 0.8ms p99 4ms
}`,
  properties: {
    tech: {
      type: tech,
      doc: 'The product that ties the stores together.',
      example: 'Feast',
    },
    offline: {
      type: tech,
      doc: 'Where the history of the features is kept, for training.',
      example: 'BigQuery',
    },
    online: {
      type: tech,
      doc: 'Where the latest values are kept, for serving.',
      example: 'Redis',
    },
    server: {
      type: {
        is: 'word',
        words: {
          python: 'Slow on many rows: about 1 ms for each row of 50 features in the benchmarks of Feast',
          java: 'Several times faster than Python on many rows in the same benchmarks',
          go: 'Under a millisecond for one row, and several times faster than Python on many',
        },
      },
      doc: 'The language of the feature server, which decides how fast rows are read. It counts where no `latency` is given.',
      example: 'java',
    },
    nodes: {
      type: count,
      doc: 'How many nodes the online store has.',
      example: '8',
    },
    memory: {
      type: bytes,
      doc: 'The usable memory of one node. Without it the bytes that are needed are compared with nothing.',
      example: '52GB',
    },
    replication: {
      type: count,
      doc: 'How many copies of each row the online store holds, the first included.',
      example: '2',
      defaults: [{ value: '1', why: 'one copy, as no replication is declared', source: LANGUAGE }],
    },
    latency: {
      type: latency,
      doc: 'How long one read of the online store takes. Feature views without a `latency` of their own take it.',
      example: 'p50 0.8ms p99 4ms',
    },
    ops: {
      type: rate,
      doc: 'How many reads a second one node can do. Without it the limit of the `online` technology counts, where the catalog has one.',
      example: '100k/s',
    },
    registry: {
      type: tech,
      doc: 'Where the definitions of the features are registered.',
      example: 'Feast',
    },
    access: {
      type: { is: 'free' },
      doc: 'Who may read and who may write features.',
      example: '"risk-ml writes, all teams read"',
    },
  },
};
