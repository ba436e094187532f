import { describe, expect, it } from 'vitest';
import { buildView } from '../../language/views/index.ts';
import type { DiagramNode, Flowchart, ViewModel } from '../../language/views/view.ts';
import { Workspace } from '../../language/workspace.ts';

const build = (view: string, text: string, more: { scenario?: string; subject?: string } = {}): ViewModel =>
  buildView(new Workspace().update('file:///design.mlsys', text), { view, ...more });

function chart({ diagram }: ViewModel): Flowchart {
  if (diagram.type !== 'flowchart') throw new Error(diagram.type);
  return diagram;
}

const nodes = (model: ViewModel): readonly DiagramNode[] => [
  ...chart(model).groups.flatMap((group) => group.nodes),
  ...chart(model).nodes,
];
const node = (model: ViewModel, id: string) => nodes(model).find((n) => n.id === id);
const groups = (model: ViewModel) => chart(model).groups.map(({ id, nodes }) => [id, nodes.length]);
/** Those that are drawn. */
const edges = (model: ViewModel): readonly string[] =>
  chart(model)
    .edges.filter(({ line }) => line !== 'order')
    .flatMap(({ from, to, label }) =>
      from.flatMap((a) => to.map((b) => [a, '→', b, ...(label ? [`(${label})`] : [])].join(' '))),
    );
const summary = (model: ViewModel) => model.summary.map(({ text }) => text).join('');
const names = (count: number) => [...'ABCDEFGHIJ'].slice(0, count);

