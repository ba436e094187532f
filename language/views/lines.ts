import { sharesOf } from '../estimate/load.ts';
import type { Node } from '../model/design.ts';
import { BANDWIDTH, BYTES, NUMBER } from '../units/dimension.ts';
import { number } from '../units/format.ts';
import { TIME_UNITS } from '../units/literal.ts';
import {
  armShare,
  busy,
  columnsOf,
  devices,
  featureTitle,
  latencyOf,
  modelTitle,
  ownLatency,
  poolWords,
  runTime,
} from './figures.ts';
import { ofKind, pairOf, type ViewInput } from './input.ts';
import {
  bytesOf,
  changed,
  line,
  nameOf,
  pairWords,
  plural,
  quantity,
  share,
  time,
  timeOf,
  title,
  type Words,
  written,
} from './words.ts';

/** What stands on a declaration's node: its name, what it is, and its figure against its bound. */
export function linesOf(input: ViewInput, node: Node): readonly string[] {
  return (LINES[node.kind] ?? other)(input, node);
}

type LinesOf = (input: ViewInput, node: Node) => readonly string[];

const LINES: Readonly<Record<string, LinesOf>> = {
  source,
  entity: (input, node) => [title(node.name), line(tailed(writtenWords(input, node, 'keys'), ' keys'))],
  pipeline,
  featurestore,
  features,
  index,
  model,
  training,
  registry,
  request,
  serving,
  gateway: (input, node) => [
    title(node.name),
    line(nameOf(input.now, node, 'tech'), nameOf(input.now, node, 'auth')),
    line(prefixed('limit ', writtenWords(input, node, 'rate_limit'))),
  ],
  service,
  experiment,
  cluster: (input, node) => [title(node.name), poolWords(input, node, 'pool')],
};

const other: LinesOf = (_, node) => [title(node.name)];

/** A property as written, with what it was in a scenario that changes it. */
export function writtenWords({ now, base }: ViewInput, node: Node, path: string): Words {
  return changed(written(now, node, path)?.text, written(base, node, path)?.text);
}

const prefixed = (before: string, words: Words): Words => mapped(words, (text) => `${before}${text}`);
const tailed = (words: Words, after: string): Words => mapped(words, (text) => `${text}${after}`);
const mapped = (words: Words, change: (text: string) => string): Words =>
  typeof words === 'string' ? change(words) : words?.map(change);

function source(input: ViewInput, node: Node): readonly string[] {
  const { now } = input;
  const rate = node.properties.has('rate') ? 'rate' : 'records';
  const flow = pairWords(pairOf(input, node, 'source.bytes_per_second'), (value) => perTime(input, node, rate, value));
  const kept = pairOf(input, node, 'source.retained_bytes').now;
  const [retention, delay, every] = ['retention', 'delay', 'every'].map((path) => written(now, node, path)?.text);
  const stream = now.word(node, 'type') !== 'batch';
  const labels = ofKind(input, 'training').some((t) => now.references(t, 'labels').includes(node));
  const held = kept === undefined ? undefined : quantity(kept, BYTES);
  const last = line(
    retention ? (held ? `${held} kept ${retention}` : `kept ${retention}`) : held,
    delay && (labels ? `label after ${delay}` : `${delay} late`),
    every && `every ${every}`,
  );
  return [
    title(node.name),
    line(nameOf(now, node, 'tech'), writtenWords(input, node, rate), stream ? flow : undefined),
    last || (stream ? '' : line(flow)),
  ];
}

/** Bytes in the time of the rate that is written: `12 GB/d` for `2M/d`, else a second. */
function perTime({ now }: ViewInput, node: Node, path: string, value: number): string {
  const unit = /\/([a-z]+)$/.exec(written(now, node, path)?.text ?? '')?.[1];
  const seconds = unit && TIME_UNITS[unit];
  return seconds && unit !== 's' ? `${quantity(value * seconds, BYTES)}/${unit}` : quantity(value, BANDWIDTH);
}

function pipeline(input: ViewInput, node: Node): readonly string[] {
  const every = written(input.now, node, 'every')?.text;
  const lag = pairWords(pairOf(input, node, 'pipeline.lag'), (value) => `lag ${time(value)}`);
  const to = input.now.references(node, 'to').map(({ name }) => name);
  const goal = to.length === 0 ? undefined : to.length === 1 ? `to ${to[0]}` : `to ${to.length} parts`;
  return [title(node.name), line(nameOf(input.now, node, 'tech'), every && `every ${every}`), line(lag ?? goal)];
}

function featurestore(input: ViewInput, node: Node): readonly string[] {
  return [
    title(node.name),
    line(nameOf(input.now, node, 'tech'), nameOf(input.now, node, 'online')),
    line(...storeFill(input, node)),
  ];
}

/** `103 of 416 GB` and `25%` of the online store. */
export function storeFill(input: ViewInput, node: Node): readonly [bytes: Words, full: Words] {
  const nodes = input.now.input(node, 'nodes')?.value;
  const memory = input.now.input(node, 'memory')?.value;
  const used = pairOf(input, node, 'featurestore.online_bytes');
  const whole = nodes !== undefined && memory !== undefined ? nodes * memory : undefined;
  const full = pairOf(input, node, 'featurestore.memory_utilization').now;
  return [
    pairWords(used, (value) => (whole ? bytesOf(value, whole) : quantity(value, BYTES))),
    full === undefined ? undefined : share(full),
  ];
}

