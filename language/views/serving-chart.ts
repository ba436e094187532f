import { isMissing } from '../estimate/estimate.ts';
import { armsOf, arrivalsOf, sharesOf, trafficOf } from '../estimate/load.ts';
import type { Node } from '../model/design.ts';
import { NUMBER, RATE } from '../units/dimension.ts';
import { number } from '../units/format.ts';
import { busy, devices, latencyOf, modelTitle, overloaded } from './figures.ts';
import { arrow, type Frame, flowchartOf, framed, idOf, ROW } from './frame.ts';
import { figureOf, ofKind, type Pair, pairOf, type ViewInput } from './input.ts';
import { linesOf, workload } from './lines.ts';
import { partOf } from './part.ts';
import { flowOf, namesIn } from './request-sequence.ts';
import type { DiagramNode, Edge, Flowchart } from './view.ts';
import {
  bar,
  boundsOf,
  line,
  longest,
  nameOf,
  pairWords,
  quantity,
  share,
  time,
  timeOf,
  title,
  type Words,
} from './words.ts';

/** Requests, experiments, servings by their pattern, and their models under them. */
export function servingChart(input: ViewInput): Flowchart {
  const bands = bandsOf(input);
  const requests = ofKind(input, 'request').map((node) =>
    partOf(input, node, linesOf(input, node), { view: 'request', subject: node.name }),
  );
  const sources = feeding(input).map((node) => partOf(input, node, linesOf(input, node)));
  const experiments = ofKind(input, 'experiment').map((node) => experimentNode(input, node));
  const apart = requests.length + sources.length > ROW && sources.length > 0;
  const frame = (id: string, name: string, nodes: readonly DiagramNode[]): readonly (Frame | DiagramNode)[] =>
    apart && nodes.length > 0 ? [{ id, title: name, nodes, whole: true }] : framed(id, name, nodes);
  const { parts, edges } = stacked(input, bands);
  const entries = [...frame('entry_requests', 'Requests', requests), ...frame('entry_sources', 'Sources', sources)];
  const beneath: readonly Edge[] = apart && requests.length > 0 ? [order(['entry_requests'], ['entry_sources'])] : [];
  return flowchartOf(
    [...entries, ...framed('tests_all', 'Experiments', experiments), ...parts],
    [...beneath, ...calls(input), ...splits(input), ...feeds(input), ...edges],
  );
}

const order = (from: readonly string[], to: readonly string[]): Edge => ({ from, to, line: 'order' });

interface Band extends Frame {
  readonly servings: readonly Node[];
}

const PATTERNS = { online: 'Online', batch: 'Batch', streaming: 'Streaming', embedded: 'Embedded' } as const;

/**
 * Lines enter a band in the middle of its first serving: where they do, a title ends before it.
 */
function bandsOf(input: ViewInput): readonly Band[] {
  const { now } = input;
  const patternOf = (node: Node) => {
    const word = now.word(node, 'pattern') ?? '';
    return Object.hasOwn(PATTERNS, word) ? word : 'online';
  };
  const bands = Object.entries(PATTERNS).flatMap(([pattern, name]) => {
    const servings = ofKind(input, 'serving').filter((node) => patternOf(node) === pattern);
    return servings.length === 0 ? [] : [{ pattern, name, servings }];
  });
  return bands.map(({ pattern, name, servings }, i) => {
    const [runtime, ...others] = new Set(servings.map((node) => nameOf(now, node, 'runtime')));
    const named = i > 0 || servings.length > ROW;
    const nodes = servings.map((node) =>
      servingNode(input, node, named, named || servings.length < ROW ? ' busy' : ''),
    );
    const titled = runtime && others.length === 0 ? `${name} · ${runtime}` : name;
    const fits =
      named || (titled.length <= 15 && nodes[0]!.lines.some((text) => text.startsWith('▰') || text.startsWith('▱')));
    return { id: `band_${pattern}`, title: fits ? titled : name, nodes, servings, ...(named ? { whole: true } : {}) };
  });
}

/**
 * Bands under one another. Under the first stand the models that it runs; the others, and one of more than a row, name models in
 * their servings, for lines to them would cross.
 */
function stacked(
  input: ViewInput,
  bands: readonly Band[],
): { parts: readonly (Frame | DiagramNode)[]; edges: readonly Edge[] } {
  const [first] = bands;
  const drawn = first && !first.whole ? first.servings : [];
  const pairs = drawn.flatMap((serving) =>
    input.now
      .references(serving, 'model')
      .filter((model) => ofKind(input, 'model').includes(model))
      .map((model) => ({ serving, model })),
  );
  const models = [...new Set(pairs.map(({ model }) => model))];
  const levels = bands.map(({ id }) => [id]);
  if (models.length > 0) levels.splice(1, 0, models.map(idOf));
  else if (drawn.length > 0) levels[0] = drawn.map(idOf);
  const below = levels.slice(models.length > 0 ? 2 : 1);
  const above = levels.slice(models.length > 0 ? 1 : 0);
  const [top, ...rest] = bands.map(({ servings: _, ...band }) => band);
  return {
    parts: [...(top ? [top] : []), ...models.map((model) => modelNode(input, model)), ...rest],
    edges: [
      ...pairs.map(({ serving, model }): Edge => ({ from: [idOf(serving)], to: [idOf(model)], line: 'dotted' })),
      ...below.map((level, i) => order(above[i]!, level)),
    ],
  };
}

