import { derivationTable } from '../describe.ts';
import { type Estimate, isMissing } from '../estimate/estimate.ts';
import { trafficOf } from '../estimate/load.ts';
import { estimatorsByQuantity } from '../estimate/index.ts';
import type { Node, Property, Span } from '../model/design.ts';
import { BYTES, type Dimension, RATE, TIME } from '../units/dimension.ts';
import { format, number, percent } from '../units/format.ts';
import type { Document } from '../workspace.ts';

export interface Hint {
  /** where it stands: right behind this span */
  readonly span: Span;
  /** `≈ 400 GPUs` */
  readonly text: string;
  /** Markdown: how it came about */
  readonly tooltip?: string;
}

/** What a row of the table sees. Every figure that it asks for and that is missing makes the hint disappear. */
interface Cell {
  readonly document: Document;
  readonly node: Node;
  /** undefined for a row of the whole declaration */
  readonly property?: Property;
}

/** The text of a hint, and the estimate that its tooltip derives. */
interface Shown {
  readonly text: string;
  readonly estimate?: Estimate;
}

type Row = readonly [kind: string, property: string, show: (cell: Cell) => Shown | undefined];

/** Which figure stands behind which property. The first row of a line that has something to show is shown. `{` is the line of the name. */
const TABLE: readonly Row[] = [
  ['serving', 'replicas', (c) => (isAuto(c) ? about(c, 'serving.gpus') : busy(c, 'serving.utilization'))],
  ['serving', 'hardware', (c) => (c.node.properties.has('replicas') ? undefined : about(c, 'serving.gpus'))],
  ['serving', 'budget', budget],
  ['serving', 'every', (c) => ofWritten(c, 'serving.duration')],
  ['serving', '{', load],
  ['training', 'deadline', (c) => ofWritten(c, 'training.time')],
  ['training', 'step', (c) => (c.node.properties.has('deadline') ? undefined : about(c, 'training.time'))],
  [
    'training',
    'epochs',
    (c) => (c.node.properties.has('deadline') || c.node.properties.has('step') ? undefined : about(c, 'training.time')),
  ],
  [
    'training',
    'hardware',
    (c) =>
      ['deadline', 'step', 'epochs'].some((p) => c.node.properties.has(p)) ? undefined : about(c, 'training.time'),
  ],
  ['training', 'checkpoint', (c) => prefixed('best ≈ ', c, 'training.checkpoint_interval')],
  ['request', 'budget', budget],
  ['request', 'availability', (c) => about(c, 'request.availability')],
  ['features', 'freshness', (c) => ofWritten(c, 'features.freshness')],
  ['features', 'store', (c) => about(c, 'features.online_bytes')],
  ['featurestore', 'memory', memoryOfStore],
  ['source', 'rate', (c) => plain(c, 'source.bytes_per_second')],
  ['source', 'records', (c) => plain(c, 'source.bytes_per_second')],
  ['source', 'retention', (c) => about(c, 'source.retained_bytes')],
  ['pipeline', 'delay', (c) => prefixed('lag ≈ ', c, 'pipeline.lag')],
  ['pipeline', 'every', (c) => prefixed('lag ≈ ', c, 'pipeline.lag')],
  ['index', 'memory', (c) => ofWritten(c, 'index.memory_bytes')],
  ['index', 'vectors', (c) => (c.node.properties.has('memory') ? undefined : about(c, 'index.memory_bytes'))],
  ['service', 'capacity', (c) => busy(c, 'service.utilization')],
  ['gateway', 'rate_limit', load],
  ['experiment', 'primary', sample],
  ['experiment', 'duration', (c) => ofWritten(c, 'experiment.duration')],
  ['monitor', 'window', (c) => prefixed('≥ ', c, 'monitor.min_sample')],
  ['cluster', 'pool', (c) => busy(c, 'cluster.utilization', 'in use')],
  ['system', 'budget', (c) => about(c, 'system.cost')],
  ['system', '{', (c) => (c.node.properties.has('budget') ? undefined : about(c, 'system.cost'))],
];

/** The hints of the declarations that touch a stretch of text, at most one a line. */
export function inlayHints(document: Document, from = 0, to = document.text.length): Hint[] {
  const byLine = new Map<number, Hint>();
  for (const node of document.design.nodes) {
    const { at, start, end } = node.span;
    if (at.offset + start > to || at.offset + end < from) continue;
    for (const [, key, show] of TABLE.filter(([kind]) => kind === node.kind)) {
      const property = node.properties.get(key);
      const span = key === '{' ? head(node) : property && trimmed(document, property.valueSpan);
      const shown = span && show({ document, node, ...(property && { property }) });
      if (!shown) continue;
      const line = document.lines.position(span.at.offset + span.end).line;
      if (!byLine.has(line))
        byLine.set(line, {
          span,
          text: shown.text,
          ...(shown.estimate && { tooltip: derivationTable(shown.estimate) }),
        });
    }
  }
  return [...byLine].sort(([a], [b]) => a - b).map(([, hint]) => hint);
}

/** the brace that opens a body of several lines */
const head = (node: Node): Span | undefined =>
  node.inline || !node.whole ? undefined : { ...node.bodySpan, end: node.bodySpan.start + 1 };

