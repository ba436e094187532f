import { MONEY_RATE } from '../units/dimension.ts';
import type { KindSchema } from './types.ts';

export const price: KindSchema = {
  kind: 'price',
  doc: 'What hardware costs: a machine of a provider, or a rate of your own. The catalog has dated list prices.',
  example: `price OwnH100 {
  hardware: 8 x H100
  rate: $16/h
}`,
  properties: {
    hardware: {
      type: { is: 'pool' },
      doc: 'What the rate is for, all devices of the machine together.',
      required: true,
      example: '8 x H100',
    },
    rate: {
      type: { is: 'quantity', dimensions: [MONEY_RATE], min: 0 },
      doc: 'Money per time for the whole pool.',
      required: true,
      example: '$16/h',
    },
    provider: {
      type: { is: 'free' },
      doc: 'Who sells it.',
      example: 'aws',
    },
    region: {
      type: { is: 'free' },
      doc: 'Where it is sold at this rate. Without it the rate counts everywhere.',
      example: 'us_east_1',
    },
    date: {
      type: { is: 'text' },
      doc: 'The day on which the price was seen, as year, month and day. Prices age, so it is shown with every cost.',
      example: '"2026-01-21"',
    },
    source: {
      type: { is: 'text' },
      doc: 'Where the price is published.',
      example: '"provider price list"',
    },
  },
};
