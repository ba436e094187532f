import { amount, bytes } from './common.ts';
import type { KindSchema } from './types.ts';

export const entity: KindSchema = {
  kind: 'entity',
  doc: 'What features are keyed by: a card, a user, an item.',
  example: `entity Card {
  keys: 140M
  key: 16B
}`,
  properties: {
    keys: {
      type: amount,
      doc: 'How many different keys there are. Each has one row in the online store.',
      required: true,
      example: '140M',
    },
    key: {
      type: bytes,
      doc: 'The size of one key in bytes.',
      example: '16B',
    },
  },
};
