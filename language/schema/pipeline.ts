import { interval, rate, references, tech, time } from './common.ts';
import type { KindSchema } from './types.ts';

export const pipeline: KindSchema = {
  kind: 'pipeline',
  doc: 'A transform of data from sources and feature views to others, or into a table of the data lake.',
  example: `pipeline VelocityStream {
  from: Authorizations
  to: CardVelocity
  tech: Flink
  type: streaming
  throughput: 20k/s
}`,
  properties: {
    from: {
      type: references('source', 'features'),
      doc: 'The sources and feature views that it reads.',
      required: true,
      example: 'Authorizations',
    },
    to: {
      type: references('source', 'features'),
      doc: 'What it fills. For a feature view it replaces the pipeline that the view is by its own `tech`; a batch source is a table of the data lake.',
      required: true,
      example: 'CardVelocity',
    },
    tech: {
      type: tech,
      doc: 'The engine that runs it.',
      example: 'Flink',
    },
    type: {
      type: {
        is: 'word',
        words: {
          batch: 'Runs on a schedule over what has arrived',
          streaming: 'Handles each record as it arrives',
        },
      },
      doc: 'Whether it runs on a schedule or all the time.',
      example: 'streaming',
    },
    every: {
      type: interval,
      doc: 'How often a batch pipeline runs. What it fills is at least this old just before the next run ends.',
      example: '1d',
    },
    duration: {
      type: time,
      doc: 'How long one run takes.',
      example: '40min',
    },
    throughput: {
      type: rate,
      doc: 'How many records per time it can handle. Without it nobody can say whether it falls behind its source.',
      example: '20k/s',
    },
    delay: {
      type: time,
      doc: 'How long a record takes from one end to the other.',
      example: '2s',
    },
  },
};