/** `25M · fp16` */
function modelNode(input: ViewInput, model: Node): DiagramNode {
  const params = input.now.input(model, 'params')?.value;
  const size = params === undefined ? undefined : quantity(params, NUMBER);
  const precision = nameOf(input.now, model, 'precision');
  const what = size || precision ? undefined : nameOf(input.now, model, 'architecture');
  return partOf(input, model, [modelTitle(input, model), line(size, precision, what)]);
}

/** `16 × L4 · 10.8k/s`, then the latency of its budget, or both of a generated answer, and how busy it is. */
function servingNode(input: ViewInput, node: Node, named: boolean, noun: string): DiagramNode {
  const model = named ? input.now.reference(node, 'model') : undefined;
  const what = line(devices(input, node), named ? busy(input, node) : loadWords(input, node));
  const times = latencyLines(input, node);
  const last = named ? [] : [busyBar(input, node, noun)];
  const lines = [title(node.name), ...(model ? [modelTitle(input, model)] : []), what, ...times, ...last];
  return partOf(input, node, lines.filter((text) => text !== '').slice(0, 4));
}

export function loadWords(input: ViewInput, node: Node): Words {
  const pair: Pair = { now: loadOf(input.now, node), base: loadOf(input.base, node) };
  return pairWords(pair, (value) => quantity(value, RATE));
}

/** Requests a second: what is written, or what flows, a source or a schedule bring. */
function loadOf(context: ViewInput['base'], node: Node): number | undefined {
  if (!context) return undefined;
  const own = trafficOf(context, node);
  if (own !== undefined) return own;
  const answer = context.estimate(node, 'serving.utilization');
  return isMissing(answer) ? undefined : answer.steps.find(({ label }) => label === 'traffic')?.value;
}

function latencyLines(input: ViewInput, node: Node): readonly string[] {
  const generated = ['ttft', 'tpot'].map((metric) => line(metricWords(input, node, metric)));
  const full = overloaded(input, node).length > 0;
  if (!full && generated.every((words) => words !== '')) return generated;
  const batch = input.now.word(node, 'pattern') === 'batch';
  return [line((batch ? workload(input, node) : undefined) ?? latencyOf(input, node) ?? workload(input, node))];
}

/** `ttft p95 0.9 of 2 s` */
function metricWords(input: ViewInput, node: Node, metric: string): Words {
  const limit = boundsOf(input.now, node).find(({ condition }) => condition.metric === metric);
  const name = limit?.metric ?? `${metric} p95`;
  const pair = pairOf(input, node, limit?.quantity ?? `serving.${metric}_p95`);
  return pairWords(pair, (value) => `${name} ${limit ? timeOf(value, limit) : time(value)}`);
}

/** `▰▰▰▱▱▱▱▱▱▱ 34% busy`; three such bars in a row are too wide with the noun. */
function busyBar(input: ViewInput, node: Node, noun: string): string {
  const part = figureOf(input.now, node, 'serving.utilization');
  return part === undefined ? '' : `${bar(part)} ${share(part)}${noun}`;
}

/** `A/B test by Card` */
function experimentNode(input: ViewInput, node: Node): DiagramNode {
  const unit = nameOf(input.now, node, 'unit');
  return partOf(input, node, [title(node.name), line([`A/B test${unit ? ` by ${unit}` : ''}`, 'A/B test'])]);
}

/** What requests call: a serving, or the experiment that splits it. */
function calls(input: ViewInput): readonly Edge[] {
  return ofKind(input, 'request').flatMap((request) =>
    namesIn(flowOf(request)).flatMap((name) => {
      const node = input.design.lookup(name);
      if (node?.kind !== 'serving') return [];
      const split = armsOf(input.now, node, request).length > 1;
      const experiment = split && ofKind(input, 'experiment').find((e) => input.now.reference(e, 'control') === node);
      if (experiment) return [arrow([idOf(request)], [idOf(experiment)])];
      return [arrow([idOf(request)], [idOf(node)], callLabel(input, node, request))];
    }),
  );
}

/** `5%`, `3 times` or `50 items`, where it is not one plain call. */
function callLabel(input: ViewInput, node: Node, request: Node): string | undefined {
  const arrival = arrivalsOf(input.now, node).find((a) => a.request === request);
  if (!arrival || arrival.calls <= 0) return undefined;
  if (arrival.calls < 1 - 1e-9) return share(arrival.calls);
  if (arrival.calls > 1 + 1e-9) return `${number(arrival.calls, 'short')} times`;
  return arrival.rows > 1 ? `${number(arrival.rows, 'short')} items` : undefined;
}

function splits(input: ViewInput): readonly Edge[] {
  return ofKind(input, 'experiment').flatMap((experiment) => {
    const shares = sharesOf(input.now, experiment);
    return (['control', 'treatment'] as const).flatMap((arm) => {
      const node = input.now.reference(experiment, arm);
      return node?.kind === 'serving' ? [arrow([idOf(experiment)], [idOf(node)], share(shares[arm]))] : [];
    });
  });
}

/** Sources whose records are scored as they come. */
const sourcesOf = ({ now }: ViewInput, serving: Node): readonly Node[] =>
  now.references(serving, 'source').filter(({ kind }) => kind === 'source');

const feeding = (input: ViewInput): readonly Node[] => [
  ...new Set(ofKind(input, 'serving').flatMap((node) => sourcesOf(input, node))),
];

const feeds = (input: ViewInput): readonly Edge[] =>
  ofKind(input, 'serving').flatMap((node) =>
    sourcesOf(input, node).map((source) => arrow([idOf(source)], [idOf(node)])),
  );

export const p99Words = (input: ViewInput, node: Node): string =>
  longest(pairWords(pairOf(input, node, 'serving.latency_p99'), (value) => time(value)));
