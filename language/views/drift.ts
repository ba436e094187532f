import { isMissing } from '../estimate/estimate.ts';
import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { actionWords, actionsOf, measure, thresholds } from './drift-words.ts';
import { columnsOf, featureTitle } from './figures.ts';
import { findingsTable, newsOf } from './findings.ts';
import { flowchartOf, nodesOf } from './frame.ts';
import { emptyModel, ofKind, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { shorten } from './label.ts';
import { legendOf, partOf } from './part.ts';
import { readsOf } from './features-flow.ts';
import type { DiagramNode, Flowchart, Group, Table, TextPart } from './view.ts';
import { line, list, plural, quantity, title, type Words, written } from './words.ts';

export const drift: View = {
  id: 'drift',
  title: 'Drift',
  summary: 'What is watched, by which measure and threshold, what happens then, and what nobody watches.',
  empty: 'Nothing is watched yet. A monitor names what it watches and a category.',
  subjects: () => [],
  build(input) {
    const watched = watchedOf(input);
    if (watched.length === 0) return emptyModel(drift, input);
    const missed = unwatched(input);
    const diagram = chart(input, watched, missed);
    const nodes = nodesOf(diagram);
    const names = [...ofKind(input, 'monitor'), ...missed].map(({ name }) => name);
    return viewModel(drift, input, {
      description: descriptionOf(input, watched, missed, names),
      summary: summaryOf(input, watched, missed),
      diagram,
      tables: [
        ...findingsTable(
          input.findings.filter(
            ({ rule, subject }) =>
              names.includes(subject ?? '') && (rule.startsWith('monitor/') || isMonitor(input, subject)),
          ),
          input,
        ),
        ...tablesOf(input, watched, missed),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

const isMonitor = (input: ViewInput, name: string | null) =>
  ofKind(input, 'monitor').some((node) => node.name === name);

/** What monitors watch, in the order of the text; `null` for those that name nothing yet. */
interface Watched {
  readonly part: Node | null;
  readonly monitors: readonly Node[];
}

function watchedOf(input: ViewInput): readonly Watched[] {
  const groups = new Map<Node | null, Node[]>();
  for (const monitor of ofKind(input, 'monitor')) {
    const part = input.now.references(monitor, 'watch')[0] ?? null;
    groups.set(part, [...(groups.get(part) ?? []), monitor]);
  }
  return [...groups].map(([part, monitors]) => ({ part, monitors }));
}

/** Servings, and the features of their models, that no monitor watches. */
function unwatched(input: ViewInput): readonly Node[] {
  const seen = new Set(ofKind(input, 'monitor').flatMap((monitor) => input.now.references(monitor, 'watch')));
  const servings = ofKind(input, 'serving');
  const used = [...servings.flatMap((serving) => readsOf(input, serving)), ...servings];
  return [...new Set(used)].filter((node) => !seen.has(node) && input.nodes.includes(node));
}

/** A band for each watched part, and one for what nobody watches; edges that are not drawn hold their order. */
function chart(input: ViewInput, watched: readonly Watched[], missed: readonly Node[]): Flowchart {
  const bands: Group[] = watched.map(({ part, monitors }) => ({
    id: part ? `watch_${part.kind}_${part.name}` : 'watch_nothing',
    title: bandTitle(input, part, monitors),
    nodes: monitors.map((monitor) => monitorNode(input, monitor)),
    ...(part ? { target: targetOf(part) } : {}),
  }));
  if (missed.length > 0)
    bands.push({ id: 'unwatched_parts', title: 'Not watched', nodes: missed.map((node) => missedNode(input, node)) });
  const order = bands.slice(1).map((band, i) => ({ from: [bands[i]!.id], to: [band.id], line: 'order' as const }));
  return flowchartOf(
    bands.map((band) => ({ ...band, whole: true as const })),
    order,
  );
}

/** `CardVelocity v4 · 2 monitors`: a frame around one node is no wider than that. */
function bandTitle(input: ViewInput, part: Node | null, monitors: readonly Node[]): string {
  const name = part ? nameOf(input, part) : 'Nothing named';
  const whole = `${name} · ${plural(monitors.length, 'monitor')}`;
  return monitors.length > 1 ? whole : line([whole, name]);
}

const nameOf = (input: ViewInput, part: Node): string =>
  part.kind === 'features' ? featureTitle(input, part) : shorten(part.name, 24);

/** Name, what is measured over which time, the thresholds, what happens: `→ retrain`. */
function monitorNode(input: ViewInput, monitor: Node): DiagramNode {
  const actions = actionsOf(input, monitor);
  const trained = actions.find(({ target }) => target)?.target;
  const job = trained && ofKind(input, 'training').find(({ name }) => name === trained);
  return partOf(
    input,
    monitor,
    [
      title(monitor.name),
      line(measure(input, monitor)),
      line(...windowAlone(input, monitor), ...thresholds(input, monitor)),
      line([`→ ${actionWords(actions)}`, `→ ${actions[0]!.name}`]),
    ],
    job ? { view: 'training', subject: job.name } : undefined,
  );
}

/** `in 1 d`, where it did not fit behind the measure. */
function windowAlone(input: ViewInput, monitor: Node): readonly Words[] {
  const window = written(input.now, monitor, 'window')?.text;
  const [whole = ''] = [measure(input, monitor)].flat();
  return window && line(measure(input, monitor)) !== whole ? [`in ${window}`] : [];
}

function missedNode(input: ViewInput, node: Node): DiagramNode {
  const part = partOf(input, node, [nameOf(input, node), line(use(input, node))]);
  return { ...part, severity: part.severity ?? 'info' };
}

/** `used by FraudNet`, `serves FraudNet` */
function use(input: ViewInput, node: Node): Words {
  const model = input.now.reference(node, 'model')?.name;
  if (node.kind === 'serving') return model ? [`serves ${model}`, 'a serving'] : 'a serving';
  const users = ofKind(input, 'model').filter((m) => input.now.references(m, 'features').includes(node));
  const columns = columnsOf(node);
  if (users.length === 0) return columns === undefined ? undefined : plural(columns, 'column');
  return users.length === 1 ? [`used by ${users[0]!.name}`, 'used by a model'] : `used by ${users.length} models`;
}

/** `5 monitors watch 2 parts · 3 of them start a training · not watched: CardProfile` */
function summaryOf(input: ViewInput, watched: readonly Watched[], missed: readonly Node[]): readonly TextPart[] {
  const monitors = watched.flatMap((w) => w.monitors);
  const parts = watched.filter(({ part }) => part).length;
  const starting = monitors.filter((m) => actionsOf(input, m).some(({ name }) => name === 'retrain')).length;
  const retrain =
    starting === 0 ? 'none starts a training' : `${starting} ${starting === 1 ? 'starts' : 'start'} a training`;
  return [
    { text: plural(monitors.length, 'monitor'), strong: true },
    { text: ` on ${plural(parts, 'part')} · ${retrain}` },
    ...(missed.length > 0 ? [{ text: ' · ' }, { text: `${missed.length} not watched`, strong: true as const }] : []),
  ];
}

function descriptionOf(
  input: ViewInput,
  watched: readonly Watched[],
  missed: readonly Node[],
  names: readonly string[],
): string {
  const said = watched.map(
    ({ part, monitors }) => `${plural(monitors.length, 'monitor')} on ${part?.name ?? 'nothing yet'}`,
  );
  const none = missed.length === 0 ? [] : [`Nobody watches ${list(missed.map(({ name }) => name))}.`];
  return [`${list(said)}.`, ...none, ...newsOf(input, names)].join(' ');
}

/** Every monitor with its thresholds and what it does, by what it watches; then what nobody watches. */
function tablesOf(input: ViewInput, watched: readonly Watched[], missed: readonly Node[]): readonly Table[] {
  const columns = ['Monitor', 'measure', 'thresholds', 'then'].map((text) => ({ title: text }));
  const tables = watched.map(({ part, monitors }) => ({
    title: bandTitle(input, part, monitors),
    columns,
    rows: monitors.map((monitor) => monitorRow(input, monitor)),
  }));
  const lost = missed.map((node) => ({
    cells: [node.name, [use(input, node)].flat()[0] ?? ''],
    target: targetOf(node),
  }));
  return [
    ...tables,
    ...(lost.length > 0
      ? [{ title: 'Not watched', columns: [{ title: 'Part' }, { title: 'What it is' }], rows: lost }]
      : []),
  ];
}

/** A figure is not parted from its unit. */
const whole = (text: string): string => text.replace(/(?<=\d) (?=\p{L})/gu, '\u00a0');

function monitorRow(input: ViewInput, monitor: Node): Table['rows'][number] {
  const severity = input.severities.get(monitor.name);
  const limits = thresholds(input, monitor).flatMap((words) => [words].flat()[0] ?? []);
  const least = sample(input, monitor);
  const then = actionWords(actionsOf(input, monitor), ofKind(input, 'training').length > 1);
  return {
    cells: [
      monitor.name,
      whole([measure(input, monitor)].flat()[0] ?? ''),
      whole([...limits, ...least].join(', ')),
      then,
    ],
    ...(severity ? { severity } : {}),
    target: targetOf(monitor),
  };
}

/** The rows under which the threshold of a drift test is noise. */
function sample(input: ViewInput, monitor: Node): readonly string[] {
  if (!input.now.word(monitor, 'test')) return [];
  const answer = input.now.estimate(monitor, 'monitor.min_sample');
  return isMissing(answer) ? [] : [`needs ${quantity(answer.value, NUMBER)} rows`];
}
