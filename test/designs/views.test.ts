import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMissing } from '../../language/estimate/estimate.ts';
import type { Finding } from '../../language/rules/rule.ts';
import { costsOf } from '../../language/views/cost-parts.ts';
import { inputOf } from '../../language/views/input.ts';
import { buildView, VIEWS, type ViewSource } from '../../language/views/index.ts';
import { nodesOf } from '../../language/views/frame.ts';
import { nodeLines, textWidth } from '../../language/views/label.ts';
import { printMermaid } from '../../language/views/mermaid.ts';
import type { DiagramNode, SequenceStep, Target, ViewModel } from '../../language/views/view.ts';
import { type Document, Workspace } from '../../language/workspace.ts';
import { openMermaid } from '../preview/parse.ts';

const example = (name: string) => readFileSync(new URL(`examples/${name}.mlsys`, import.meta.url), 'utf8');
const open = (text: string): Document => new Workspace().update('file:///design.mlsys', text);
const golden = (name: string) => new URL(`goldens/${name}.mmd`, import.meta.url).pathname;
const summary = (model: ViewModel) => model.summary.map(({ text, strong }) => (strong ? `**${text}**` : text)).join('');

const fraud = example('fraud');
const WANTED = ['fraud', 'support_chat', 'worked_estimates'].flatMap((name) =>
  VIEWS.map(({ id }) => [name, id] as const),
);

describe('the pictures of the examples', () => {
  it.each(WANTED)('%s, %s', async (name, view) => {
    await expect(printMermaid(buildView(open(example(name)), { view }))).toMatchFileSnapshot(golden(`${name}.${view}`));
  });

  it('fraud, serving, with BlackFriday', async () => {
    const model = buildView(open(fraud), { view: 'serving', scenario: 'BlackFriday' });
    await expect(printMermaid(model)).toMatchFileSnapshot(golden('fraud.serving.BlackFriday'));
  });

  it('are texts that Mermaid reads, with every node in them', async () => {
    const parse = await openMermaid();
    const files = readdirSync(new URL('goldens', import.meta.url)).filter((file) => file.endsWith('.mmd'));
    expect(files.length).toBe(WANTED.length + 1);
    for (const file of files) {
      const [name = '', view, scenario] = file.split('.');
      const { diagram } = buildView(open(example(name)), { view, scenario });
      const parsed = await parse(readFileSync(new URL(`goldens/${file}`, import.meta.url), 'utf8'));
      const groups = diagram.type === 'flowchart' ? diagram.groups.map(({ id }) => id) : [];
      const drawn = idsOf({ diagram }).filter((id) => !groups.includes(id));
      const read = Object.keys({ ...parsed.nodes, ...parsed.actors }).filter((id) => !groups.includes(id));
      expect(read.toSorted(), file).toEqual(diagram.type === 'empty' ? ['empty_view'] : drawn.toSorted());
      if (diagram.type === 'flowchart') expect(parsed.groups, file).toHaveLength(diagram.groups.length);
    }
  });
});

