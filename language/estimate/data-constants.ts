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

/** A read takes `start`, `view` for each view's worth of columns, and `value` for each row of each column. */
export interface ReadTime {
  readonly start: Constant;
  readonly view: Constant;
  readonly value: Constant;
}

const FEAST = 'feast-dev/feast-benchmarks, reports of 2022: 1 to 100 rows of 50 to 250 features, below saturation';
const read = (start: number, view: number, value: number, source = FEAST): ReadTime => ({
  start: of('start of a read', start, TIME, source),
  view: of('time of a view', view, TIME, source),
  value: of('time of a value', value, TIME, source),
});

/** Wider ones count as several: measured were views of this width, one to five at once. */
export const VIEW_COLUMNS = of('columns of a view', 50, NUMBER, FEAST);

/** The error of a law, fitted to two thirds of the combinations of rows and features: nine of ten lie within. */
const READ_ERROR = of('measured over estimated', 1, NUMBER, FEAST, 1.2);
const TAIL_ERROR = of('measured over estimated', 1, NUMBER, FEAST, 1.4);
const TWO_POINTS = `${FEAST}: 0.8 ms for a row of 50 features, 17 ms for 100`;
const JAVA_ERROR = of('measured over estimated', 1, NUMBER, TWO_POINTS, 1.6);

/** What a percentile of a read takes, with Redis behind the server. */
export interface ServerTime {
  readonly law: ReadTime;
  readonly error: Constant;
}

/** By the language of the feature server; the p99 of Python follows from its p50. */
export const READ_TIMES: Readonly<Record<string, { readonly p50: ServerTime; readonly p99: ServerTime }>> = {
  python: {
    p50: { law: read(4.5e-3, 3.05e-3, 20.9e-6), error: READ_ERROR },
    p99: { law: read(4.5e-3, 3.05e-3, 20.9e-6), error: TAIL_ERROR },
  },
  go: {
    p50: { law: read(0.78e-3, 0.445e-3, 4.9e-6), error: READ_ERROR },
    p99: { law: read(2e-3, 0.505e-3, 5.2e-6), error: TAIL_ERROR },
  },
  java: {
    p50: { law: read(0.5e-3, 0, 2.5e-6, TWO_POINTS), error: JAVA_ERROR },
    p99: { law: read(0.64e-3, 0, 3.3e-6, TWO_POINTS), error: JAVA_ERROR },
  },
};

/** An interpreter's reads: nearly constant, but that slow ones meet a pause of its garbage collector more often than in one of a hundred. */
export const STEADY_TAIL = of('p99 over p50', 1.05, NUMBER, `${FEAST}, Python`);
export const COLLECTOR_PAUSE = of('pause of the collector', 36e-3, TIME, `${FEAST}, Python`);
export const PAUSED_FROM = of('reads that meet it', 22e-3, TIME, `${FEAST}, Python`);

const store = (start: number, view: number, value: number, name: string): ReadTime => ({
  start: of('request to the store', start, TIME, `${FEAST}, ${name}`),
  view: of('view from the store', view, TIME, `${FEAST}, ${name}`),
  value: of('value from the store', value, TIME, `${FEAST}, ${name}`),
});

/** What stores that are reached over another protocol add to a read. */
export const STORE_TIMES: Readonly<Record<string, { readonly p50: ReadTime; readonly p99: ReadTime }>> = {
  DynamoDB: {
    p50: store(0, 23.2e-3, 23.5e-6, 'DynamoDB'),
    p99: store(22.6e-3, 33.5e-3, 35.9e-6, 'DynamoDB'),
  },
  Datastore: {
    p50: store(0, 35.7e-3, 45.1e-6, 'Datastore'),
    p99: store(94.5e-3, 65.6e-3, 46.3e-6, 'Datastore'),
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
