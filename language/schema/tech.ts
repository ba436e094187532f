import { BANDWIDTH, RATE } from '../units/dimension.ts';
import { bytes, rate } from './common.ts';
import type { KindSchema } from './types.ts';

export const tech: KindSchema = {
  kind: 'tech',
  doc: 'A product that parts are built with. The catalog has the common ones, with the limits that their makers publish.',
  example: `tech OwnQueue {
  role: stream
  limits { partition_write: 10MB/s }
}`,
  properties: {
    role: {
      type: { is: 'free' },
      doc: 'What the product is for.',
      example: 'stream',
    },
    limits: {
      type: {
        is: 'block',
        open: true,
        properties: {
          partition_write: {
            type: { is: 'quantity', dimensions: [BANDWIDTH, RATE], min: 0 },
            doc: 'What one partition or shard can take, as bytes or records per time.',
            example: '1MB/s',
          },
          reads_per_node: {
            type: rate,
            doc: 'The reads per time that one node can answer.',
            example: '100k/s',
          },
          item_size: {
            type: bytes,
            doc: 'The largest item that can be stored, in bytes.',
            example: '400KB',
          },
        },
      },
      doc: 'The limits that the maker publishes, by name. Without them nothing is checked against the product.',
      example: '{ partition_write: 1MB/s }',
    },
    source: {
      type: { is: 'text' },
      doc: 'Where the limits are published.',
      example: '"maker documentation"',
    },
  },
};
