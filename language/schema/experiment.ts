import { NUMBER, TIME } from '../units/dimension.ts';
import { LANGUAGE, rate, reference, share, tech, time } from './common.ts';
import type { KindSchema, PropertySchema, ValueType } from './types.ts';

/** Bounds of measured metrics, whatever their names are. */
const metrics: ValueType = {
  is: 'conditions',
  open: true,
  metrics: { latency: TIME, ttft: TIME, tpot: TIME, error_rate: NUMBER },
};

/** How the result is judged. */
const statistics: Readonly<Record<string, PropertySchema>> = {
  primary: {
    type: { is: 'primary' },
    doc: 'The metric that decides, its rate today and the smallest change worth finding: relative, or absolute with `pp`.',
    required: true,
    example: 'fraud_rate baseline 0.12% mde 10%',
  },
  target: {
    type: { is: 'free' },
    doc: 'Who takes part. Without it, everybody does.',
    example: 'new_users',
  },
  segments: {
    type: { is: 'words', words: {}, open: true },
    doc: 'By what the result is cut when it is read.',
    example: 'country, device',
  },
  guardrails: {
    type: metrics,
    doc: 'What must not get worse, as thresholds. They are watched and not tested, so they cost no sample.',
    example: 'p99 < 50ms, error_rate < 0.1%',
  },
  metrics: {
    type: { is: 'words', words: {}, open: true },
    doc: 'Further metrics that are tested besides the primary one. Each makes the sample larger with `bonferroni`.',
    example: 'approval_rate, chargebacks',
  },
  logger: {
    type: { is: 'reference', kinds: ['service', 'tech'], open: true },
    doc: 'What records who saw which arm, and what came of it.',
    example: 'Kafka',
  },
  alpha: {
    type: share,
    doc: 'The chance of seeing a difference where there is none (two-sided).',
    example: '5%',
    defaults: [{ value: '5%', why: 'the usual level', source: 'R, stats::power.prop.test (sig.level)' }],
  },
  power: {
    type: share,
    doc: 'The chance of seeing a difference as large as the declared one.',
    example: '80%',
    defaults: [
      {
        value: '80%',
        why: 'the usual power',
        source: 'Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988',
      },
    ],
  },
  correction: {
    type: {
      is: 'word',
      words: {
        none: 'Every metric is tested at alpha',
        bonferroni: 'Alpha is divided by the number of metrics tested',
        fdr: 'The share of false discoveries is held (Benjamini and Hochberg)',
      },
    },
    doc: 'What is done about testing several metrics.',
    example: 'bonferroni',
    defaults: [{ value: 'none', why: 'no correction is declared', source: LANGUAGE }],
  },
  sequential: {
    type: {
      is: 'word',
      call: ['obrien_fleming', 'pocock'],
      words: {
        none: 'One look, at the end',
        obrien_fleming: 'K looks with strict early boundaries, `obrien_fleming(4)`',
        pocock: 'K looks with the same boundary each, `pocock(4)`',
      },
    },
    doc: 'How many times the result is looked at, and by which boundaries. More looks need more sample.',
    example: 'obrien_fleming(4)',
    defaults: [{ value: 'none', why: 'one look, as no plan is declared', source: LANGUAGE }],
  },
  interleaving: {
    type: {
      is: 'word',
      open: true,
      words: {
        true: 'Both rankings are mixed into one list',
        false: 'Each unit sees one arm',
        team_draft: 'The arms take turns in picking the next result',
        balanced: 'The lists alternate',
        probabilistic: 'Results are drawn by their rank in both lists',
      },
    },
    doc: 'Whether two rankings are compared within one list, which needs far fewer units.',
    example: 'team_draft',
    defaults: [{ value: 'false', why: 'no interleaving is declared', source: LANGUAGE }],
  },
  duration: {
    type: time,
    doc: 'How long the test is planned to run. Without it, it is as long as the sample takes, in whole weeks.',
    example: '42d',
  },
  decision: {
    type: {
      is: 'block',
      properties: {
        ship: { type: metrics, doc: 'When the treatment is taken over.', example: 'fraud_rate < 0.11%' },
        kill: { type: metrics, doc: 'When the test is stopped and the control stays.', example: 'approval_rate < 97%' },
      },
    },
    doc: 'What is done with the result: ship, kill, else iterate.',
    example: '{ ship: fraud_rate < 0.11%  kill: approval_rate < 97% }',
  },
};

export const experiment: KindSchema = {
  kind: 'experiment',
  doc: 'An A/B test: two servings, the share of each, and how the difference is judged.',
  example: `experiment FraudNetV2 {
  on: ScoreTransaction
  control: FraudScorer 90%
  treatment: FraudScorerV2 10%
  unit: Card
  exposure: 4M/d
  primary: fraud_rate baseline 0.12% mde 10%
  guardrails: p99 < 50ms
}`,
  properties: {
    tech: { type: tech, doc: 'The product that runs the test.', example: 'LaunchDarkly' },
    on: { type: reference('request'), doc: 'The request whose users are tested.', example: 'ScoreTransaction' },
    control: {
      type: { is: 'arm' },
      doc: 'The serving as it is, and its share.',
      required: true,
      example: 'FraudScorer 90%',
    },
    treatment: {
      type: { is: 'arm' },
      doc: 'The serving that is tried, and its share. The shares of the two may leave out the rest.',
      required: true,
      example: 'FraudScorerV2 10%',
    },
    unit: {
      type: reference('entity'),
      doc: 'What is assigned to an arm and stays there.',
      example: 'Card',
    },
    flag: { type: { is: 'free' }, doc: 'The feature flag that switches between the arms.', example: 'fraudnet_v2' },
    exposure: {
      type: rate,
      doc: 'New units that come into the test per time, both arms together. Without it no duration is estimated.',
      example: '4M/d',
    },
    ...statistics,
  },
};
