import type { Condition, Node } from '../model/design.ts';
import { BYTES, NUMBER } from '../units/dimension.ts';
import { readsOf } from './features-flow.ts';
import { columnsOf, featureTitle, modelTitle, poolWords, runTime } from './figures.ts';
import { arrow, type Frame, flowchartOf, idOf } from './frame.ts';
import { figureOf, ofKind, pairOf, targetOf, type ViewInput } from './input.ts';
import { linesOf } from './lines.ts';
import { partOf } from './part.ts';
import type { DiagramNode, Edge, Flowchart, Severity } from './view.ts';
import {
  bar,
  bound,
  line,
  money,
  nameOf,
  pairWords,
  plural,
  quantity,
  share,
  title,
  type Words,
  wideLine,
  written,
} from './words.ts';

/** What a job takes in, the job, and what it leaves behind, from top to bottom. */
export function trainingChart(input: ViewInput, job: Node): Flowchart {
  const inputs = inputsOf(input, job);
  const outputs = [checkpoint(input, job), gate(input, job), tracking(input, job)];
  const registry = registryOf(input, job);
  const frames: Frame[] = [
    ...(inputs.length > 0 ? [{ id: 'job_inputs', title: 'Inputs', nodes: inputs }] : []),
    { id: 'job_outputs', title: 'Outputs', nodes: outputs },
  ];
  const passes = input.now.value(job, 'validate') !== undefined && input.now.reference(job, 'registry') !== undefined;
  const edges: Edge[] = [
    arrow(
      inputs.map(({ id }) => id),
      [idOf(job)],
    ),
    arrow(
      [idOf(job)],
      outputs.map(({ id }) => id),
    ),
    arrow([`gate_${job.name}`], [registry.id], passes ? 'pass' : undefined),
  ];
  return flowchartOf([...frames.slice(0, -1), jobNode(input, job), frames.at(-1)!, registry], edges);
}

/** The data, the feature views together, the labels. */
function inputsOf(input: ViewInput, job: Node): readonly DiagramNode[] {
  const { now } = input;
  const labels = now.references(job, 'labels');
  const data = now.references(job, 'data');
  const only = data.length === 1;
  return [
    ...data.map((node) => dataNode(input, job, node, only, labels.includes(node))),
    ...featuresNode(input, job),
    ...labels.filter((node) => !data.includes(node)).map((node) => labelNode(input, node)),
  ];
}

/** `400M examples`, `× 3 epochs`; of several sources, what each is. */
function dataNode(input: ViewInput, job: Node, node: Node, only: boolean, labels: boolean): DiagramNode {
  const { now } = input;
  const [name = '', what = ''] = linesOf(input, node);
  const counted = (['examples', 'tokens'] as const).flatMap((path) => {
    const amount = now.given(job, path)?.value;
    return amount === undefined ? [] : [`${quantity(amount, NUMBER)} ${path}`];
  })[0];
  const epochs = now.given(job, 'epochs')?.value;
  const times = epochs === undefined || epochs === 1 ? undefined : `× ${plural(epochs, 'epoch')}`;
  const said = only && counted !== undefined ? [counted, line(times, labels ? 'and labels' : undefined)] : [what];
  return partOf(input, node, [name, ...said], featuresView(input));
}

function labelNode(input: ViewInput, node: Node): DiagramNode {
  const delay = written(input.now, node, 'delay')?.text;
  return partOf(input, node, [title(node.name), 'labels', line(delay && `after ${delay}`)], featuresView(input));
}

/** Where there are features, their view says more. */
const featuresView = (input: ViewInput) => (ofKind(input, 'features').length > 0 ? { view: 'features' } : undefined);

const JOINS: Readonly<Record<string, string>> = { point_in_time: 'point-in-time join', latest: 'latest values' };

function featuresNode(input: ViewInput, job: Node): readonly DiagramNode[] {
  const views = readsOf(input, job);
  const [first] = views;
  if (!first) return [];
  const columns = views.reduce((sum, view) => sum + (columnsOf(view) ?? 0), 0);
  const join = JOINS[input.now.word(job, 'join') ?? ''] ?? '';
  const name = views.length === 1 ? featureTitle(input, first) : plural(views.length, 'feature view');
  const worst = (['error', 'warning', 'info'] as const).find((s) =>
    views.some((v) => input.severities.get(v.name) === s),
  );
  const node = partOf(input, views.find((v) => worst && input.severities.get(v.name) === worst) ?? first, [
    name,
    columns > 0 ? plural(columns, 'column') : '',
    join,
  ]);
  return [{ ...node, id: `views_${job.name}`, opens: { view: 'features' } }];
}

/** The job against its deadline: its node has a row of its own. */
function jobNode(input: ViewInput, job: Node): DiagramNode {
  const { now } = input;
  const every = written(now, job, 'every')?.text;
  const strategy = now.value(job, 'strategy') && now.word(job, 'strategy');
  const used = deadlineShare(input, job);
  const severity: Severity | undefined =
    input.severities.get(job.name) ?? (used !== undefined && used > 1 ? 'error' : undefined);
  const trials = now.given(job, 'trials')?.value;
  const node = partOf(input, job, [
    every ? `${title(job.name)} · every ${every}` : title(job.name),
    wideLine(poolWords(input, job, 'hardware'), strategy?.replaceAll('_', ' '), stepsWords(input, job)),
    wideLine(
      runTime(input, job),
      trials ? plural(trials, 'trial') : undefined,
      hours(input, job),
      costWords(input, job),
    ),
    used === undefined ? '' : `${bar(used)} ${share(used)} of the deadline`,
  ]);
  return severity ? { ...node, severity } : node;
}

