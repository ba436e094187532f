import type { Analysis } from './estimate/analysis.ts';
import { type Estimate, isMissing, type Step } from './estimate/estimate.ts';
import { estimatorsByQuantity } from './estimate/index.ts';
import { key } from './estimate/sheet.ts';
import {
  type Interval,
  intervalOf,
  intervalParts,
  type Reading,
  type Sensitivity,
  sensitivitiesOf,
} from './estimate/uncertainty.ts';
import type { Node } from './model/design.ts';
import { quantitiesOf, quantityOf } from './schema/quantities.ts';
import { type Dimension, MONEY_RATE, NUMBER } from './units/dimension.ts';
import { format, percent } from './units/format.ts';

/** The words for figures: hovers, the command line and reports say them alike. Markdown is made here only where a name says so. */

/** One row of a derivation, as text. */
export interface DerivationRow {
  readonly label: string;
  /** with the numbers put in: `50% / 20 ms`; null for an input */
  readonly formula: string | null;
  readonly value: string;
  /** `given`, `derived`, `catalog`, `default` */
  readonly from: Step['from'];
  /** the source of a catalog row, default or formula; the method of a numerical step; the estimate that a row repeats */
  readonly source: string | null;
}

/** How a figure came about, one row a step; the last row is the figure. */
export function derivation(estimate: Estimate): DerivationRow[] {
  const texts = new Map(estimate.steps.map((step) => [key(step.label), step.spread ? step.label : stepValue(step)]));
  return estimate.steps.map((step, i) => ({
    label: step.label,
    formula: step.formula === null ? null : filled(step.formula, texts),
    value: i === estimate.steps.length - 1 && step.value === estimate.value ? estimate.display : stepValue(step),
    from: step.from,
    source: sourceOf(step),
  }));
}

