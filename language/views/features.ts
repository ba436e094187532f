import type { Node } from '../model/design.ts';
import { BYTES, NUMBER, RATE } from '../units/dimension.ts';
import { format } from '../units/format.ts';
import { columnsOf, featureTitle } from './figures.ts';
import { originsOf, type Reader, readersOf } from './features-flow.ts';
import { isOnDemand, pairOver, readsWords, storeGroup, storeOf, viewNode } from './features-store.ts';
import { findingsTable, newsOf } from './findings.ts';
import { arrow, type Frame, flowchartOf, framed, idOf, nodesOf, ROW } from './frame.ts';
import { emptyModel, ofKind, pairOf, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { freshness, storeFill } from './lines.ts';
import { legendOf } from './part.ts';
import type { DiagramNode, Edge, Flowchart, Table, TextPart } from './view.ts';
import { longest, nameOf, pairWords, plural, quantity, time, type Words } from './words.ts';

export const features: View = {
  id: 'features',
  title: 'Features',
  summary: 'Raw data on its way through pipelines to the offline and the online store, with freshness, size and reads.',
  empty: 'No features are declared. A features block names its entity, type and schema.',
  subjects: () => [],
  build(input) {
    const views = ofKind(input, 'features');
    if (views.length === 0) return emptyModel(features, input);
    const diagram = draw(input, views);
    const nodes = nodesOf(diagram);
    const names = [
      ...ofKind(input, 'featurestore').map(({ name }) => name),
      ...nodes.map(({ target }) => target?.name),
    ];
    const shown = input.findings.filter(({ subject }) => subject !== null && names.includes(subject));
    return viewModel(features, input, {
      description: descriptionOf(input, views, names),
      summary: summaryOf(input, views),
      diagram,
      tables: [...findingsTable(shown, input), tableOf(input, views)],
      legend: legendOf(input, nodes),
    });
  },
};

/** Views on demand stand beside the store, and what has no store leads to its readers. */
function draw(input: ViewInput, views: readonly Node[]): Flowchart {
  const onDemand = views.filter((view) => isOnDemand(input, view));
  const filled = views.filter((view) => !onDemand.includes(view));
  const few = filled.length <= ROW;
  const origins = originsOf(input, views, few);
  const readers = readersOf(input, views);
  const stores = ofKind(input, 'featurestore').map((store) => storeGroup(input, store, views));
  const computed = onDemand.map((view) => viewNode(input, view, true));
  const loose = filled.filter((view) => !isStored(input, view)).length;
  const most = stores.length + computed.length + loose > 1 ? 1 : ROW;
  const beside = together('views_on_demand', 'On demand', computed, stores.length > 0 ? 1 : ROW);
  const [trained, served] = readersApart(readers, most);
  const parts = [
    ...framed('sources_all', 'Sources', origins.sources),
    ...framed('pipelines_all', 'Pipelines', origins.pipelines),
    ...together(
      'views_stored',
      'Feature views',
      filled.map((view) => viewNode(input, view, few)),
      ROW,
    ),
    ...stores,
    ...beside,
    ...trained,
    ...served,
  ];
  return flowchartOf(parts, [
    ...origins.edges,
    ...edgesOf(input, views, readers),
    ...inOrder(stores, beside, trained, served),
  ]);
}

type Parts = readonly (Frame | DiagramNode)[];

/** Parts as nodes, or in a frame with their edges where there are more than `most`. */
const together = (id: string, title: string, nodes: readonly DiagramNode[], most: number): Parts =>
  nodes.length <= most ? nodes : [{ id, title, nodes, whole: true }];

/** Where several ends lead to them, readers of a kind share the lines: one from each end to each of them would cross. */
function readersApart(readers: readonly Reader[], most: number): readonly [trained: Parts, served: Parts] {
  const [trained, served] = ['training', 'other'].map((kind) =>
    readers.map(({ node }) => node).filter(({ role }) => (role === 'training') === (kind === 'training')),
  ) as [DiagramNode[], DiagramNode[]];
  const limit = readers.length > ROW ? 1 : most;
  return [
    together('readers_training', 'Training', trained, limit),
    together('readers_serving', 'Serving', served, limit),
  ];
}

/** What does not fit side by side stands one under another, each just above what it leads to. */
function inOrder(stores: Parts, beside: Parts, trained: Parts, served: Parts): readonly Edge[] {
  const wide = (parts: Parts) => parts.reduce((sum, p) => sum + ('nodes' in p ? Math.min(ROW, p.nodes.length) : 1), 0);
  const apart = beside.filter((part) => 'nodes' in part);
  if (stores.length < 2 && apart.length === 0 && wide([...trained, ...served]) <= ROW) return [];
  const levels = [...stores.map((store) => [store]), trained, apart, served].filter((level) => level.length > 0);
  const ids = (level: Parts) => level.map(({ id }) => id);
  return levels.slice(1).map((level, i) => ({ from: ids(levels[i]!), to: ids(level), line: 'order' }));
}

function isStored(input: ViewInput, view: Node): boolean {
  const store = storeOf(input, view);
  return !isOnDemand(input, view) && store !== undefined && ofKind(input, 'featurestore').includes(store);
}

function edgesOf(input: ViewInput, views: readonly Node[], readers: readonly Reader[]): readonly Edge[] {
  const stored = (view: Node) => isStored(input, view);
  const writes = ofKind(input, 'featurestore').map((store) =>
    arrow(views.filter((view) => stored(view) && storeOf(input, view) === store).map(idOf), [idOf(store)]),
  );
  const reads = readers.flatMap(({ node, views: read, offline }) => [
    ...[...new Set(read.filter(stored).map((view) => idOf(storeOf(input, view)!)))].map((store) =>
      arrow([store], [node.id], offline ? 'offline' : 'online'),
    ),
    ...read
      .filter((view) => !stored(view) && !(offline && isOnDemand(input, view)))
      .map((view) => arrow([idOf(view)], [node.id])),
  ]);
  return [...writes.filter(({ from }) => from.length > 0), ...reads];
}

/** `3 views, 8 columns · online 103 of 416 GB · 24k reads/s` */
function summaryOf(input: ViewInput, views: readonly Node[]): readonly TextPart[] {
  const strong = (text: Words): TextPart => ({ text: longest(text), strong: true });
  const columns = views.reduce((sum, view) => sum + (columnsOf(view) ?? 0), 0);
  const stores = ofKind(input, 'featurestore');
  const [bytes] = stores.length === 1 ? storeFill(input, stores[0]!) : [];
  const stored = views.filter((view) => storeOf(input, view));
  const reads = pairWords(
    pairOver(input, stored, 'features.reads_per_second', (a, b) => a + b),
    (value) => readsWords(value),
  );
  return [
    strong(plural(views.length, 'view')),
    ...(columns > 0 ? [{ text: `, ${plural(columns, 'column')}` }] : []),
    ...(bytes === undefined ? [] : [{ text: ' · online ' }, strong(bytes)]),
    ...(reads === undefined ? [] : [{ text: ' · ' }, strong(reads)]),
  ];
}

function descriptionOf(input: ViewInput, views: readonly Node[], names: readonly (string | undefined)[]): string {
  const computed = views.filter((view) => isOnDemand(input, view)).length;
  const kept = views.length - computed;
  const what = [
    ...(kept > 0 ? [plural(kept, 'feature view')] : []),
    ...(computed > 0 ? [`${kept > 0 ? format(computed, NUMBER) : plural(computed, 'view')} computed on demand`] : []),
  ].join(' and ');
  const stores = ofKind(input, 'featurestore').flatMap((store) => {
    const [bytes] = storeFill(input, store);
    return bytes === undefined ? [] : [`${nameOf(input.now, store, 'online') ?? store.name} holds ${longest(bytes)}.`];
  });
  return [`${what}.`, ...stores, ...newsOf(input, names)].join(' ');
}

function tableOf(input: ViewInput, views: readonly Node[]): Table {
  const numeric = true as const;
  const columns = ['freshness', 'a key', 'one copy', 'reads/s', 'p99'].map((title) => ({ title, numeric }));
  return {
    title: '',
    columns: [{ title: 'View' }, ...columns],
    rows: views.map((view) => {
      const cell = (name: string, words: (value: number) => string) =>
        longest(pairWords(pairOf(input, view, `features.${name}`), words)) || '–';
      const bytes = (value: number) => quantity(value, BYTES);
      const severity = input.severities.get(view.name);
      return {
        cells: [
          featureTitle(input, view),
          isOnDemand(input, view) ? 'computed' : longest(freshness(input, view)).replace(/^fresh /, '') || '–',
          isOnDemand(input, view) ? '–' : cell('bytes_per_key', bytes),
          cell('online_bytes', bytes),
          cell('reads_per_second', (value) => quantity(value, RATE).replace(/\/s$/, '')),
          cell('latency_p99', (value) => time(value)),
        ],
        ...(severity ? { severity } : {}),
        target: targetOf(view),
      };
    }),
  };
}
