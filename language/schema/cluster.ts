import { bandwidth, count, share, tech } from './common.ts';
import type { KindSchema } from './types.ts';

export const cluster: KindSchema = {
  kind: 'cluster',
  doc: 'The machines there are. What the design runs is counted against them.',
  example: `cluster Serving {
  region: us_east_1
  pool: 32 x L4, 4 x A100_80GB
}`,
  properties: {
    pool: {
      type: { is: 'pool', many: true },
      doc: 'How many there are of which hardware.',
      required: true,
      example: '32 x L4, 4 x A100_80GB',
    },
    tech: {
      type: tech,
      doc: 'What schedules the work.',
      example: 'Kubernetes',
    },
    region: {
      type: { is: 'free' },
      doc: 'Where the machines stand, which decides the price. Without it the region of the system counts.',
      example: 'us_east_1',
    },
    node: {
      type: count,
      doc: 'How many accelerators are in one node. Without it nobody can say what crosses nodes.',
      example: '8',
    },
    interconnect: {
      type: bandwidth,
      doc: 'The bandwidth from an accelerator to those of other nodes.',
      example: '50GB/s',
    },
    discount: {
      type: share,
      doc: 'What is taken off the list prices, such as a commitment. Without it the list price counts.',
      example: '30%',
    },
  },
};
