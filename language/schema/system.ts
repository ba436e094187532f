import { MONEY_RATE } from '../units/dimension.ts';
import { LANGUAGE } from './common.ts';
import type { KindSchema } from './types.ts';

export const system: KindSchema = {
  kind: 'system',
  doc: 'The whole design: its pattern, its budget and where it runs. There is one in a file.',
  example: `system CardFraud {
  pattern: fraud_detection
  budget: $20k/month
}`,
  properties: {
    pattern: {
      type: {
        is: 'word',
        words: {
          recommendation: 'Candidates are retrieved and ranked for each user',
          fraud_detection: 'Every event is scored before it is let through',
          search_ranking: 'The results of a query are ranked',
          rag: 'Passages are retrieved and given to a language model',
          llm_serving: 'A language model answers requests',
          batch_scoring: 'A whole data set is scored on a schedule',
          none: 'No known pattern',
        },
      },
      doc: 'The kind of system this is, whose usual parts are then expected. Without it nothing that is missing is a warning.',
      example: 'fraud_detection',
      defaults: [{ value: 'none', why: 'nothing is expected of a design that names no pattern', source: LANGUAGE }],
    },
    budget: {
      type: { is: 'quantity', dimensions: [MONEY_RATE], min: 0 },
      doc: 'What everything that runs may cost, as money per time. Without it the cost is estimated and compared with nothing.',
      example: '$20k/month',
    },
    region: {
      type: { is: 'free' },
      doc: 'The region whose prices count. Without it the cheapest listed price is taken, and said so.',
      example: 'us_east_1',
    },
  },
};
