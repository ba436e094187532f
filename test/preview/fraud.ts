/** Two views of the fraud example. The figures are illustrative. */
import type { Participant, SequenceStep, ViewModel } from '../../language/views/view.ts';
import { edge, group, model, node, target } from './models.ts';

/** A number-only edit changes what is given here. */
export interface Figures {
  readonly busy?: string;
  readonly p99?: string;
  readonly failing?: boolean;
}

export function lifecycle({ busy = '34%', p99 = '5.0 of 20 ms', failing = false }: Figures = {}): ViewModel {
  const groups = [
    group(
      'stage_data',
      'Data',
      node('source_Authorizations', 'h-cyl', 'source', 'Authorizations|Kafka · 6k/s · 7.2 MB/s|37.3 TB kept 60 d'),
      node('source_Chargebacks', 'bow-rect', 'source', 'Chargebacks|Snowflake · 40k/d|label after 30 d'),
    ),
    group(
      'stage_features',
      'Features · RiskStore',
      node('features_CardVelocity', 'win-pane', 'features', 'CardVelocity v4|Flink · 4 columns|fresh 5 s'),
      node('features_CardProfile', 'win-pane', 'features', 'CardProfile v2|Spark · 3 columns|fresh 36 h', {
        severity: 'warning',
      }),
      node('features_DeviceDistance', 'win-pane', 'features', 'DeviceDistance v1|on demand · 1 column|1 ms'),
    ),
    group(
      'stage_training',
      'Training',
      node('training_TrainFraudNet', 'fr-rect', 'training', 'TrainFraudNet|4 × A100_80GB|1.5 of 8 h · every 1 d'),
      node('model_FraudNet', 'hex', 'model', 'FraudNet 2.1|mlp · 25M · fp16|3 feature views'),
      node('registry_Models', 'tag-rect', 'registry', 'Models|MLflow|2 versions'),
    ),
    group(
      'stage_serving',
      'Serving',
      node('request_ScoreTransaction', 'stadium', 'request', 'ScoreTransaction|12k/s|p99 13 of 50 ms', {
        opens: { view: 'request', subject: 'ScoreTransaction' },
      }),
      node(
        'serving_FraudScorer',
        'procs',
        'serving',
        `FraudScorer · 90%|16 × L4 · ${busy} busy|p99 ${p99}`,
        failing ? { severity: 'error' } : {},
      ),
      node('serving_FraudScorerV2', 'procs', 'serving', 'FraudScorerV2 · 10%|2 × L4 · 45% busy|p99 7.1 of 20 ms'),
    ),
    group(
      'stage_monitoring',
      'Monitoring',
      node('group_CardVelocity', 'delay', 'monitor', '2 monitors|CardVelocity|quality, drift'),
      node('group_FraudScorer', 'delay', 'monitor', '3 monitors|FraudScorer|drift, auc, p99'),
      node('loop_TrainFraudNet', 'rounded', 'outcome', '↻ TrainFraudNet|2 of 5 monitors|retrain it'),
    ),
  ];
  const stages = groups.map((stage) => stage.id);
  const edges = stages.slice(1).map((stage, i) => edge(stages[i]!, stage));
  return model(
    'lifecycle',
    { type: 'flowchart', direction: 'TB', groups, nodes: [], edges },
    {
      description:
        'Two sources feed three feature views, one training, two servings and five monitors. One warning, on CardProfile.',
      summary: [
        { text: '12k/s', strong: true },
        { text: ' scored in ' },
        { text: '13 of 50 ms', strong: true },
        { text: ' at p99 on ' },
        { text: '22 GPUs', strong: true },
        { text: ' for at least ' },
        { text: '$11.5k of $20k', strong: true },
        { text: ' a month' },
      ],
      tables: [
        {
          title: 'Findings',
          columns: [{ title: 'Part' }, { title: 'Finding' }],
          rows: [
            ...(failing
              ? [
                  {
                    cells: ['FraudScorer', `${busy} busy, 60% allowed: needs 23 replicas, has 16`],
                    severity: 'error' as const,
                    target: target('FraudScorer'),
                  },
                ]
              : []),
            {
              cells: ['CardProfile', 'may be 36 h old when served; training joins it point in time'],
              severity: 'warning',
              target: target('CardProfile'),
            },
            { cells: ['2 feature views', 'CardProfile and DeviceDistance have no monitor'], severity: 'info' },
          ],
        },
      ],
      legend: [
        { shape: 'h-cyl', text: 'source' },
        { shape: 'bow-rect', text: 'batch source' },
        { shape: 'win-pane', text: 'feature view' },
        { shape: 'fr-rect', text: 'training' },
        { shape: 'hex', text: 'model' },
        { shape: 'tag-rect', text: 'registry' },
        { shape: 'stadium', text: 'request' },
        { shape: 'procs', text: 'serving' },
        { shape: 'delay', text: 'monitor' },
        ...(failing ? [{ shape: 'rect' as const, text: 'error', severity: 'error' as const }] : []),
        { shape: 'rect', text: 'warning', severity: 'warning' },
      ],
    },
  );
}