describe('any design', () => {
  const views = (document: ViewSource): readonly ViewModel[] =>
    VIEWS.flatMap(({ id, subjects }) =>
      [null, ...document.design.scenarios.map(({ name }) => name)].flatMap((scenario) =>
        [undefined, ...subjects(document.design).map(({ name }) => name)].map((subject) =>
          buildView(document, { view: id, scenario, subject }),
        ),
      ),
    );

  /** Every law that a model has to keep, whatever it is of. */
  function keepsTheLaws(text: string): void {
    const [first, second] = [views(open(text)), views(open(text))];
    expect(first.map(printMermaid)).toEqual(second.map(printMermaid));
    for (const model of first) {
      const ids = idsOf(model);
      expect(new Set(ids).size).toBe(ids.length);
      for (const line of linesOf(model)) expect(textWidth(line), line).toBeLessThanOrEqual(26);
      for (const line of wideLinesOf(model)) expect(textWidth(line), line).toBeLessThanOrEqual(40);
      for (const end of endsOf(model)) expect(ids).toContain(end);
      for (const { view } of opensOf(model)) expect(VIEWS.map(({ id }) => id)).toContain(view);
      for (const { span } of targetsOf(model)) {
        const [start, end] = [span.at.offset + span.start, span.at.offset + span.end];
        expect(start >= 0 && start <= end && end <= text.length, `${start}..${end} of ${text.length}`).toBe(true);
      }
      expect(model.summary.map((part) => part.text).join('')).not.toMatch(/NaN|undefined|Infinity|null|^,|,$/);
    }
  }

  it('that is being typed', () => {
    for (let end = 0; end <= fraud.length; end += 150) keepsTheLaws(fraud.slice(0, end));
  });

  it.each(['fraud', 'support_chat', 'worked_estimates'])('%s', (name) => keepsTheLaws(example(name)));

  it('in which declarations are missing, doubled and out of order', () => {
    const parts = ['fraud', 'support_chat', 'worked_estimates'].flatMap((name) => example(name).split(/\n\n+/));
    const design = fc.shuffledSubarray([...parts, ...parts]).map((chosen) => chosen.join('\n\n'));
    fc.assert(fc.property(design, keepsTheLaws), { numRuns: 30, seed: 7 });
  }, 120_000);

  it('with names of any length, and names that mean something elsewhere', () => {
    const name = fc.oneof(
      fc.constantFrom('end', 'class', '__proto__', 'constructor', 'graph', 'toString'),
      fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,60}$/),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 5, maxLength: 5 }), ([a, b, c, d, e]) =>
        keepsTheLaws(`
          source ${a} { type: stream  tech: "${'Some very long product name '.repeat(3)}"  rate: 5k/s  record: 1KB }
          model ${b} { version: "2026-11-23-nightly-build-17"  params: 25M }
          serving ${c} { model: ${b}  hardware: 12345 x A100_80GB_PCIe  replicas: 1000  latency: 2ms  budget: p99 < 20ms }
          request ${d} { traffic: 20k/s  flow: ${c}[50000] -> 3 * ${e} -> 0.001% * ~${c}  budget: p99 < 1.23456s }
          service ${e} { latency: p50 1.5ms p99 100s }
          monitor M { watch: ${c}  category: performance  metric: a_metric_of_some_length }
          monitor N { watch: ${c}  category: performance  metric: another_metric_of_length }`),
      ),
      { numRuns: 40, seed: 7 },
    );
  });
});

const finding = (subject: string, more: Partial<Finding> = {}): Finding => ({
  ...{
    rule: 'x/y',
    severity: 'warning',
    message: `${subject} is \`odd\``,
    subject,
    scenario: null,
    related: [],
    fixes: [],
  },
  at: { at: { uri: 'file:///design.mlsys', offset: 0 }, start: 0, end: 1 },
  ...more,
});
const withFindings = (text: string, ...findings: Finding[]): ViewSource => {
  const document = open(text);
  return { design: document.design, findings, analysis: (scenario) => document.analysis(scenario) };
};

