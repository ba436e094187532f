import { latency, rate, share, tech } from './common.ts';
import type { KindSchema } from './types.ts';

export const gateway: KindSchema = {
  kind: 'gateway',
  doc: 'The front door: it authenticates, limits and validates requests before anything else sees them.',
  example: `gateway Edge {
  auth: mtls
  rate_limit: 15k/s
  validation: true
  latency: p50 1ms p99 3ms
}`,
  properties: {
    tech: {
      type: tech,
      doc: 'The product that is the gateway.',
      example: '"Envoy"',
    },
    auth: {
      type: {
        is: 'word',
        words: {
          none: 'Anybody may call',
          api_key: 'A secret that the caller sends along',
          oidc: 'A token from an identity provider',
          mtls: 'Certificates on both sides',
        },
      },
      doc: 'How callers prove who they are.',
      example: 'oidc',
    },
    rate_limit: {
      type: rate,
      doc: 'The requests per time above which it refuses. Without it nothing is refused.',
      example: '15k/s',
    },
    validation: {
      type: { is: 'truth' },
      doc: 'Whether inputs are checked before they go on.',
      example: 'true',
    },
    latency: {
      type: latency,
      doc: 'The time that it adds to a request.',
      example: 'p50 1ms p99 3ms',
    },
    availability: {
      type: share,
      doc: 'The share of the time that it is up. It multiplies into the availability of the requests through it.',
      example: '99.99%',
    },
  },
};