const HOPS: readonly (readonly [role: string, name: string, start: number, p50: number, p99: number, value: string])[] =
  [
    ['gateway', 'Edge', 0, 1, 3, '3.0 ms'],
    ['features', 'CardVelocity', 1, 0.8, 4, '4.0 ms'],
    ['features', 'CardProfile', 1, 0.8, 4, '4.0 ms'],
    ['features', 'DeviceDistance', 1, 1, 1, '1.0 ms'],
    ['serving', 'FraudScorer', 2.2, 2.9, 5, '5.0 of 20 ms'],
    ['service', 'RulesEngine', 5.1, 2, 6, '6.0 ms'],
    ['service', 'Analysts', 7.4, 0, 0, '0.05%'],
  ];

/** `over`: the request and one hop break their budgets. */
export function request({ over = false } = {}): ViewModel {
  const participants = HOPS.map(
    ([role, name]): Participant => ({
      id: `${role}_${name}`,
      name,
      role,
      target: target(name),
      ...(over && name === 'RulesEngine' ? { severity: 'error' as const } : {}),
    }),
  );
  const call = (to: string, text: string, waits = true): SequenceStep => ({
    step: 'call',
    from: 'gateway_Edge',
    to,
    text,
    waits,
  });
  const steps: SequenceStep[] = [
    { step: 'note', over: 'gateway_Edge', text: 'p99 3.0 ms' },
    {
      step: 'par',
      text: 'all 3, p99 4.6 ms',
      branches: [
        [call('features_CardVelocity', 'p99 4.0 ms')],
        [call('features_CardProfile', 'p99 4.0 ms')],
        [call('features_DeviceDistance', '1.0 ms')],
      ],
    },
    call('serving_FraudScorer', 'p99 5.0 of 20 ms'),
    call('service_RulesEngine', over ? 'p99 56 of 10 ms' : 'p99 6.0 ms'),
    call('service_Analysts', '0.05%, not waited for', false),
  ];
  const rows = HOPS.map(([, name, start, p50, p99, value], i) => {
    const late = over && name === 'RulesEngine';
    const times = { start: start / 1000, p50: (late ? 20 : p50) / 1000, p99: (late ? 56 : p99) / 1000 };
    const free = name === 'Analysts' ? { free: true as const } : {};
    return {
      name,
      ...times,
      ...free,
      value: late ? '56 of 10 ms' : value,
      target: participants[i]!.target!,
      ...(late ? { bound: 0.01, severity: 'error' as const } : {}),
    };
  });
  return model(
    'request',
    { type: 'sequence', participants, steps },
    {
      title: 'CardFraud, ScoreTransaction',
      description:
        'Edge, three feature reads in parallel, FraudScorer, RulesEngine, then a review that nobody waits for. p99 13 of 50 ms.',
      summary: [
        { text: 'p50 ' },
        { text: over ? '25 ms' : '7.4 ms', strong: true },
        { text: ' · p99 ' },
        { text: over ? '63 of 50 ms' : '13 of 50 ms', strong: true },
        { text: ' · available ' },
        { text: '99.99%', strong: true },
        { text: ' of 99.9% promised' },
      ],
      subjects: ['ScoreTransaction'],
      subject: 'ScoreTransaction',
      waterfall: {
        rows,
        whole: over ? { p50: 0.0254, p99: 0.063 } : { p50: 0.0074, p99: 0.013 },
        budget: { bound: 0.05, percentile: 99 },
        description:
          'Where the time of one request goes: the whole takes 7.4 ms at p50 and 13 ms at p99, of 50 ms allowed.',
      },
      legend: [
        { shape: 'bar', text: 'p50, then to p99' },
        { shape: 'free', text: 'nobody waits' },
        { shape: 'budget', text: 'budget' },
      ],
    },
  );
}