describe('the lifecycle', () => {
  const lifecycle = (text: string | ViewSource, scenario?: string) =>
    buildView(typeof text === 'string' ? open(text) : text, { view: 'lifecycle', scenario });
  const bands = ({ diagram }: ViewModel) => (diagram.type === 'flowchart' ? diagram.groups : []);
  const node = (model: ViewModel, id: string) =>
    bands(model)
      .flatMap(({ nodes }) => nodes)
      .find((n) => n.id === id);

  it('says what to write where there is nothing', () => {
    for (const text of ['', 'system Empty { }', 'param a = 1', 'sour'])
      expect(lifecycle(text).diagram).toEqual({
        type: 'empty',
        text: 'Nothing to draw yet: declare a source, a model or a serving.',
      });
  });

  it('leaves out a stage with nothing in it, and joins those that are left', () => {
    const model = lifecycle('source A { type: stream }  serving S { model: M  hardware: 1 x L4 }');
    expect(bands(model).map(({ id }) => id)).toEqual(['stage_data', 'stage_serving']);
    expect(model.diagram).toMatchObject({ edges: [{ from: ['stage_data'], to: ['stage_serving'], line: 'arrow' }] });
    expect(summary(model)).toBe('**1 source** and **1 serving**');
  });

  it('groups monitors by what they watch, and shows which training they start', () => {
    const model = lifecycle(fraud);
    expect(
      bands(model)
        .at(-1)
        ?.nodes.map(({ lines }) => lines),
    ).toEqual([
      ['2 monitors', 'CardVelocity', 'quality, drift'],
      ['3 monitors', 'FraudScorer', 'drift, auc, p99'],
      ['↻ TrainFraudNet', '2 of 5 monitors', 'retrain it'],
    ]);
  });

  it('shows a part of another file as such, and where it stands there', () => {
    const shared = 'file:///shared.mlsys';
    const workspace = new Workspace((uri) => (uri === shared ? 'source Raw { type: stream }' : undefined));
    const model = lifecycle(
      workspace.update('file:///design.mlsys', 'import "./shared.mlsys"\nmodel M { params: 1M }'),
    );
    expect(node(model, 'source_Raw')).toMatchObject({ muted: true, target: { span: { at: { uri: shared } } } });
    expect(node(model, 'model_M')?.muted).toBeUndefined();
  });

  it('shows a pipeline where its data goes', () => {
    const model = lifecycle(`
      source Raw { type: stream }  source Lake { type: batch }
      entity User { keys: 1M }
      features Clicks { entity: User  type: batch  schema { n: int32 } }
      pipeline Load { from: Raw  to: Lake  tech: Airflow  every: 1h }
      pipeline Count { from: Raw  to: Clicks }`);
    expect(bands(model).map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([
      ['source_Raw', 'source_Lake', 'pipeline_Load'],
      ['pipeline_Count', 'features_Clicks'],
    ]);
    expect(node(model, 'pipeline_Load')?.lines.slice(0, 2)).toEqual(['Load', 'Airflow · every 1 h']);
    expect(node(model, 'pipeline_Count')?.lines).toContain('to Clicks');
  });

  it('shows a model that is only served with its serving, unless nothing is trained or something is wrong with it', () => {
    const served = 'model A { params: 1M }  model B { params: 1M }  serving S { model: A  hardware: 1 x L4 }';
    const text = `${served}  training T { model: B  hardware: 1 x L4 }`;
    const models = (source: ViewSource) => bands(lifecycle(source)).find(({ id }) => id === 'stage_training');
    const names = (source: ViewSource) => models(source)?.nodes.map(({ id }) => id);
    expect(names(withFindings(text))).toEqual(['training_T', 'model_B']);
    expect(names(withFindings(text, finding('A')))).toEqual(['training_T', 'model_A', 'model_B']);
    expect(names(withFindings(served))).toEqual(['model_A', 'model_B']);
    expect(models(withFindings(served))?.title).toBe('Models');
  });

  it('leads from a request to its own view, and from everything to its name in the text', () => {
    const model = lifecycle(fraud);
    expect(node(model, 'request_ScoreTransaction')?.opens).toEqual({ view: 'request', subject: 'ScoreTransaction' });
    const opened = bands(model).flatMap(({ nodes }) => nodes.flatMap(({ opens }) => opens?.view ?? []));
    expect(new Set(opened)).toEqual(new Set(['features', 'training', 'consistency', 'serving', 'request', 'drift']));
    expect(node(model, 'training_TrainFraudNet')?.opens).toEqual({ view: 'training', subject: 'TrainFraudNet' });
    expect(bands(model).map(({ opens }) => opens?.view)).toEqual([
      'features',
      'features',
      'training',
      'serving',
      'drift',
    ]);
    const chat = lifecycle(example('support_chat'));
    expect(bands(chat).map(({ opens }) => opens?.view)).toEqual([undefined, undefined, 'training', 'serving', 'drift']);
    const named = targetsOf(model).map(({ span }) =>
      fraud.slice(span.at.offset + span.start, span.at.offset + span.end),
    );
    expect(named.slice(0, 3)).toEqual(['Authorizations', 'Chargebacks', 'CardVelocity']);
    expect(model.legend.map(({ text }) => text).join(', ')).toBe(
      'source, batch source, feature view, training, model, registry, request, serving, monitor',
    );
  });

  it('folds what is more than nine, but never a part with a finding', () => {
    const letters = [...'ABCDEFGHIJKL'];
    const text = letters.map((name) => `source ${name} { type: stream }`).join('\n');
    const [data] = bands(lifecycle(withFindings(text, finding('L'))));
    expect(data?.nodes.map(({ id }) => id.split('_')[1])).toEqual([...'ABCDEFGL', 'data']);
    expect(data?.nodes.at(-1)?.lines).toEqual(['4 more', 'H, I · …']);
    const [all] = bands(lifecycle(withFindings(text, ...letters.map((name) => finding(name)))));
    expect(all?.nodes).toHaveLength(12);
    const nine = lifecycle(text.split('\n').slice(0, 9).join('\n'));
    expect(bands(nine)[0]?.nodes.map(({ role }) => role)).toEqual(Array(9).fill('source'));
  });

  it('shows a gateway, a service and an entity only with a finding', () => {
    const text =
      'gateway Edge { auth: mtls }  service Log { type: logger }  entity Card { keys: 1 }  source A { type: stream }';
    expect(bands(lifecycle(withFindings(text))).flatMap((b) => b.nodes)).toHaveLength(1);
    const shown = bands(lifecycle(withFindings(text, finding('Edge'), finding('Log'), finding('Card'))));
    expect(shown.flatMap((b) => b.nodes.map((n) => n.id))).toEqual([
      'source_A',
      'entity_Card',
      'gateway_Edge',
      'service_Log',
    ]);
  });

  it('lists findings worst first, and counts those of a scenario only while it is shown', () => {
    const text = 'source A { type: stream }  source B { type: stream }  scenario Rush { B.rate = 1/s }';
    const document = withFindings(
      text,
      finding('A', { severity: 'info' }),
      finding('A'),
      finding('A', { severity: 'hint' }),
      finding('B', { severity: 'error', scenario: 'Rush' }),
    );
    const written = lifecycle(document);
    expect(written.tables[0]?.rows.map((r) => [r.severity, ...r.cells])).toEqual([
      ['warning', 'A', 'A is odd'],
      ['info', 'A', 'A is odd'],
    ]);
    expect(node(written, 'source_B')?.severity).toBeUndefined();
    const rush = lifecycle(document, 'Rush');
    expect(rush.tables[0]?.rows.map((r) => r.severity)).toEqual(['error', 'warning', 'info']);
    expect(node(rush, 'source_B')?.severity).toBe('error');
    expect(rush.legend.filter((item) => item.severity).map((item) => item.text)).toEqual(['error', 'warning']);
  });

  it('says what a scenario changes', () => {
    const document = open(fraud);
    expect(node(lifecycle(document), 'request_ScoreTransaction')?.lines[1]).toBe('12k/s');
    expect(node(lifecycle(document, 'BlackFriday'), 'request_ScoreTransaction')?.lines[1]).toBe('30k/s, was 12k/s');
    expect(printMermaid(lifecycle(document, 'Nothing'))).toBe(printMermaid(lifecycle(document)));
  });
});

describe('a request', () => {
  const parts = `
    gateway Edge { latency: 1ms }
    ${[...'ABCDEFGH'].map((name) => `service ${name} { latency: p50 1ms p99 4ms }`).join('\n')}`;
  const request = (flow: string, more = '') =>
    buildView(open(`${parts}\nrequest R { traffic: 10/s  flow: ${flow} ${more} }`), { view: 'request' });
  const drawn = (model: ViewModel) =>
    printMermaid(model)
      .split('\n')
      .slice(3)
      .map((line) => line.trim());
  const steps = (model: ViewModel) => drawn(model).filter((line) => !line.startsWith('participant') && line !== '');
  const lifelines = (model: ViewModel) => drawn(model).flatMap((line) => /^participant (\w+)/.exec(line)?.[1] ?? []);

  it('says what to write where there is none', () => {
    expect(buildView(open('source A { type: stream }'), { view: 'request' }).diagram).toEqual({
      type: 'empty',
      text: 'No request is declared. A request names its traffic and its flow.',
    });
  });

  it('draws every operator of a flow', () => {
    expect(steps(request('Edge -> (A & B) -> 3 * C -> 5% * D -> E[50] -> 0.1% * ~F -> ~A'))).toEqual([
      'Note over gateway_Edge: 1.0 ms',
      expect.stringMatching(/^par both, p99 \d\.\d ms$/),
      'gateway_Edge->>service_A: p99 4.0 ms',
      'and',
      'gateway_Edge->>service_B: p99 4.0 ms',
      'end',
      'loop 3 times',
      'gateway_Edge->>service_C: p99 4.0 ms',
      'end',
      'opt 5%',
      'gateway_Edge->>service_D: p99 4.0 ms',
      'end',
      'gateway_Edge->>service_E: 50 items · p99 4.0 ms',
      'gateway_Edge--)service_F: 0.1%, not waited for',
      'gateway_Edge--)service_A: not waited for',
    ]);
  });

  it('folds the calls of an `&` where more than seven components would stand side by side', () => {
    const seven = request('Edge -> (A & B & C) -> D -> E -> F');
    expect(lifelines(seven)).toHaveLength(7);
    const eight = request('Edge -> (A & B & C) -> D -> E -> F -> G');
    expect(lifelines(eight)).toEqual(['gateway_Edge', 'calls_1', 'service_D', 'service_E', 'service_F', 'service_G']);
    expect(drawn(eight)).toContain('participant calls_1 as 3<br/>calls');
    expect(steps(eight)[1]).toMatch(/^gateway_Edge->>calls_1: all 3, p99 \d\.\d ms$/);
  });

  it('shows a component once, however often it is called, and itself where no front door is', () => {
    expect(lifelines(request('Edge -> A -> B -> A'))).toEqual(['gateway_Edge', 'service_A', 'service_B']);
    expect(lifelines(request('(A & B) -> A'))).toEqual(['request_R', 'service_A', 'service_B']);
  });

  it('draws the waterfall with what is promised', () => {
    const model = request('Edge -> A -> ~B', 'budget: p99 < 50ms  availability: 99.9%');
    expect(model.waterfall).toMatchObject({
      rows: [
        { name: 'Edge', start: 0, p50: 0.001, p99: 0.001, value: '1.0 ms' },
        { name: 'A', start: 0.001, value: '4.0 ms' },
        { name: 'B', free: true },
      ],
      budget: { bound: 0.05, percentile: 99 },
    });
    expect(model.waterfall?.whole.p99).toBeCloseTo(0.005, 4);
    expect(summary(model)).toBe('p50 **2.0 ms** · p99 **5.0 of 50 ms** · 99.9% promised');
    expect(model.legend.map((item) => item.shape)).toEqual(['bar', 'free', 'budget']);
  });

  it('says what is missing for a latency, and still draws the way', () => {
    const model = buildView(
      open('service A { }  gateway G { latency: 2ms }  request R { traffic: 1/s  flow: G -> A -> Lost }'),
      { view: 'request' },
    );
    expect(summary(model)).toMatch(/^No latency yet: .*latency of A/);
    expect(model.waterfall).toBeUndefined();
    expect(steps(model)).toEqual([
      'Note over gateway_G: 2.0 ms',
      'gateway_G->>service_A: latency not known',
      'gateway_G->>unknown_Lost: not declared',
    ]);
  });

  it('that gets more than it can take has no latency, and says where', () => {
    const model = buildView(
      open(`model M { params: 1M }
        serving Slow { model: M  hardware: 1 x L4  replicas: 1  latency: 100ms }
        request R { traffic: 20/s  flow: Slow  budget: p99 < 1s }`),
      { view: 'request' },
    );
    expect(summary(model)).toBe('No latency: more than **Slow** can take');
    expect(steps(model)).toEqual(['request_R->>serving_Slow: overloaded, no latency']);
    expect(model.diagram).toMatchObject({
      participants: [{ id: 'request_R' }, { id: 'serving_Slow', severity: 'error' }],
    });
  });

  it('is chosen by name, else the one with the worst finding', () => {
    const text = `${parts}
      request Calm { traffic: 1/s  flow: A  budget: p99 < 50ms }
      request Late { traffic: 1/s  flow: B  budget: p99 < 2ms }`;
    const shown = (subject?: string) => buildView(withFindings(text, finding('Late')), { view: 'request', subject });
    expect(shown().subjects).toEqual(['Late', 'Calm']);
    expect(shown().subject).toBe('Late');
    expect(shown('Calm').subject).toBe('Calm');
    expect(shown('Other').subject).toBe('Late');
    expect(buildView(open(text), { view: 'nothing' }).view).toBe('lifecycle');
  });
});

describe('the other views', () => {
  const view = (name: string, text: string | ViewSource, scenario?: string) =>
    buildView(typeof text === 'string' ? open(text) : text, { view: name, scenario });
  const nodeOf = ({ diagram }: ViewModel, id: string) =>
    diagram.type === 'flowchart' ? nodesOf(diagram).find((node) => node.id === id) : undefined;

  it('say what to write where there is nothing to draw', () => {
    expect(VIEWS.map(({ id }) => view(id, 'system Empty { }').diagram)).toEqual(
      VIEWS.map(({ empty }) => ({ type: 'empty', text: empty })),
    );
  });

  it.each(['fraud', 'support_chat', 'worked_estimates'])('cost adds up to `system.cost`: %s', (name) => {
    for (const scenario of [null, ...open(example(name)).design.scenarios.map((s) => s.name)]) {
      const document = open(example(name));
      const [context, { system }] = [document.analysis(scenario), document.design];
      const input = inputOf(document, VIEWS.find(({ id }) => id === 'cost')!, null, scenario);
      const whole = context.estimate(system!, 'system.cost');
      const sum = costsOf(input).reduce((total, { now }) => total + now, 0);
      expect(isMissing(whole) ? Number.NaN : sum / whole.value).toBeCloseTo(1, 9);
    }
  });

  it('cost says what is over the budget, and that a sum without everything is a lower bound', () => {
    const text = (
      budget: string,
      more = '',
    ) => `system S { budget: ${budget}  region: us_east_1 }  model M { params: 1M }
      serving A { model: M  hardware: 1 x L4  replicas: 4  latency: 2ms  traffic: 10/s } ${more}`;
    const dear = view('cost', text('$1k/month'));
    expect(nodeOf(dear, 'system_S')).toMatchObject({ severity: 'error' });
    expect(summary(dear)).toMatch(/^\*\*\$2\.35k of \$1k\*\* a month, \$1\.35k over budget · /);
    const cheap = view('cost', text('$5k/month', 'gateway Edge { auth: oidc }'));
    expect(nodeOf(cheap, 'system_S')?.severity).toBeUndefined();
    expect(summary(cheap)).toMatch(/^At least \*\*\$2\.35k of \$5k\*\* a month · /);
    expect(cheap.tables.at(-1)?.rows.map(({ cells }) => cells)).toEqual([['Edge', 'the catalog has no price for it']]);
  });

  it('capacity says what is missing, what is free, and what has no cluster', () => {
    const text = (count: number) => `model M { params: 1M }  cluster C { pool: ${count} x L4 }
      serving A { model: M  hardware: 1 x L4  replicas: 4  latency: 2ms  traffic: 10/s }
      serving B { model: M  hardware: 2 x H100  replicas: 1  latency: 2ms  traffic: 10/s }`;
    const short = view('capacity', text(3));
    expect(nodeOf(short, 'missing_C_L4')).toMatchObject({ severity: 'error', lines: ['1 missing', '4 of 3 × L4'] });
    expect(summary(short)).toBe('**4 of 3** L4: more is asked for than there is · **1** without a cluster');
    const enough = view('capacity', text(8));
    expect(nodeOf(enough, 'serving_A')?.lines).toEqual(['A', '4 × L4', '▰▰▰▰▰▱▱▱▱▱ 50%']);
    expect(nodeOf(enough, 'free_C_L4')).toMatchObject({ muted: true, lines: ['free', '4 × L4', '▱▱▱▱▱▱▱▱▱▱ 50%'] });
    expect(nodeOf(enough, 'serving_B')?.lines).toEqual(['B', '2 × H100']);
    expect(summary(enough)).toBe('**4 of 8** L4 in use · **1** without a cluster');
    expect(nodeOf(view('capacity', text(4)), 'free_C_L4')).toBeUndefined();
  });

  it('drift marks what nobody watches, until somebody does', () => {
    const monitor = 'monitor OnProfile { watch: CardProfile  category: data_quality  metric: missing_rate }';
    expect(nodeOf(view('drift', fraud), 'features_CardProfile')).toMatchObject({ severity: 'info' });
    const more = view('drift', `${fraud}\n${monitor}`);
    expect(nodeOf(more, 'features_CardProfile')).toBeUndefined();
    expect(nodeOf(more, 'monitor_OnProfile')?.lines).toEqual([
      'OnProfile',
      'missing rate',
      'no threshold',
      '→ no action',
    ]);
  });

  it('an experiment that ends too early says by how much, and what it reaches', () => {
    const plan = view('experiment', fraud);
    expect(plan.timeline).toMatchObject({ end: { at: 42 * 86400, text: 'end, 42 d' } });
    expect(plan.timeline?.marks.map(({ text }) => text)).toEqual(['look 1', 'look 2', 'look 3']);
    expect(plan.timeline?.late).toBeUndefined();
    const rushed = view('experiment', fraud.replace('duration: 42d', 'duration: 1d'));
    expect(rushed.timeline?.late).toMatch(/^\d+ d too long$/);
    expect(nodeOf(rushed, 'serving_FraudScorer')).toMatchObject({ severity: 'warning' });
    expect(nodeOf(rushed, 'serving_FraudScorer')?.lines[2]).toMatch(/^3\.6M of \S+M cards$/);
    expect(view('experiment', fraud.replace('exposure: 4M/d', '')).timeline).toBeUndefined();
  });

  it('consistency breaks the line where a side differs, and leaves it out where one does not read', () => {
    const same = view('consistency', fraud);
    const lines = ({ diagram }: ViewModel, id: string) =>
      diagram.type === 'flowchart'
        ? diagram.edges.filter((e) => [...e.from, ...e.to].includes(id)).map(({ line, label }) => `${line} ${label}`)
        : [];
    expect(lines(same, 'features_CardVelocity')).toEqual(['thick v4', 'thick v4']);
    expect(lines(same, 'features_CardProfile')).toEqual(['thick v2', 'dotted v2 · 36 h later']);
    const TRAINED = 'features: CardVelocity, CardProfile, DeviceDistance\n  examples';
    const one = view('consistency', fraud.replace(TRAINED, 'features: CardVelocity\n  examples'));
    expect(lines(one, 'features_DeviceDistance')).toEqual(['thick v1']);
    expect(nodeOf(one, 'features_DeviceDistance')).toMatchObject({ severity: 'error' });
    expect(summary(one)).toBe('**1 of 3** definitions are shared · **2 differ**');
    const other = view('consistency', fraud.replace(TRAINED, 'features: CardVelocity@3, CardProfile\n  examples'));
    expect(lines(other, 'features_CardVelocity')).toEqual(['dotted v3 · differs', 'dotted v4 · differs']);
  });

  it('say what a scenario changes', () => {
    const text = `${fraud}\nscenario Wide { FraudScorer.replicas = 20 }`;
    expect(nodeOf(view('capacity', text, 'Wide'), 'serving_FraudScorer')?.lines[1]).toBe('20 × L4, was 16');
    const cost = nodeOf(view('cost', text, 'Wide'), 'serving_FraudScorer');
    expect(cost?.lines[1]).toMatch(/^20 × L4, was 16/);
    expect(view('cost', text, 'Wide').tables[0]?.rows[0]?.cells.join()).toMatch(/\$11,\d+, was \$9,\d+/);
  });
});

function idsOf({ diagram }: Pick<ViewModel, 'diagram'>): readonly string[] {
  if (diagram.type === 'empty') return [];
  if (diagram.type === 'sequence') return diagram.participants.map(({ id }) => id);
  return [
    ...diagram.groups.flatMap(({ id, nodes }) => [id, ...nodes.map((n) => n.id)]),
    ...diagram.nodes.map((n) => n.id),
  ];
}

function linesOf({ diagram }: ViewModel): readonly string[] {
  if (diagram.type === 'empty') return [];
  if (diagram.type === 'sequence') return diagram.steps.flatMap(textsOf);
  const alone = diagram.nodes.filter((n) => !isWide(n)).flatMap((n) => nodeLines(n));
  return [...diagram.groups.flatMap(({ nodes }) => nodes.flatMap((n) => nodeLines(n, nodes.length))), ...alone];
}

/** The job of the training view has a row of its own. */
const isWide = ({ role, lines }: DiagramNode): boolean =>
  role === 'training' && /GPU-hours|deadline| × /.test(lines.join());

const wideLinesOf = ({ diagram }: ViewModel): readonly string[] =>
  diagram.type === 'flowchart' ? diagram.nodes.filter(isWide).flatMap((n) => nodeLines(n)) : [];

const endsOf = ({ diagram }: ViewModel): readonly string[] =>
  diagram.type === 'flowchart' ? diagram.edges.flatMap(({ from, to }) => [...from, ...to]) : [];

const opensOf = ({ diagram }: ViewModel) =>
  diagram.type === 'flowchart'
    ? [...diagram.groups, ...nodesOf(diagram)].flatMap(({ opens }) => (opens ? [opens] : []))
    : [];

function textsOf(step: SequenceStep): readonly string[] {
  if (step.step === 'par') return [step.text, ...step.branches.flat().flatMap(textsOf)];
  return 'steps' in step ? [step.text, ...step.steps.flatMap(textsOf)] : [step.text];
}

function targetsOf({ diagram, waterfall, tables }: ViewModel): readonly Target[] {
  const rows = [...(waterfall?.rows ?? []), ...tables.flatMap((table) => table.rows)];
  const drawn =
    diagram.type === 'flowchart'
      ? [...diagram.groups, ...diagram.groups.flatMap(({ nodes }) => nodes), ...diagram.nodes]
      : diagram.type === 'sequence'
        ? diagram.participants
        : [];
  return [...rows, ...drawn].flatMap(({ target }) => (target ? [target] : []));
}
