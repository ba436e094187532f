import { BYTES, NUMBER } from '../units/dimension.ts';
import { amount, bytes, count, interval, LANGUAGE, latency, reference, references, tech } from './common.ts';
import type { KindSchema } from './types.ts';

/** The kind `index`; the file has another name because `index.ts` lists the kinds. */
export const vectorIndex: KindSchema = {
  kind: 'index',
  doc: 'A vector index: embeddings that are searched for the nearest ones.',
  example: `index Articles {
  source: HelpCentre
  embedder: Embedder
  vectors: 30M
  dimensions: 1024
  type: hnsw
  m: 32
  latency: p50 6ms p99 25ms
}`,
  properties: {
    tech: {
      type: tech,
      doc: 'The product that holds the index.',
      example: 'Qdrant',
    },
    source: {
      type: references('source'),
      doc: 'The data that is embedded and indexed.',
      example: 'HelpCentre',
    },
    embedder: {
      type: reference('model'),
      doc: 'The model that makes the vectors. Queries have to be embedded by the same one.',
      example: 'Embedder',
    },
    vectors: {
      type: amount,
      doc: 'How many vectors the index holds.',
      required: true,
      example: '30M',
    },
    dimensions: {
      type: count,
      doc: 'How many numbers a vector has.',
      required: true,
      example: '1024',
    },
    type: {
      type: {
        is: 'word',
        words: {
          flat: 'Every vector is compared: exact, and slow on many',
          hnsw: 'A graph of neighbours: fast, with full vectors and links in memory',
          ivf_flat: 'Clusters of full vectors, of which a few are searched',
          ivf_pq: 'Clusters of compressed vectors: little memory, less exact',
        },
      },
      doc: 'How the index is built, which decides its memory. Without it the memory is not estimated.',
      example: 'hnsw',
    },
    m: {
      type: count,
      doc: 'How many links a vector has on each layer of an `hnsw` graph (twice as many on the lowest).',
      example: '32',
      defaults: [
        {
          value: '16',
          why: 'what pgvector builds with',
          source: 'pgvector, index options of hnsw',
          when: { type: 'hnsw' },
        },
      ],
    },
    pq_bytes: {
      type: { is: 'quantity', dimensions: [BYTES, NUMBER], min: 1 },
      doc: 'The bytes that a vector is compressed to in an `ivf_pq` index.',
      example: '64B',
    },
    top_k: {
      type: count,
      doc: 'How many neighbours a search returns.',
      example: '50',
    },
    refresh: {
      type: interval,
      doc: 'How often new data gets into the index.',
      example: 'every 1h',
    },
    memory: {
      type: bytes,
      doc: 'The memory that one replica has. Without it the bytes that are needed are compared with nothing.',
      example: '256GB',
    },
    latency: {
      type: latency,
      doc: 'How long one search takes. It is not estimated, so a request through an index without it has no latency.',
      example: 'p50 6ms p99 25ms',
    },
    replicas: {
      type: count,
      doc: 'How many copies of the index serve searches.',
      example: '2',
      defaults: [{ value: '1', why: 'one copy, as no other number is declared', source: LANGUAGE }],
    },
  },
};
