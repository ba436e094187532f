import { LANGUAGE, latency, rate, share, tech, time } from './common.ts';
import type { KindSchema } from './types.ts';

export const service: KindSchema = {
  kind: 'service',
  doc: 'Any other component: a rules engine, a database, a logger, people who review.',
  example: `service RulesEngine {
  latency: p50 2ms p99 6ms
  availability: 99.99%
}`,
  properties: {
    type: {
      type: {
        is: 'word',
        words: {
          service: 'Software that answers calls',
          client: 'Where requests come from',
          load_balancer: 'Spreads requests over replicas',
          database: 'Keeps and finds records',
          data_lake: 'Keeps raw and derived data in bulk',
          metrics_store: 'Keeps measurements over time',
          logger: 'Takes records of what happened',
          dashboard: 'Shows measurements to people',
          human_review: 'People who look at cases',
          external: 'Belongs to somebody else',
        },
      },
      doc: 'What kind of component it is.',
      example: 'human_review',
      defaults: [{ value: 'service', why: 'no other type is declared', source: LANGUAGE }],
    },
    tech: {
      type: tech,
      doc: 'The product that it runs on.',
      example: 'OpenSearch',
    },
    latency: {
      type: latency,
      doc: 'How long one call takes. A request that waits for a service without it has no latency.',
      example: 'p50 2ms p99 6ms',
    },
    capacity: {
      type: rate,
      doc: 'The calls, or cases, per time that it can take. Without it nobody can say whether it is overloaded.',
      example: '20/s',
    },
    share: {
      type: share,
      doc: 'The share of the requests that comes here, wherever a flow gives no share of its own.',
      example: '5%',
      defaults: [{ value: '100%', why: 'a step of a flow is taken by every request', source: LANGUAGE }],
    },
    availability: {
      type: share,
      doc: 'The share of the time that it is up. It multiplies into the availability of the requests through it.',
      example: '99.99%',
    },
    timeout: {
      type: time,
      doc: 'After how long a caller gives up waiting.',
      example: '200ms',
    },
  },
};
