import { NUMBER, RATE } from '../units/dimension.ts';
import { bytes, count, interval, rate, tech, time } from './common.ts';
import type { KindSchema } from './types.ts';

export const source: KindSchema = {
  kind: 'source',
  doc: 'Where raw data comes from: a stream of events, a table, or what the request itself carries.',
  example: `source Authorizations {
  type: stream
  tech: Kafka
  rate: 6k/s
  record: 1.2KB
  retention: 60d
}`,
  properties: {
    type: {
      type: {
        is: 'word',
        words: {
          stream: 'Events that arrive one by one, all the time',
          batch: 'A table or files that grow in loads',
          request: 'Data that comes with the request itself',
        },
      },
      doc: 'How the data arrives.',
      required: true,
      example: 'stream',
    },
    tech: {
      type: tech,
      doc: 'The product that holds or carries the data. Its published limits are checked where the catalog has them.',
      example: 'Kafka',
    },
    rate: {
      type: rate,
      doc: 'Records per time. With `record` it gives the bytes per second.',
      example: '6k/s',
    },
    records: {
      type: { is: 'quantity', dimensions: [NUMBER, RATE], min: 0 },
      doc: 'How many records there are, or, for a batch, how many are added per time.',
      example: '40k/d',
    },
    record: {
      type: bytes,
      doc: 'The size of one record in bytes. Without it there is no figure in bytes.',
      example: '1.2KB',
    },
    retention: {
      type: time,
      doc: 'How long records are kept. Without it the retained bytes of a growing source are not known.',
      example: '60d',
    },
    delay: {
      type: time,
      doc: 'How long after the event its record arrives; for labels, when the outcome is known.',
      example: '30d',
    },
    every: {
      type: interval,
      doc: 'How often a batch arrives.',
      example: '1d',
    },
    partitions: {
      type: count,
      doc: 'Into how many partitions or shards a stream is split. Without it no partition can be called overloaded.',
      example: '48',
    },
    pii: {
      type: { is: 'truth' },
      doc: 'Whether the records hold personal data. Without it nothing is assumed.',
      example: 'true',
    },
  },
};
