import { budget, rate, reference, share } from './common.ts';
import type { KindSchema } from './types.ts';

export const request: KindSchema = {
  kind: 'request',
  doc: 'One kind of request: how many come, which way they go, and how fast the answer has to be.',
  example: `request ScoreTransaction {
  traffic: 12k/s
  flow: Edge -> CardVelocity -> FraudScorer
  budget: p99 < 50ms
  availability: 99.9%
}`,
  properties: {
    traffic: {
      type: rate,
      doc: 'Requests per time, at the peak. The load of every part on the way follows from it.',
      required: true,
      example: '12k/s',
    },
    flow: {
      type: { is: 'flow' },
      doc: 'The way of the request: `->` one after the other, `&` at once, `N *` several calls or a share, `[N]` rows of one call, `~` without waiting.',
      required: true,
      example: 'Edge -> FraudScorer',
    },
    entity: {
      type: reference('entity'),
      doc: 'Whom or what the request is about.',
      example: 'Card',
    },
    budget: {
      type: budget,
      doc: 'The latency that the whole way has to keep, by percentile. Without it the latency is estimated and compared with nothing.',
      example: 'p99 < 50ms',
    },
    availability: {
      type: share,
      doc: 'The share of requests that is promised to be answered. Without it nothing is promised.',
      example: '99.9%',
    },
  },
};
