import type { Node } from '../model/design.ts';
import { findingsTable, newsOf } from './findings.ts';
import { emptyModel, ofKind, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { linesOf } from './lines.ts';
import { legendOf, lookOf, partOf } from './part.ts';
import { countsOf, lifecycleSummary } from './lifecycle-summary.ts';
import type { DiagramNode, Group, Severity } from './view.ts';
import { line, list, nameIn, plural, title } from './words.ts';

export const lifecycle: View = {
  id: 'lifecycle',
  title: 'Lifecycle',
  summary: 'The whole system from data to monitoring, with a figure at each part, and where it hurts.',
  empty: 'Nothing to draw yet: declare a source, a model or a serving.',
  subjects: () => [],
  build(input) {
    const bands = bandsOf(input);
    if (bands.length === 0) return emptyModel(lifecycle, input);
    const edges = bands.slice(1).map((band, i) => ({ from: [bands[i]!.id], to: [band.id], line: 'arrow' as const }));
    const nodes = bands.flatMap((band) => band.nodes);
    return viewModel(lifecycle, input, {
      description: descriptionOf(input, bands),
      summary: lifecycleSummary(input),
      diagram: { type: 'flowchart', direction: 'TB', groups: bands, nodes: [], edges },
      tables: findingsTable(input.findings, input),
      legend: legendOf(input, nodes),
    });
  },
};

/** In the order in which data becomes an answer; a band with nothing in it is left out. */
function bandsOf(input: ViewInput): readonly Group[] {
  const parts = (...kinds: string[]) => ofKind(input, ...kinds).map((node) => declared(input, node));
  const found = (...kinds: string[]) => parts(...kinds).filter((part) => part.severity !== undefined);
  const [tables, views] = pipelines(input);
  /** a view that has something to show */
  const opened = (view: string) => (ofKind(input, view).length > 0 ? { view } : undefined);
  return [
    band('data', 'Data', opened('features'), [...parts('source'), ...tables]),
    band('features', featuresTitle(input), opened('features'), [
      ...stores(input),
      ...found('entity'),
      ...views,
      ...parts('features', 'index'),
    ]),
    band('training', ofKind(input, 'training').length > 0 ? 'Training' : 'Models', opened('training'), [
      ...parts('training'),
      ...models(input),
      ...parts('registry'),
    ]),
    band('serving', 'Serving', opened('serving'), [
      ...parts('request'),
      ...found('gateway', 'service'),
      ...found('experiment'),
      ...parts('serving'),
      ...found('cluster'),
    ]),
    band('monitoring', 'Monitoring', ofKind(input, 'monitor').length > 0 ? { view: 'drift' } : undefined, [
      ...found('feedback'),
      ...watched(input),
      ...loops(input),
    ]),
  ].filter((b) => b.nodes.length > 0);
}

/** A part with a finding is always shown; of more than nine, eight and how many more there are. */
function band(stage: string, title: string, opens: DiagramNode['opens'], nodes: readonly DiagramNode[]): Group {
  const group = { id: `stage_${stage}`, title, ...(opens ? { opens } : {}) };
  if (nodes.length <= MOST) return { ...group, nodes };
  const shown = new Set(nodes.filter((node) => node.severity !== undefined));
  for (const node of nodes) if (shown.size < MOST - 1) shown.add(node);
  const rest = nodes.filter((node) => !shown.has(node));
  if (rest.length === 0) return { ...group, nodes };
  const names = rest.slice(0, 2).map((node) => node.lines[0]!);
  const more: DiagramNode = {
    id: `more_${stage}`,
    lines: [`${rest.length} more`, line(names.join(', '), rest.length > 2 ? '…' : undefined)],
    shape: 'rounded',
    role: 'outcome',
    ...(opens ? { opens } : {}),
  };
  return { ...group, nodes: [...nodes.filter((node) => shown.has(node)), more] };
}

const MOST = 9;

function declared(input: ViewInput, node: Node): DiagramNode {
  return partOf(input, node, linesOf(input, node), opensOf(input, node));
}

/** The view of a part, where it has something to show. */
function opensOf(input: ViewInput, { kind, name }: Node): DiagramNode['opens'] {
  if (kind === 'request' || kind === 'training' || kind === 'experiment') return { view: kind, subject: name };
  if (kind === 'serving') return { view: kind };
  if (kind === 'cluster') return { view: 'capacity' };
  if (kind === 'monitor') return { view: 'drift' };
  if (kind === 'model') return consistentIn(input, name);
  const data = ['source', 'pipeline', 'featurestore', 'features'].includes(kind);
  return data && ofKind(input, 'features').length > 0 ? { view: 'features' } : undefined;
}

/** A model that is trained and served here is compared on both sides. */
function consistentIn(input: ViewInput, name: string): DiagramNode['opens'] {
  const both = ['training', 'serving'].every((kind) =>
    ofKind(input, kind).some((node) => input.now.references(node, 'model').some((model) => model.name === name)),
  );
  return both ? { view: 'consistency', subject: name } : undefined;
}

/**
 * Beside trainings, the models that they make; one that is only served is what its serving runs, and is not shown again unless
 * something is wrong with it.
 */
function models(input: ViewInput): readonly DiagramNode[] {
  const using = (kind: string) => new Set(ofKind(input, kind).flatMap((node) => input.now.references(node, 'model')));
  const [trained, served] = [using('training'), using('serving')];
  const only = (node: Node) => trained.size > 0 && served.has(node) && !trained.has(node);
  return ofKind(input, 'model')
    .filter((node) => !only(node) || input.severities.has(node.name))
    .map((node) => declared(input, node));
}

/** Those that fill tables of the data lake, and those that make features. */
function pipelines(input: ViewInput): readonly [tables: readonly DiagramNode[], views: readonly DiagramNode[]] {
  const all = ofKind(input, 'pipeline');
  const fillsTable = (node: Node) => input.now.references(node, 'to').some(({ kind }) => kind === 'source');
  const draw = (node: Node) => declared(input, node);
  return [all.filter(fillsTable).map(draw), all.filter((node) => !fillsTable(node)).map(draw)];
}

/** The title names a store; it is a part only where it has a finding, or nothing else is there. */
function stores(input: ViewInput): readonly DiagramNode[] {
  const nodes = ofKind(input, 'featurestore').map((node) => declared(input, node));
  return ofKind(input, 'features').length === 0 ? nodes : nodes.filter((node) => node.severity !== undefined);
}

function featuresTitle(input: ViewInput): string {
  const indexes = ofKind(input, 'index').length;
  if (ofKind(input, 'features', 'featurestore', 'pipeline', 'entity').length === 0)
    return indexes > 1 ? 'Indexes' : 'Index';
  const name = indexes > 0 ? 'Features and index' : 'Features';
  const stores = ofKind(input, 'featurestore');
  if (stores.length === 0) return name;
  return `${name} · ${stores.length === 1 ? title(stores[0]!.name) : plural(stores.length, 'store')}`;
}

/** Monitors by what they watch: `3 monitors`, `FraudScorer`, `drift, auc, p99`. */
function watched(input: ViewInput): readonly DiagramNode[] {
  const groups = new Map<string, Node[]>();
  for (const monitor of ofKind(input, 'monitor')) {
    const name = nameIn(input.now.value(monitor, 'watch')) ?? '';
    groups.set(name, [...(groups.get(name) ?? []), monitor]);
  }
  return [...groups].map(([name, monitors]) => watchNode(input, name, monitors));
}

function watchNode(input: ViewInput, name: string, monitors: readonly Node[]): DiagramNode {
  const first = monitors[0]!;
  const checks = line([...new Set(monitors.map((monitor) => checkOf(input, monitor)))].join(', '));
  const opens = { view: 'drift' };
  if (monitors.length === 1) return partOf(input, first, [title(first.name), line(name), checks], opens);
  const severity = worst(monitors.map((monitor) => input.severities.get(monitor.name)));
  return {
    id: `group_${name}`,
    lines: [plural(monitors.length, 'monitor'), line(name || 'watch nothing yet'), checks],
    shape: lookOf(input, first)[0],
    role: 'monitor',
    target: targetOf(monitors.find(({ name }) => severity && input.severities.get(name) === severity) ?? first),
    opens,
    ...(severity ? { severity } : {}),
  };
}

const worst = (list: readonly (Severity | undefined)[]): Severity | undefined =>
  (['error', 'warning', 'info'] as const).find((severity) => list.includes(severity));

/** What a monitor looks at, in a word. */
function checkOf({ now }: ViewInput, monitor: Node): string {
  const category = now.word(monitor, 'category') ?? '';
  if (category === 'data_quality') return 'quality';
  if (category.endsWith('_drift')) return 'drift';
  return nameIn(now.value(monitor, 'metric'))?.replaceAll('_', ' ') ?? category;
}

/** The trainings that monitors start. The way back is a node: an edge would pull the bands apart. */
function loops(input: ViewInput): readonly DiagramNode[] {
  const monitors = ofKind(input, 'monitor');
  return ofKind(input, 'training').flatMap((training) => {
    const count = monitors.filter((monitor) => starts(input, monitor, training)).length;
    if (count === 0) return [];
    return [
      {
        id: `loop_${training.name}`,
        lines: [
          `↻ ${title(training.name)}`,
          monitors.length === 1 ? '1 monitor' : `${count} of ${monitors.length} monitors`,
          count === 1 ? 'retrains it' : 'retrain it',
        ],
        shape: 'rounded',
        role: 'outcome',
        target: targetOf(training),
        opens: { view: 'training', subject: training.name },
      },
    ];
  });
}

function starts({ now }: ViewInput, monitor: Node, training: Node): boolean {
  const value = now.value(monitor, 'action');
  return value?.form === 'actions' && value.actions.some(({ target }) => target?.name === training.name);
}

/** `2 sources, 3 feature views and 5 monitors. Warning on CardProfile.` */
function descriptionOf(input: ViewInput, bands: readonly Group[]): string {
  const counts = countsOf(input, ofKind(input, 'training').length > 0 ? ['model', 'request'] : ['request']);
  return [`${list(counts.length > 0 ? counts : bands.map((b) => b.title))}.`, ...newsOf(input)].join(' ');
}
