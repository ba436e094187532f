import { references, time } from './common.ts';
import type { KindSchema } from './types.ts';

export const feedback: KindSchema = {
  kind: 'feedback',
  doc: 'Labels on their way back: from where outcomes become known to where they are learned from.',
  example: `feedback Labels {
  from: Analysts, Chargebacks
  to: TrainFraudNet
}`,
  properties: {
    from: {
      type: references('service', 'source', 'training'),
      doc: 'Where the labels come from: people who review, or a source.',
      required: true,
      example: 'Analysts, Chargebacks',
    },
    to: {
      type: references('service', 'source', 'training'),
      doc: 'Where the labels go: a training, or a source that keeps them.',
      required: true,
      example: 'TrainFraudNet',
    },
    delay: {
      type: time,
      doc: 'How long after a prediction its label is there. Without it, the `delay` of the sources counts.',
      example: '30d',
    },
  },
};