/** a value that is broken over lines by mistake takes in no blanks */
function trimmed(document: Document, span: Span): Span {
  const text = document.text.slice(span.at.offset + span.start, span.at.offset + span.end);
  return { ...span, end: span.start + text.trimEnd().length };
}

const isAuto = ({ property }: Cell): boolean => property?.value.form === 'auto';

function known({ document, node }: Cell, quantity: string): Estimate | undefined {
  if (!estimatorsByQuantity.has(quantity)) return undefined;
  const answer = document.analysis().estimate(node, quantity);
  return isMissing(answer) ? undefined : answer;
}

function prefixed(prefix: string, cell: Cell, quantity: string): Shown | undefined {
  const estimate = known(cell, quantity);
  return estimate && { text: `${prefix}${rounded(estimate.display)}`, estimate };
}

const plain = (cell: Cell, quantity: string) => prefixed('', cell, quantity);
const about = (cell: Cell, quantity: string) => prefixed('≈ ', cell, quantity);

function busy(cell: Cell, quantity: string, word = 'busy'): Shown | undefined {
  const estimate = known(cell, quantity);
  return estimate && { text: `${percent(estimate.value, 'short')} ${word}`, estimate };
}

/** `≈ 1.47 h of 8 h`: a figure beside what is written for it; nothing where they are the same */
function ofWritten(cell: Cell, quantity: string): Shown | undefined {
  const estimate = known(cell, quantity);
  const written = cell.property && cell.document.analysis().given(cell.node, cell.property.key);
  if (!estimate || written?.value === estimate.value) return undefined;
  return {
    text: `≈ ${written ? part(estimate.value, written.value, estimate.dimension, unitOf(cell)) : rounded(estimate.display)}`,
    estimate,
  };
}

/** the unit that the author wrote a plain value in */
function unitOf({ property }: Cell): string | undefined {
  const value = property?.value;
  return value?.form === 'quantity' && value.expression.op === 'number'
    ? /[a-z]+$/.exec(value.expression.text)?.[0]
    : undefined;
}

/** Two decimals are enough between the lines. Shares keep theirs: 99.99% is not 100%. */
const rounded = (text: string): string =>
  text.replace(/\d+\.\d{3,}(?!\d*%)/, (n) => (Number(n) >= 1 ? String(Number(Number(n).toFixed(2))) : n));

/** `103 of 416 GB`, `900 ms of 8 h`, `4.13 d of 7 d` */
function part(value: number, whole: number, dimension: Dimension, unit?: string): string {
  const days = unit === 'd' || unit === 'week';
  const text = (x: number) =>
    days && x >= 86400
      ? `${number(x / 86400, 'short')} d`
      : rounded(format(x, dimension, dimension === BYTES ? 'short' : 'exact'));
  const [a, b] = [text(value), text(whole)];
  const shared = dimension === BYTES ? (/ \S+$/.exec(b)?.[0] ?? '') : '';
  return shared !== '' && a.endsWith(shared) ? `${a.slice(0, -shared.length)} of ${b}` : `${a} of ${b}`;
}

/** `p99 ≈ 13 ms of 50 ms` for the first condition whose percentile is estimated */
function budget(cell: Cell): Shown | undefined {
  const { document, node, property } = cell;
  for (const { metric, percentile, bound } of property?.value.form === 'conditions' ? property.value.conditions : []) {
    const estimate = percentile === undefined ? undefined : known(cell, `${node.kind}.${metric}_p${percentile}`);
    const limit = document.analysis().evaluate(bound, node.name);
    if (!estimate || limit?.dimension !== TIME) continue;
    return {
      text: `${metric === 'latency' ? '' : `${metric} `}p${percentile} ≈ ${format(estimate.value, TIME, 'short')} of ${format(limit.value, TIME)}`,
      estimate,
    };
  }
  return undefined;
}

/** The load that flows bring, where no `traffic` is written. */
function load({ document, node }: Cell): Shown | undefined {
  if (node.properties.has('traffic')) return undefined;
  const traffic = trafficOf(document.analysis(), node);
  return traffic === undefined ? undefined : { text: `${format(traffic, RATE)} arrive` };
}

/** All nodes of the store together: `103 of 416 GB` */
function memoryOfStore(cell: Cell): Shown | undefined {
  const estimate = known(cell, 'featurestore.online_bytes');
  const [nodes, memory] = ['nodes', 'memory'].map((path) => cell.document.analysis().given(cell.node, path)?.value);
  if (!estimate || memory === undefined) return undefined;
  return { text: part(estimate.value, memory * (nodes ?? 1), estimate.dimension), estimate };
}

/** `≈ 811k cards`: the control's sample in units of the experiment */
function sample(cell: Cell): Shown | undefined {
  const estimate = known(cell, 'experiment.sample_per_arm');
  if (!estimate) return undefined;
  const unit = cell.document.analysis().reference(cell.node, 'unit')?.name;
  return {
    text: `≈ ${format(estimate.value, estimate.dimension, 'short')} ${unit ? plural(unit) : 'units'} in control`,
    estimate,
  };
}

function plural(name: string): string {
  const word = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
