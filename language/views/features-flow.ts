import { arrivalsOf, trafficOf } from '../estimate/load.ts';
import type { Node } from '../model/design.ts';
import { NUMBER, RATE } from '../units/dimension.ts';
import { arrow, idOf } from './frame.ts';
import { ofKind, targetOf, type ViewInput } from './input.ts';
import { linesOf } from './lines.ts';
import { partOf } from './part.ts';
import type { DiagramNode, Edge } from './view.ts';
import { line, nameOf, pairWords, plural, quantity, title, type Words, written } from './words.ts';

/** Where the data of some feature views comes from. */
export interface Origins {
  readonly sources: readonly DiagramNode[];
  readonly pipelines: readonly DiagramNode[];
  readonly edges: readonly Edge[];
}

/**
 * The sources of some views and the one pipeline to each: a declared one, or else the view's own `tech`. `own`: whether the
 * latter is drawn, or left to the view's own lines.
 */
export function originsOf(input: ViewInput, views: readonly Node[], own: boolean): Origins {
  const pipelines = new Map<string, DiagramNode>();
  const edges: Edge[] = [];
  const reached = new Set(views);
  for (const node of reached) {
    const fillers = ofKind(input, 'pipeline').filter((p) => input.now.references(p, 'to').includes(node));
    const direct = fillers.length > 0 ? [] : input.now.references(node, 'source');
    const job = own && fillers.length === 0 ? ownPipeline(input, node) : undefined;
    if (job) pipelines.set(job.id, job);
    for (const source of direct) edges.push(arrow([idOf(source)], [job?.id ?? idOf(node)]));
    if (job) edges.push(arrow([job.id], [idOf(node)]));
    for (const filler of fillers) {
      const from = input.now.references(filler, 'from');
      if (!pipelines.has(idOf(filler))) for (const origin of from) edges.push(arrow([idOf(origin)], [idOf(filler)]));
      pipelines.set(idOf(filler), partOf(input, filler, linesOf(input, filler)));
      edges.push(arrow([idOf(filler)], [idOf(node)]));
      for (const origin of from) reached.add(origin);
    }
    for (const source of direct) reached.add(source);
  }
  const sources = [...reached].filter(({ kind }) => kind === 'source');
  return { sources: sources.map((node) => source(input, node)), pipelines: [...pipelines.values()], edges };
}

/** `Kafka · 6k/s`, `7.2 MB/s` */
function source(input: ViewInput, node: Node): DiagramNode {
  const [name = '', what = ''] = linesOf(input, node);
  const [tech, ...rest] = what.split(' · ');
  const flow = rest.filter((part) => part.includes('B/'));
  const rate = rest.filter((part) => !flow.includes(part));
  return partOf(input, node, [name, line(tech, ...rate), line(...flow)]);
}

/** The pipeline that a view is itself, by its `tech`. */
function ownPipeline(input: ViewInput, view: Node): DiagramNode | undefined {
  const { now } = input;
  const tech = nameOf(now, view, 'tech');
  if (tech === undefined || view.kind !== 'features' || now.word(view, 'type') === 'on_demand') return undefined;
  const every = written(now, view, 'every')?.text;
  return {
    id: `own_${view.name}`,
    lines: [title(tech), every ? `every ${every}` : (now.word(view, 'type') ?? 'pipeline')],
    shape: 'lean-r',
    role: 'pipeline',
    target: targetOf(view),
  };
}

/** Who reads some feature views. */
export interface Reader {
  readonly node: DiagramNode;
  readonly views: readonly Node[];
  /** reads history, to train */
  readonly offline: boolean;
}

/** Trainings, servings by their models, and requests that read views which no serving does. */
export function readersOf(input: ViewInput, views: readonly Node[]): readonly Reader[] {
  const { now } = input;
  const readers = ofKind(input, 'training', 'serving').flatMap((node) => {
    const read = readsOf(input, node).filter((view) => views.includes(view));
    const offline = node.kind === 'training' || now.word(node, 'pattern') === 'batch';
    if (read.length === 0 || controlOf(input, node)) return [];
    return [{ node: reader(input, node, read), views: read, offline }];
  });
  const served = new Set(readers.filter(({ node }) => node.role === 'serving').flatMap((r) => r.views));
  const requests = ofKind(input, 'request').flatMap((node) => {
    const read = views.filter((v) => !served.has(v) && arrivalsOf(now, v).some(({ request }) => request === node));
    return read.length > 0 ? [{ node: reader(input, node, read), views: read, offline: false }] : [];
  });
  return [...readers, ...requests];
}

/** The control that stands for a treatment, where both read the same. */
function controlOf(input: ViewInput, node: Node): Node | undefined {
  const read = (serving: Node) => readsOf(input, serving).map(idOf).toSorted().join();
  return ofKind(input, 'experiment')
    .filter((experiment) => input.now.reference(experiment, 'treatment') === node)
    .map((experiment) => input.now.reference(experiment, 'control'))
    .find((c) => c?.kind === 'serving' && c !== node && read(c) === read(node));
}

/** The views of a training or of a model, in the order written. */
export function readsOf({ now }: ViewInput, node: Node): readonly Node[] {
  const own = now.references(node, 'features');
  const views =
    own.length > 0 ? own : now.references(node, 'model').flatMap((model) => now.references(model, 'features'));
  return [...new Set(views)].filter(({ kind }) => kind === 'features');
}

function reader(input: ViewInput, node: Node, views: readonly Node[]): DiagramNode {
  const count = plural(views.length, 'view');
  const opens = { view: node.kind, ...(node.kind === 'serving' ? {} : { subject: node.name }) };
  const arms = ofKind(input, 'serving').filter((arm) => arm === node || controlOf(input, arm) === node);
  const shown = line(count, arms.length > 1 ? 'A/B' : undefined);
  const all = node.kind === 'serving' ? arms : [node];
  if (node.kind !== 'training') return partOf(input, node, [title(node.name), line(rows(input, all)), shown], opens);
  const examples = input.now.given(node, 'examples')?.value;
  const join = input.now.word(node, 'join')?.replaceAll('_', ' ');
  return partOf(
    input,
    node,
    [title(node.name), examples === undefined ? '' : `${quantity(examples, NUMBER)} rows`, line(join ?? count)],
    opens,
  );
}

/** `12k rows/s`: what its requests make it read of each view. */
function rows(input: ViewInput, nodes: readonly Node[]): Words {
  const read = (context: NonNullable<ViewInput['base']>, node: Node): number | undefined => {
    const all = arrivalsOf(context, node);
    if (node.kind === 'request' || all.length === 0) return trafficOf(context, node);
    return all.reduce((total, a) => total + a.traffic.value * a.calls * a.rows, 0);
  };
  const sum = (context: ViewInput['base']): number | undefined => {
    const known = nodes.flatMap((node) => (context && read(context, node)) ?? []);
    return known.length > 0 ? known.reduce((a, b) => a + b) : undefined;
  };
  return pairWords({ now: sum(input.now), base: sum(input.base) }, (value) =>
    quantity(value, RATE).replace(/\/(\w+)$/, ' rows/$1'),
  );
}