describe('features', () => {
  const view = (name: string, more = 'type: batch  tech: Spark  every: 1d') =>
    `features ${name} { store: Store  entity: User  ${more}  schema { n: int32 } }`;
  const base = `
    entity User { keys: 1M  key: 8B }
    source Raw { type: stream  tech: Kafka  rate: 1k/s  record: 1KB }
    featurestore Store { tech: Feast  online: Redis  latency: 2ms }`;
  const features = (text: string, scenario?: string) => build('features', `${base}\n${text}`, { scenario });

  it('says what to write where there are none', () => {
    expect(features('').diagram).toEqual({
      type: 'empty',
      text: 'No features are declared. A features block names its entity, type and schema.',
    });
  });

  it('has one pipeline a view: a declared one, or its own', () => {
    const own = features(view('A', 'source: Raw  type: streaming  tech: Flink'));
    expect(edges(own)).toEqual(['source_Raw → own_A', 'own_A → features_A', 'features_A → featurestore_Store']);
    expect(node(own, 'own_A')?.lines).toEqual(['Flink', 'streaming']);
    const declared = features(
      `${view('A', 'source: Raw  type: streaming  tech: Flink')}\npipeline Load { from: Raw  to: A  tech: Spark }`,
    );
    expect(edges(declared)).toEqual([
      'source_Raw → pipeline_Load',
      'pipeline_Load → features_A',
      'features_A → featurestore_Store',
    ]);
    const none = features(view('A', 'source: Raw  type: streaming'));
    expect(edges(none)[0]).toBe('source_Raw → features_A');
  });

  it('follows a table of the data lake to what fills it', () => {
    const model = features(`
      source Lake { type: batch }
      pipeline Fill { from: Raw  to: Lake }
      pipeline Count { from: Lake  to: A }
      ${view('A', 'type: batch')}`);
    expect(edges(model).toSorted()).toEqual([
      'features_A → featurestore_Store',
      'pipeline_Count → features_A',
      'pipeline_Fill → source_Lake',
      'source_Lake → pipeline_Count',
      'source_Raw → pipeline_Fill',
    ]);
  });

  it('keeps what is promised where both bounds of an age fit, and what is reached where it breaks the promise', () => {
    const line = (freshness: string) =>
      node(features(view('A', `type: batch  every: 24h  freshness: ${freshness}  ttl: 90d`)), 'features_A')?.lines[2];
    expect(line('36h')).toBe('fresh 36 h · TTL 90 d');
    expect(line('12h')).toBe('fresh 24 of 12 h');
  });

  it('leads from the store to those who train and serve, and from a view on demand to those who serve', () => {
    const model = features(`
      ${view('A')}
      features B { entity: User  type: on_demand  latency: 1ms  schema { n: int32 } }
      model M { features: A, B }
      training T { model: M  hardware: 1 x L4 }
      serving S { model: M  hardware: 1 x L4 }
      serving N { model: M  hardware: 1 x L4  pattern: batch }
      request R { traffic: 10/s  flow: (A & B)[3] -> S[3] }`);
    expect(edges(model).filter((edge) => edge.includes('_T'))).toEqual(['featurestore_Store → training_T (offline)']);
    expect(groups(model)).toEqual([
      ['featurestore_Store', 1],
      ['readers_serving', 2],
    ]);
    expect(edges(model).filter((edge) => edge.includes('readers'))).toEqual([
      'featurestore_Store → readers_serving',
      'features_B → readers_serving',
    ]);
    expect(node(model, 'serving_S')?.lines).toEqual(['S', '30 rows/s', '2 views']);
    expect(summary(model)).toMatch(/^2 views, 2 columns · online [\d.]+ MB · 30 reads\/s$/);
  });

  it('names the request where no serving reads a view, and one serving for both arms of an experiment', () => {
    const read = features(`${view('A')}\nrequest R { traffic: 10/s  flow: A }`);
    expect(edges(read).at(-1)).toBe('featurestore_Store → request_R (online)');
    const split = features(`
      ${view('A')}
      model M { features: A }
      serving S { model: M  hardware: 1 x L4 }
      serving V { model: M  hardware: 1 x L4 }
      experiment E { control: S 90%  treatment: V 10%  primary: clicks }
      request R { traffic: 10/s  flow: A -> S }`);
    expect(node(split, 'serving_S')?.lines).toEqual(['S', '10 rows/s', '1 view · A/B']);
    expect(node(split, 'serving_V')).toBeUndefined();
  });

  it('frames more than three views, which then name their own pipelines', () => {
    const model = features(
      names(4)
        .map((name) => view(name, 'source: Raw  type: batch  tech: Spark'))
        .join('\n'),
    );
    expect(groups(model)).toEqual([
      ['views_stored', 4],
      ['featurestore_Store', 1],
    ]);
    expect(edges(model)).toEqual(['source_Raw → views_stored', 'views_stored → featurestore_Store']);
    expect(node(model, 'features_A')?.lines[1]).toBe('Spark · 4 B a key');
  });

  it('has a table of the views', () => {
    const model = features(
      `${view('A', 'type: batch  every: 24h  freshness: 36h')}
      features B { entity: User  type: on_demand  latency: 1ms  schema { n: int32 } }
      request R { traffic: 10/s  flow: A & B }`,
    );
    const [table] = model.tables.filter(({ title }) => title === '');
    expect(table?.columns.map(({ title }) => title).slice(0, 3)).toEqual(['View', 'freshness', 'a key']);
    expect(table?.rows.map(({ cells }) => [cells[0], cells[1], cells[2], cells[4], cells[5]])).toEqual([
      ['A', '24 of 36 h', '4 B', '10', '2.0 ms'],
      ['B', 'computed', '–', '10', '1.0 ms'],
    ]);
  });
});

