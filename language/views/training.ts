import { isMissing } from '../estimate/estimate.ts';
import { key } from '../estimate/sheet.ts';
import type { Node } from '../model/design.ts';
import { BYTES, MONEY_RATE, NUMBER, TIME } from '../units/dimension.ts';
import { format, number } from '../units/format.ts';
import { poolWords, runTime } from './figures.ts';
import { findingsTable, newsOf } from './findings.ts';
import { nodesOf } from './frame.ts';
import { emptyModel, figureOf, pairOf, type View, type ViewInput, viewModel } from './input.ts';
import { legendOf } from './part.ts';
import { readsOf } from './features-flow.ts';
import { trainingChart } from './training-chart.ts';
import type { Table, TextPart } from './view.ts';
import { bytesOf, longest, MONTH, money, pairWords, quantity, type Words, written } from './words.ts';

export const training: View = {
  id: 'training',
  title: 'Training',
  summary: 'One training job: what it takes in, its time against the deadline, its cost, and what it leaves behind.',
  empty: 'No training is declared.',
  subjects: (design) => design.visible.filter(({ kind, name }) => kind === 'training' && name !== ''),
  build(input) {
    const { subject } = input;
    if (!subject) return emptyModel(training, input);
    const diagram = trainingChart(input, subject);
    const nodes = nodesOf(diagram);
    const views = readsOf(input, subject).map(({ name }) => name);
    const names = [...nodes.map(({ target }) => target?.name), ...views];
    return viewModel(training, input, {
      description: descriptionOf(input, subject, names),
      summary: summaryOf(input, subject),
      diagram,
      tables: [
        ...findingsTable(
          input.findings.filter((finding) => finding.subject !== null && names.includes(finding.subject)),
          input,
        ),
        ...tableOf(input, subject),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

/** `TrainFraudNet takes 1.5 of 8 h, every 1 d, for $30 a run` */
function summaryOf(input: ViewInput, job: Node): readonly TextPart[] {
  const strong = (text: Words): TextPart => ({ text: longest(text), strong: true });
  const answer = input.now.estimate(job, 'training.time');
  if (isMissing(answer)) {
    const needs = answer.missing.slice(0, 2).join(' and ').replaceAll('`', '');
    return [strong(job.name), { text: ` has no time yet: give ${needs}` }];
  }
  const every = written(input.now, job, 'every')?.text;
  const cost = pairWords(pairOf(input, job, 'training.cost'), (value) => money(value));
  return [
    strong(job.name),
    { text: ' takes ' },
    strong(runTime(input, job)),
    { text: every ? `, every ${every.replace(/^1 d$/, 'day').replace(/^1 h$/, 'hour')}` : '' },
    ...(cost === undefined
      ? []
      : [{ text: ', for ' }, strong(cost), { text: trialsOf(input, job) > 1 ? ' in all' : ' a run' }]),
  ].filter(({ text }) => text !== '');
}

const trialsOf = ({ now }: ViewInput, job: Node): number => now.given(job, 'trials')?.value ?? 1;

/** `TrainFraudNet takes 1.5 of 8 h on 4 × A100_80GB, every 1 d, and registers FraudNet in Models.` */
function descriptionOf(input: ViewInput, job: Node, names: readonly (string | undefined)[]): string {
  const { now } = input;
  const time = longest(runTime(input, job));
  const pool = poolWords(input, job, 'hardware');
  const every = written(now, job, 'every')?.text;
  const [model, registry] = ['model', 'registry'].map((path) => now.reference(job, path)?.name);
  const said = [
    time ? `takes ${time}${pool ? ` on ${pool}` : ''}${every ? `, every ${every}` : ''}` : 'has no time yet',
    registry ? `registers ${model ?? 'its model'} in ${registry}` : 'registers in no registry',
  ];
  return [`${job.name} ${said.join(', and ')}.`, ...newsOf(input, names)].join(' ');
}

/** Each figure with what it comes from, the numbers put in. */
function tableOf(input: ViewInput, job: Node): readonly Table[] {
  const row = (name: string, quantityName: string, words: (value: number) => string) => {
    const value = longest(pairWords(pairOf(input, job, quantityName), words));
    return value === '' ? [] : [{ cells: [name, value, derived(input, job, quantityName)] }];
  };
  const rows = [
    ...row('steps', 'training.steps', (value) => quantity(value, NUMBER)),
    ...row('time', 'training.time', (value) => format(value, TIME)),
    ...row('GPU-hours', 'training.gpu_hours', (value) => quantity(value / 3600, NUMBER)),
    ...row('memory per GPU', 'training.memory_per_gpu', (value) => ofMemory(input, job, value)),
    ...row(trialsOf(input, job) > 1 ? 'cost in all' : 'cost a run', 'training.cost', money),
    ...monthly(input, job),
  ];
  if (rows.length === 0) return [];
  const numeric = true as const;
  return [{ title: '', columns: [{ title: 'Run' }, { title: 'value', numeric }, { title: 'from' }], rows }];
}

function ofMemory({ now }: ViewInput, job: Node, value: number): string {
  const hardware = now.pool(job, 'hardware')[0]?.hardware;
  const memory = hardware && now.given(hardware, 'memory')?.value;
  return memory ? bytesOf(value, memory) : quantity(value, BYTES);
}

function monthly(input: ViewInput, job: Node): readonly { readonly cells: readonly string[] }[] {
  const every = input.now.given(job, 'every')?.value;
  const cost = figureOf(input.now, job, 'training.cost');
  if (!every || cost === undefined) return [];
  const runs = MONTH / every;
  return [{ cells: ['cost a month', money(cost * runs), `${number(runs)} runs × ${money(cost)}`] }];
}

/** `400M × 3 / 4096`: the last formula of a figure with its numbers, or where the figure stands. */
function derived(input: ViewInput, job: Node, name: string): string {
  const answer = input.now.estimate(job, name);
  const last = isMissing(answer) ? undefined : answer.steps.at(-1);
  if (isMissing(answer) || !last?.formula) return last?.from === 'given' ? 'as written' : (last?.source ?? '');
  const values = new Map(answer.steps.map((step) => [key(step.label), step]));
  return last.formula
    .replace(NAMES, (label) => {
      const step = values.get(label);
      if (!step) return label;
      if (label === 'GPU_hours') return `${quantity(step.value / 3600, NUMBER)} GPU-hours`;
      return step.dimension === MONEY_RATE ? `${money(step.value * 3600)}/h` : format(step.value, step.dimension);
    })
    .replaceAll('*', '×');
}

/** Names of rows in a formula, and of functions, which are no rows. */
const NAMES = /[\p{L}_][\p{L}\p{N}_.]*/gu;