function features(input: ViewInput, node: Node): readonly string[] {
  const { now } = input;
  const type = now.word(node, 'type');
  const columns = columnsOf(node);
  const how = nameOf(now, node, 'tech') ?? type?.replaceAll('_', ' ');
  return [
    featureTitle(input, node),
    line(how, columns === undefined ? undefined : plural(columns, 'column')),
    line(type === 'on_demand' ? latencyWords(input, node) : freshness(input, node)),
  ];
}

/** `fresh 24 of 36 h`: what the pipeline reaches, of what is promised. */
export function freshness(input: ViewInput, node: Node): Words {
  const reached = pairOf(input, node, 'features.freshness');
  const promised = written(input.now, node, 'freshness');
  if (promised && (reached.now === undefined || reached.now === promised.value)) return `fresh ${promised.text}`;
  return pairWords(reached, (value) => `fresh ${promised ? timeOf(value, promised) : time(value)}`);
}

/** A latency as written, else its 99th percentile as estimated. */
export function latencyWords(input: ViewInput, node: Node): Words {
  const given = written(input.now, node, 'latency');
  return given && input.now.given(node, 'latency')?.spread === undefined ? given.text : ownLatency(input, node);
}

function index(input: ViewInput, node: Node): readonly string[] {
  const limit = input.now.given(node, 'memory')?.value;
  const used = pairOf(input, node, 'index.memory_bytes');
  const dimensions = input.now.input(node, 'dimensions')?.value;
  const vectors = written(input.now, node, 'vectors')?.text;
  const size = vectors && dimensions !== undefined ? `${vectors} × ${number(dimensions)}` : vectors;
  return [
    title(node.name),
    line(input.now.word(node, 'type'), size, nameOf(input.now, node, 'tech')),
    line(pairWords(used, (value) => (limit ? bytesOf(value, limit) : quantity(value, BYTES)))),
  ];
}

function model(input: ViewInput, node: Node): readonly string[] {
  const { now } = input;
  const params = now.input(node, 'params')?.value;
  const views = now.references(node, 'features').length;
  const [base, teacher] = ['base', 'distilled_from'].map((path) => now.reference(node, path)?.name);
  const from = base ? `from ${base}` : teacher && `from ${teacher}`;
  return [
    modelTitle(input, node),
    line(
      nameOf(now, node, 'architecture'),
      params === undefined ? undefined : quantity(params, NUMBER),
      nameOf(now, node, 'precision'),
    ),
    line(views > 0 ? plural(views, 'feature view') : (from ?? nameOf(now, node, 'task')?.replaceAll('_', ' '))),
  ];
}

function training(input: ViewInput, node: Node): readonly string[] {
  const every = written(input.now, node, 'every')?.text;
  return [title(node.name), poolWords(input, node, 'hardware'), line(runTime(input, node), every && `every ${every}`)];
}

function registry(input: ViewInput, node: Node): readonly string[] {
  const users = ofKind(input, 'training', 'serving').filter((n) => input.now.references(n, 'registry').includes(node));
  const models = new Set(users.flatMap((n) => input.now.references(n, 'model')));
  return [
    title(node.name),
    line(nameOf(input.now, node, 'tech')),
    models.size > 0 ? plural(models.size, 'version') : '',
  ];
}

function request(input: ViewInput, node: Node): readonly string[] {
  return [title(node.name), line(writtenWords(input, node, 'traffic')), line(latencyOf(input, node))];
}

function serving(input: ViewInput, node: Node): readonly string[] {
  const part = armShare(input, node);
  return [
    title(node.name, part === undefined ? '' : ` · ${share(part)}`),
    line(devices(input, node), busy(input, node)),
    line(latencyOf(input, node) ?? workload(input, node)),
  ];
}

/** What a serving works through, where no latency says it. */
export function workload(input: ViewInput, node: Node): Words {
  const every = written(input.now, node, 'every')?.text;
  const duration = pairWords(pairOf(input, node, 'serving.duration'), (value) => time(value));
  if (duration !== undefined) return every ? mapped(duration, (text) => `${text} every ${every}`) : duration;
  return writtenWords(input, node, 'traffic');
}

function service(input: ViewInput, node: Node): readonly string[] {
  const busy = pairWords(pairOf(input, node, 'service.utilization'), (value) => `${share(value)} busy`);
  const type = input.now.word(node, 'type')?.replaceAll('_', ' ');
  const capacity = prefixed('capacity ', writtenWords(input, node, 'capacity'));
  return [
    title(node.name),
    line(nameOf(input.now, node, 'tech') ?? type),
    line(busy ?? capacity ?? latencyWords(input, node)),
  ];
}

function experiment(input: ViewInput, node: Node): readonly string[] {
  const planned = written(input.now, node, 'duration');
  const needed = pairWords(pairOf(input, node, 'experiment.duration'), (value) =>
    planned ? timeOf(value, planned) : time(value),
  );
  const treatment = input.now.reference(node, 'treatment')?.name;
  const { treatment: part } = sharesOf(input.now, node);
  return [
    title(node.name),
    line(treatment && [`${treatment} ${share(part)}`, treatment]),
    line(needed ?? (planned && `for ${planned.text}`)),
  ];
}