/** A formula names earlier rows: each becomes its value, but a distribution, which keeps its name. A name before `(` is a function. */
const filled = (formula: string, values: ReadonlyMap<string, string>): string =>
  formula
    .replace(/[\p{L}_][\p{L}\p{N}_.]*(?!\s*\()(?![\p{L}\p{N}_.])/gu, (name) => values.get(name) ?? name)
    .replaceAll('*', '×');

/** Inputs that are shares of something, and read better as percentages. */
const SHARES = new Set([
  'utilization',
  'availability',
  'scaling',
  'mfu',
  'share',
  'hit rate',
  'prefix hit',
  'discount',
  'alpha',
  'power',
  'baseline',
]);

function stepValue(step: Step): string {
  const share = step.dimension === NUMBER && (step.of ? quantityOf(step.of.quantity)?.share : SHARES.has(step.label));
  const text = share ? percent(step.value) : format(step.value, step.dimension);
  return step.spread
    ? `${text} (p50 ${format(step.spread.p50, step.dimension)}, p99 ${format(step.spread.p99, step.dimension)})`
    : text;
}

function sourceOf(step: Step): string | null {
  if (step.of) return `${title(step.of.quantity)} of ${step.of.subject}`;
  return [step.method, step.source].filter(Boolean).join('; ') || null;
}

const PERCENTILES: Readonly<Record<string, string>> = { p50: 'median', p95: 'p95', p99: 'p99' };

const TITLES: Readonly<Record<string, string>> = {
  gpus: 'GPUs',
  gpus_used: 'GPUs in use',
  gpu_hours: 'GPU-hours',
  memory_per_gpu: 'memory per GPU',
  mfu: 'MFU',
  ttft: 'time to first token',
  tpot: 'time per output token',
  checkpoint_bytes: 'checkpoint size',
  checkpoint_interval: 'best checkpoint interval',
  replicas_for_load: 'replicas for the load',
  replicas_for_budget: 'replicas for the budget',
  throughput_per_replica: 'throughput per replica',
  cost_per_1k_requests: 'cost per 1,000 requests',
  cost_per_1m_tokens: 'cost per million tokens',
  kv_cache_bytes_per_token: 'KV cache per token',
  max_concurrency: 'most requests at once',
  tokens_per_second: 'tokens asked for',
  max_tokens_per_second: 'tokens of one replica',
  online_bytes: 'online size',
  offline_bytes: 'offline size',
  bytes_per_key: 'size of a row',
  reads_per_second: 'reads',
  writes_per_second: 'writes',
  bytes_per_second: 'data rate',
  retained_bytes: 'data kept',
  memory_bytes: 'memory',
  memory_utilization: 'memory in use',
  sample_per_arm: 'sample, control',
  sample_treatment: 'sample, treatment',
  min_sample: 'smallest sample',
};

/** A quantity's name in words: `serving.latency_p99` is `latency, p99`. */
export function title(quantity: string): string {
  const name = quantity.slice(quantity.indexOf('.') + 1);
  const percentile = /^(.+)_(p\d+)$/.exec(name);
  if (percentile) return `${words(percentile[1]!)}, ${PERCENTILES[percentile[2]!] ?? percentile[2]}`;
  return words(name);
}

const words = (name: string): string => TITLES[name] ?? name.replaceAll('_', ' ');

/** One figure of a declaration, as text. */
export interface FigureLine {
  readonly quantity: string;
  readonly title: string;
  /** `400 GPUs`; null where something is missing */
  readonly display: string | null;
  /** `380 to 430`; undefined where there was no time to work it out */
  readonly interval: string | null | undefined;
  /** what would have to be written: "`latency` or the model's `params`" */
  readonly missing: readonly string[];
}

/** Whether there is time for what takes long: an interval repeats an estimate hundreds of times. A reader at a keyboard has little. */
export type Patience = () => boolean;

/** Every figure of a declaration, or those asked for. Those that nobody can estimate are left out. */
export function figureLines(
  analysis: Analysis,
  node: Node,
  quantities: readonly string[] = quantitiesOf(node.kind).map((q) => q.quantity),
  patience: Patience = () => true,
): FigureLine[] {
  return quantities.flatMap((quantity): FigureLine[] => {
    if (!estimatorsByQuantity.has(quantity)) return [];
    const answer = analysis.estimate(node, quantity);
    const line = { quantity, title: title(quantity) };
    if (isMissing(answer)) return [{ ...line, display: null, interval: null, missing: answer.missing }];
    return [
      { ...line, display: answer.display, interval: intervalWithin(patience, analysis, node, answer), missing: [] },
    ];
  });
}

/** What takes long and was begun for one state of a document: finished texts, and intervals that are half worked out. */
interface Begun {
  readonly intervals: Map<string, Generator<undefined, Interval | null> | string | null>;
  readonly moves: Map<string, readonly string[]>;
}

const begun = new WeakMap<Analysis, Begun>();

function begunFor(analysis: Analysis): Begun {
  const known = begun.get(analysis) ?? { intervals: new Map(), moves: new Map() };
  begun.set(analysis, known);
  return known;
}

/** The interval's text, or undefined where patience ended before it was there: asked again, it goes on where it was. */
export function intervalWithin(
  patience: Patience,
  analysis: Analysis,
  node: Node,
  estimate: Estimate,
): string | null | undefined {
  const { intervals } = begunFor(analysis);
  const id = `${node.name} ${estimate.quantity}`;
  const known = intervals.get(id);
  if (known === null || typeof known === 'string') return known;
  const parts = known ?? intervalParts(analysis, node, estimate.quantity);
  intervals.set(id, parts);
  while (patience()) {
    const part = parts.next();
    if (!part.done) continue;
    const text = ends(part.value, estimate);
    intervals.set(id, text);
    return text;
  }
  return undefined;
}

/** `sensitivityLines` where there is time for them, or they are known. */
export function movesWithin(patience: Patience, analysis: Analysis, node: Node, quantity: string): readonly string[] {
  const { moves } = begunFor(analysis);
  const id = `${node.name} ${quantity}`;
  const known = moves.get(id);
  if (known || !patience()) return known ?? [];
  const lines = sensitivityLines(analysis, node, quantity);
  moves.set(id, lines);
  return lines;
}

/** The 90% interval: `380 to 430`; null where nothing is uncertain, or not enough to be seen. */
export function intervalText(analysis: Analysis, node: Node, estimate: Estimate, read?: Reading): string | null {
  return ends(intervalOf(analysis, node, estimate.quantity, read), estimate);
}

function ends(interval: Interval | null, estimate: Estimate): string | null {
  if (!interval) return null;
  const [low, high] = [interval.low, interval.high].map((end) =>
    figureText(estimate.quantity, end, estimate.dimension),
  );
  return low === high ? null : `${low} to ${high}`;
}

function figureText(quantity: string, value: number, dimension: Dimension): string {
  if (quantityOf(quantity)?.share) return percent(value, 'short');
  if (quantity.endsWith('gpu_hours')) return format(value / 3600, NUMBER, 'short');
  return format(value, dimension, 'short');
}

/** `+10% latency → +12%`, strongest first. */
export function sensitivityLines(analysis: Analysis, node: Node, quantity: string, most = 3): string[] {
  return sensitivitiesOf(analysis, node, quantity).slice(0, most).map(sensitivityText);
}

export function sensitivityText({ input, change, effect }: Sensitivity): string {
  const signed = (x: number) => `${x < 0 ? '−' : '+'}${percent(Math.abs(x), 'short')}`;
  return `${signed(change)} of \`${input}\`: ${signed(effect)}`;
}

/** A value in a unit that people use, with the base unit where that is another: `20 ms (0.02 s)`. */
export function valueInWords(value: number, dimension: Dimension): string {
  const text = format(value, dimension);
  if (dimension === NUMBER) return percentToo(value, text);
  const unit = dimension === MONEY_RATE ? 'USD/s' : dimension.unit;
  const base = `${Number(value.toPrecision(6))}${unit === '1/s' ? '/s' : ` ${unit}`}`;
  return text === base ? text : `${text} (${base})`;
}

function percentToo(value: number, text: string): string {
  if (value > 0 && value < 1) return `${percent(value)} (${Number(value.toPrecision(6))})`;
  return /[a-z]$/i.test(text)
    ? `${text} (${Math.abs(value) < 1e15 ? value.toLocaleString('en-US', { maximumFractionDigits: 6 }) : value})`
    : text;
}

/** The derivation as a Markdown table. */
export function derivationTable(estimate: Estimate): string {
  const rows = derivation(estimate).map(({ label, formula, value, from, source }, i) => {
    const cells = [
      label,
      formula ?? '',
      i === estimate.steps.length - 1 ? `**${escapeCell(value)}**` : escapeCell(value),
      source ? `${from}: ${source}` : from,
    ];
    return `| ${escapeCell(cells[0]!)} | ${escapeCell(cells[1]!)} | ${cells[2]} | ${escapeCell(cells[3]!)} |`;
  });
  return ['| step | formula | value | from |', '| :-- | :-- | --: | :-- |', ...rows].join('\n');
}

/** Text as Markdown shows it literally: no emphasis, link, HTML or heading comes of it. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&]/g, '\\$&')
    .replace(/^(\s*)(#|[-+](?=\s)|\d+(?=[.)]\s))/, '$1\\$2')
    .replace(/\r?\n/g, ' ');

/** The same within a table, where names in backticks stay code. */
const escapeCell = (text: string): string =>
  text
    .split(/(`[^`|]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\`*_[\]|<>~]/g, '\\$&').replace(/\r?\n/g, ' ')))
    .join('');