describe('training', () => {
  const job = (more: string) =>
    `model M { version: "1"  params: 1M }  training T { model: M  hardware: 2 x L4  ${more} }`;
  const training = (more: string, before = '') => build('training', `${before}\n${job(more)}`);

  it('says what to write where there is none', () => {
    expect(build('training', 'model M { params: 1M }').diagram).toEqual({
      type: 'empty',
      text: 'No training is declared.',
    });
  });

  it('leaves a dotted node for each thing that is not declared', () => {
    const bare = nodes(training('examples: 1M'));
    const infos = bare.filter(({ severity }) => severity === 'info').map(({ lines }) => lines[0]);
    expect(infos).toEqual(['no checkpoint', 'no gate', 'no tracking', 'no registry']);
    const whole = training(
      'checkpoint: every 1h  checkpoint_to: S3  validate: auc > 0.8  tracking: metrics  registry: R',
      'registry R { tech: MLflow }',
    );
    // five of the six things are not tracked, which is said of the job
    expect(nodes(whole).flatMap(({ id, severity }) => (severity ? [id] : []))).toEqual(['training_T']);
    expect(edges(whole).at(-1)).toBe('gate_T → registry_R (pass)');
    expect(node(whole, 'registry_R')?.lines).toEqual(['R · MLflow', 'M 1']);
    expect(node(whole, 'tracking_T')?.lines).toEqual(['tracking', '1 of 6 tracked', 'every run']);
  });

  it('shows data and labels, once where they are one source', () => {
    const source = 'source A { type: stream  rate: 1/s }  source B { type: batch  delay: 3d }';
    const two = training('data: A  labels: B  examples: 5M  epochs: 2', source);
    expect(
      nodes(two)
        .slice(0, 2)
        .map(({ lines }) => lines),
    ).toEqual([
      ['A', '5M examples', '× 2 epochs'],
      ['B', 'labels', 'after 3 d'],
    ]);
    const one = training('data: A  labels: A  tokens: 12B', source);
    expect(nodes(one)[0]?.lines).toEqual(['A', '12B tokens', 'and labels']);
    expect(chart(one).groups[0]?.nodes).toHaveLength(1);
  });

  it('holds a search against the deadline with all its trials', () => {
    const lines = (more: string) =>
      node(training(`steps: 36000  step: 100ms on 2 x L4  deadline: 2h  ${more}`), 'training_T');
    expect(lines('')?.lines.slice(1)).toEqual([
      expect.stringMatching(/^2 × L4 · 36k × 100 ms$/),
      expect.stringMatching(/^1 of 2 h · 2 GPU-hours/),
      '▰▰▰▰▰▱▱▱▱▱ 50% of the deadline',
    ]);
    const search = lines('trials: 10  parallel_trials: 2');
    expect(search?.lines.at(-1)).toBe('▰▰▰▰▰▰▰▰▰▰ 250% of the deadline');
    expect(search?.severity).toBe('error');
  });

  it('derives each figure in its table', () => {
    const model = training('examples: 1M  epochs: 2  batch: 100  step: 10ms on 2 x L4  every: 1d');
    expect(
      model.tables
        .at(-1)
        ?.rows.map(({ cells }) => cells)
        .slice(0, 3),
    ).toEqual([
      ['steps', '20k', '1M × 2 / 100'],
      ['time', '3.333 min', '20k × 10 ms'],
      ['GPU-hours', '0.11', '2 × 3.333 min'],
    ]);
  });

  it('says what a time needs', () => {
    expect(summary(training('examples: 1M'))).toMatch(/^T has no time yet: give /);
  });

  it('shows the one that is asked for, else the worst', () => {
    const text = `${job('step: 1s  steps: 10')}  training U { model: Lost  hardware: 1 x L4 }`;
    expect(build('training', text).subjects).toEqual(['U', 'T']);
    expect(build('training', text, { subject: 'T' }).subject).toBe('T');
  });
});

