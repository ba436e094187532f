import { BYTES, NUMBER, TIME } from '../units/dimension.ts';
import { type Constant, constantOf as of } from './constants.ts';

// ── online stores

export const ROW_OVERHEAD = of(
  'row overhead',
  80,
  BYTES,
  'Redis: dictionary entry, object header and allocator rounding of a key and of a small hash',
  1.5,
);
export const FIELD_OVERHEAD = of(
  'field overhead',
  28,
  BYTES,
  'Feast on Redis: a hash field with its name, length and type for each value',
  1.6,
);
export const FRAGMENTATION = of(
  'fragmentation',
  0.15,
  NUMBER,
  'Redis documentation, memory optimization: the allocator holds more than is stored',
  1.5,
);

/** The moment that a row of history is of. */
export const EVENT_TIME = of('event time', 8, BYTES, 'a timestamp of 64 bits');

/** Time of one read of one view: `start` + rows × columns × `each`. */
export interface ReadTime {
  readonly start: Constant;
  readonly each: Constant;
}

const FEAST = 'feast-dev/feast-benchmarks, reports of 2022';
const read = (start: number, each: number, ninety: number, source = FEAST): ReadTime => ({
  start: of('start of a read', start, TIME, source, ninety),
  each: of('time of a value', each, TIME, source, ninety),
});

/** By the language of the feature server and the percentile, with Redis behind it. */
export const READ_TIMES: Readonly<Record<string, { readonly p50: ReadTime; readonly p99: ReadTime }>> = {
  python: { p50: read(7.7e-3, 20.5e-6, 1.2), p99: read(10e-3, 29e-6, 1.6) },
  go: { p50: read(1.1e-3, 4.9e-6, 1.2), p99: read(2.3e-3, 5.1e-6, 1.3) },
  java: {
    p50: read(0.5e-3, 2.5e-6, 1.5),
    p99: read(0.64e-3, 3.3e-6, 1.5, `${FEAST}: 0.8 ms for a row of 50 features, 17 ms for 100`),
  },
};

/** What stores that are reached over another protocol add to a read. */
export const STORE_TIMES: Readonly<Record<string, { readonly p50: Constant; readonly p99: Constant }>> = {
  DynamoDB: {
    p50: of('read of the store', 25e-3, TIME, `${FEAST}, DynamoDB`, 1.3),
    p99: of('read of the store', 53e-3, TIME, `${FEAST}, DynamoDB`, 1.3),
  },
  Datastore: {
    p50: of('read of the store', 38e-3, TIME, `${FEAST}, Datastore`, 1.3),
    p99: of('read of the store', 158e-3, TIME, `${FEAST}, Datastore`, 1.3),
  },
};

// ── vector indexes

export const VECTOR_VALUE = of('value bytes', 4, BYTES, 'float32');
export const LINK_BYTES = of('link bytes', 4, BYTES, 'hnswlib: a neighbour is a number of 32 bits');
export const ID_BYTES = of('id bytes', 8, BYTES, 'FAISS and hnswlib: a label of 64 bits');
export const LISTS = of(
  'lists per root',
  4,
  NUMBER,
  'FAISS, guidelines to choose an index: 4 to 16 times the square root of the vectors',
);