/** The part of the deadline that a run takes, or a search with all its trials. */
function deadlineShare({ now }: ViewInput, job: Node): number | undefined {
  const deadline = now.given(job, 'deadline')?.value;
  const time = figureOf(now, job, 'training.time');
  return deadline && time !== undefined ? (time * rounds(now, job)) / deadline : undefined;
}

/** How many trials of a search follow one another. */
function rounds(now: ViewInput['now'], job: Node): number {
  const trials = now.given(job, 'trials')?.value ?? 1;
  return Math.max(1, Math.ceil(trials / Math.max(1, now.input(job, 'parallel_trials')?.value ?? 1)));
}

/** `293k × 18 ms` */
function stepsWords(input: ViewInput, job: Node): Words {
  const steps = pairOf(input, job, 'training.steps').now;
  if (steps === undefined) return undefined;
  const step = written(input.now, job, 'step')?.text;
  return step ? `${quantity(steps, NUMBER)} × ${step}` : `${quantity(steps, NUMBER)} steps`;
}

const hours = (input: ViewInput, job: Node): Words =>
  pairWords(pairOf(input, job, 'training.gpu_hours'), (value) => `${quantity(value / 3600, NUMBER)} GPU-hours`);

/** `$30 a run`; of a search, all of it. */
function costWords(input: ViewInput, job: Node): Words {
  const what = (input.now.given(job, 'trials')?.value ?? 1) > 1 ? 'in all' : 'a run';
  const { now } = pairOf(input, job, 'training.cost');
  return now === undefined ? undefined : [`${money(now)} ${what}`, money(now)];
}

/** What stands in the place of something that is not declared. */
const missing = (
  job: Node,
  id: string,
  shape: DiagramNode['shape'],
  role: string,
  lines: readonly string[],
): DiagramNode => ({
  id,
  lines,
  shape,
  role,
  severity: 'info',
  target: targetOf(job),
});

function checkpoint(input: ViewInput, job: Node): DiagramNode {
  const { now } = input;
  const id = `checkpoint_${job.name}`;
  const every = written(now, job, 'checkpoint')?.text;
  const store = nameOf(now, job, 'checkpoint_to');
  if (!every && !store) return missing(job, id, 'bow-rect', 'tech', ['no checkpoint', 'a failure costs the run']);
  const size = pairWords(pairOf(input, job, 'training.checkpoint_bytes'), (value) => quantity(value, BYTES));
  const bytes = typeof size === 'string' ? size : size?.[0];
  return {
    id,
    lines: [
      store ? title(store) : 'checkpoint',
      line(store ? `checkpoint ${bytes ?? ''}` : bytes),
      every ? `every ${every}` : '',
    ],
    shape: 'bow-rect',
    role: 'tech',
    target: targetOf(job),
  };
}

/** `auc ≥ 0.94`, and at most two lines of it. */
function gate(input: ViewInput, job: Node): DiagramNode {
  const id = `gate_${job.name}`;
  const value = input.now.value(job, 'validate');
  const conditions = value?.form === 'conditions' ? value.conditions : [];
  if (conditions.length === 0) return missing(job, id, 'hex', 'gate', ['no gate', 'every model passes']);
  const words = conditions.map((condition) => conditionWords(input, job, condition));
  const shown = words.length > 2 ? [words[0]!, `and ${words.length - 1} more`] : words;
  return {
    id,
    lines: ['validate', ...shown.map((text) => line(text))],
    shape: 'hex',
    role: 'gate',
    target: targetOf(job),
  };
}

const SIGNS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

export function conditionWords(
  { now }: ViewInput,
  job: Node,
  { metric, percentile, operator, bound: limit }: Condition,
): string {
  const name = percentile === undefined ? metric : metric === 'latency' ? `p${percentile}` : `${metric} p${percentile}`;
  return `${name.replaceAll('_', ' ')} ${SIGNS[operator]} ${bound(now, limit, job.name)?.text ?? '?'}`;
}

/** All that a run needs to be repeated. */
const TRACKED = 6;

function tracking(input: ViewInput, job: Node): DiagramNode {
  const id = `tracking_${job.name}`;
  const value = input.now.value(job, 'tracking');
  const items = value?.form === 'words' ? new Set(value.words.map(({ name }) => name)).size : 0;
  const tracker = nameOf(input.now, job, 'tracker');
  if (items === 0 && !tracker) return missing(job, id, 'doc', 'tech', ['no tracking', 'no run can be repeated']);
  const lines = [tracker ? title(tracker) : 'tracking', `${items} of ${TRACKED} tracked`, 'every run'];
  return { id, lines, shape: 'doc', role: 'tech', target: targetOf(job) };
}

function registryOf(input: ViewInput, job: Node): DiagramNode {
  const model = input.now.reference(job, 'model');
  const made = model ? modelTitle(input, model) : '';
  const node = input.now.reference(job, 'registry');
  if (!node)
    return missing(job, `unregistered_${job.name}`, 'tag-rect', 'registry', ['no registry', made || 'for the model']);
  const tech = nameOf(input.now, node, 'tech');
  return partOf(input, node, [title(node.name, tech ? ` · ${tech}` : ''), made]);
}