describe('serving', () => {
  const one = (name: string, more = '') =>
    `serving ${name} { model: M  hardware: 1 x L4  replicas: 10  latency: 10ms  ${more} }`;
  const serving = (text: string, scenario?: string) =>
    build('serving', `model M { version: "1"  params: 1M  precision: fp16 }\n${text}`, { scenario });

  it('says what to write where there is none', () => {
    expect(build('serving', 'model M { params: 1M }').diagram).toEqual({
      type: 'empty',
      text: 'No serving is declared.',
    });
  });

  it('leads requests to servings, through the experiment that splits them', () => {
    const model = serving(`
      ${one('A')}  ${one('B')}  ${one('C')}
      experiment E { control: A 70%  treatment: B 30%  primary: clicks }
      request R { traffic: 100/s  flow: A -> 5% * C }
      request Q { traffic: 10/s  flow: 3 * C[2] }`);
    expect(edges(model)).toEqual([
      'request_R → experiment_E',
      'request_R → serving_C (5%)',
      'request_Q → serving_C (3 times)',
      'experiment_E → serving_A (70%)',
      'experiment_E → serving_B (30%)',
      'serving_A → model_M',
      'serving_B → model_M',
      'serving_C → model_M',
    ]);
    expect(node(model, 'serving_A')?.lines[1]).toBe('10 × L4 · 70/s');
    expect(node(model, 'request_R')?.opens).toEqual({ view: 'request', subject: 'R' });
  });

  it('has a band a pattern; below the first, servings name their models', () => {
    const model = serving(`
      ${one('N', 'pattern: batch  examples: 1M  every: 1d')}
      ${one('A', 'traffic: 100/s')}
      source Clicks { type: stream  rate: 50/s }
      ${one('S', 'pattern: streaming  source: Clicks')}`);
    expect(groups(model)).toEqual([
      ['band_online', 1],
      ['band_batch', 1],
      ['band_streaming', 1],
    ]);
    expect(edges(model)).toEqual(['source_Clicks → band_streaming', 'serving_A → model_M']);
    expect(node(model, 'serving_N')?.lines[1]).toBe('M 1');
    expect(node(model, 'serving_A')?.lines).not.toContain('M 1');
    expect(chart(model).edges.filter(({ line }) => line === 'order')).toHaveLength(2);
  });

  it('leads to the band where it has more than one row', () => {
    const all = names(4);
    const model = serving(
      `${all.map((name) => one(name)).join('\n')}\nrequest R { traffic: 1/s  flow: ${all.join(' -> ')} }`,
    );
    expect(edges(model)).toEqual(['request_R → band_online']);
    expect(node(model, 'model_M')).toBeUndefined();
  });

  it('ends a title before the lines that enter its band', () => {
    const title = (text: string) => chart(serving(text)).groups[0]?.title;
    expect(title(one('A', 'runtime: Triton  traffic: 1/s'))).toBe('Online · Triton');
    expect(title(one('A', 'runtime: Triton'))).toBe('Online');
    expect(title(one('A', 'runtime: TensorFlowServing  traffic: 1/s'))).toBe('Online');
    expect(title(`${one('A', 'runtime: Triton  traffic: 1/s')} ${one('B', 'runtime: vLLM  traffic: 1/s')}`)).toBe(
      'Online',
    );
  });

  it('says what a load needs, or what cannot be carried, or which budget is nearest to its end', () => {
    const short = serving(one('A', 'utilization: 50%  traffic: 700/s'));
    expect(summary(short)).toBe('700/s on 10 × L4 · A needs 14 replicas, has 10');
    expect(node(short, 'serving_A')?.lines[1]).toBe('10 of 14 × L4 · 700/s');
    expect(node(short, 'serving_A')?.lines.at(-1)).toBe('▰▰▰▰▰▰▰▱▱▱ 70% busy');
    const near = serving(
      `${one('A', 'traffic: 100/s  budget: p99 < 20ms')} ${one('B', 'traffic: 50/s  budget: p99 < 1s')}`,
    );
    expect(summary(near)).toMatch(/^150\/s on 20 × L4 · A is nearest to its budget: p99 1\d of 20 ms$/);
    expect(summary(serving(one('A', 'traffic: 100/s  budget: p99 < 5ms')))).toMatch(
      / · A breaks its budget: p99 1\d of 5 ms$/,
    );
  });

  it('says what a scenario changes, the new figure strong', () => {
    const text = `${one('A')}\nrequest R { traffic: 100/s  flow: A }\nscenario Rush { R.traffic = 300/s }`;
    const [now, was] = serving(text, 'Rush').summary;
    expect([now, was]).toEqual([{ text: '300/s', strong: true }, { text: ', was 100/s' }]);
    expect(serving(text, 'Rush').tables.at(-1)?.rows[0]?.cells.slice(1, 4)).toEqual([
      '300/s, was 100/s',
      '10',
      '30%, was 10%',
    ]);
  });
});
