import type { Context } from '../estimate/context.ts';
import type { Condition, Expression, Node, Value } from '../model/design.ts';
import { BYTES, type Dimension, MONEY, NUMBER, TIME } from '../units/dimension.ts';
import { format, number, percent } from '../units/format.ts';
import { TIME_UNITS } from '../units/literal.ts';
import type { Pair } from './input.ts';
import { shorten, textWidth } from './label.ts';

/** The longest line on a node, in Latin letters: three such nodes stand in one row of 581 px. */
export const LINE = 26;

/** A part of a line: a text, or the same with more and with fewer words, the best first. */
export type Words = string | readonly string[] | undefined;

/** The longest line on a node that has a row of its own. */
const WIDE_LINE = 40;

/** `16 × L4 · 34% busy`: the parts that fit, the first of them in any case. */
export const line = (...parts: readonly Words[]): string => fitting(LINE, parts);

/** The same on a node that has a row of its own. */
export const wideLine = (...parts: readonly Words[]): string => fitting(WIDE_LINE, parts);

function fitting(width: number, parts: readonly Words[]): string {
  let text = '';
  for (const part of parts) {
    const options = typeof part === 'string' ? [part] : (part ?? []);
    const joined = options.filter((o) => o !== '').map((o) => (text ? `${text} · ${o}` : o));
    text = joined.find((o) => textWidth(o) <= width) ?? (text || shorten(joined.at(-1) ?? '', width));
  }
  return text;
}

/** A name and what belongs to it (` v4`, ` · 90%`), cut in the name. Leaves room for the sign of a finding. */
export const title = (name: string, tail = ''): string =>
  `${shorten(name, Math.max(12, LINE - 2 - textWidth(tail)))}${shorten(tail, 12)}`;

/** `30k/s, was 12k/s`, `p99 16 of 50 ms, was 13`, else without what was: words that both have stand once. */
export function changed(now: string | undefined, was: string | undefined): Words {
  if (now === undefined || was === undefined || now === was) return now;
  const [after, before] = [now.split(' '), was.split(' ')];
  while (before.length > 1 && before[0] === after[0] && /^\p{L}/u.test(before[0]!)) {
    before.shift();
    after.shift();
  }
  while (before.length > 1 && before.at(-1) === after.at(-1)) {
    before.pop();
    after.pop();
  }
  return [`${now}, was ${before.join(' ')}`, now];
}

/** A figure of a scenario beside that of the design as written, each in words. */
export const pairWords = ({ now, base }: Pair, words: (value: number) => string): Words =>
  changed(now === undefined ? undefined : words(now), base === undefined ? undefined : words(base));

/** The words with most detail, for prose. */
export const longest = (words: Words): string => (typeof words === 'string' ? words : (words?.[0] ?? ''));

/** `1 monitor`, `2 monitors` */
export const plural = (count: number, noun: string): string =>
  `${format(count, NUMBER, 'short')} ${count === 1 ? noun : `${noun}${noun.endsWith('x') ? 'es' : 's'}`}`;

/** `a, b and c` */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** `12k/s`, `7.2 MB/s`, `103 GB`: two significant digits below 100 base units, at most three above. */
export const quantity = (value: number, dimension: Dimension): string =>
  format(Number(value.toPrecision(Math.abs(value) < 99.5 ? 2 : 3)), dimension);

/** `$11.5k` */
export const money = (value: number): string => quantity(value, MONEY);

/** Seconds in a month, which is 730 h. */
export const MONTH = TIME_UNITS.month!;

export const share = (value: number): string => percent(value, 'short');

/** `▰▰▰▱▱▱▱▱▱▱`: a cell a tenth, rounded; one at least where there is something, and never all where something is left. */
export function bar(part: number): string {
  const cells = part <= 0 ? 0 : part >= 1 ? 10 : Math.min(9, Math.max(1, Math.round(part * 10)));
  return `${'▰'.repeat(cells)}${'▱'.repeat(10 - cells)}`;
}

/** `5.0 ms`, `13 ms`, `1.5 h`: two digits also where the second is a zero, for the time is estimated. */
export function time(seconds: number, unit = unitFor(seconds)): string {
  return `${digits(seconds / TIME_UNITS[unit]!, unit)} ${unit}`;
}

function unitFor(seconds: number): string {
  if (seconds >= 1e-4 && seconds < 1e-3) return 'ms';
  const units = ['us', 'ms', 's', 'min', 'h'].filter((unit) => seconds >= TIME_UNITS[unit]! * 0.995);
  if (seconds >= 8 * TIME_UNITS.d!) return 'd';
  return units.at(-1) ?? (seconds === 0 ? 's' : 'ns');
}

/** Schedules and runs in whole hours stand without a zero. */
function digits(value: number, unit: string): string {
  const padded = TIME_UNITS[unit]! <= 1 && value >= 0.0995 && value < 9.95;
  return padded ? value.toPrecision(2) : number(value, 'short');
}

/** What an author bounds or promises, as it is written. */
export interface Written {
  /** in base units */
  readonly value: number;
  /** `50 ms` */
  readonly text: string;
  /** `ms`; of times only */
  readonly unit: string | undefined;
}

/** A property as it is written (`36 h`, `40k/d`); computed ones in a unit that suits. */
export function written(context: Context | null, node: Node, path: string): Written | undefined {
  const input = context?.given(node, path);
  const value = context?.value(node, path);
  if (!input || !Number.isFinite(input.value) || value?.form !== 'quantity') return undefined;
  return inWords(context!, value.expression, input.value, input.dimension);
}

/** A bound as it is written. */
export function bound(context: Context, expression: Expression, owner: string): Written | undefined {
  const input = context.evaluate(expression, owner);
  if (!input || !Number.isFinite(input.value)) return undefined;
  return inWords(context, expression, input.value, input.dimension);
}

function inWords(context: Context, expression: Expression, value: number, dimension: Dimension): Written {
  const text = literal(context, expression, value);
  const split = text === undefined ? null : /^(\$?[\d.]+)([A-Za-z%]*)(\/\w+)?$/.exec(text);
  if (!split) return { value, text: dimension === TIME ? time(value) : quantity(value, dimension), unit: undefined };
  const [, figure, unit = '', rate = ''] = split;
  const spaced = dimension === TIME || /^[KMGTP]?i?B$|bytes?$/.test(unit) ? ` ${unit}` : unit;
  return { value, text: `${figure}${spaced}${rate}`, unit: dimension === TIME ? unit : undefined };
}

/** The text of a plain number, also where a parameter holds it and no scenario sets another. */
function literal(context: Context, expression: Expression, value: number): string | undefined {
  if (expression.op === 'number') return expression.value === value ? expression.text : undefined;
  if (expression.op !== 'name') return undefined;
  const param = context.design.params.get(expression.name)?.value;
  const inner = param?.form === 'quantity' ? param.expression : undefined;
  return inner?.op === 'number' && inner.value === value ? inner.text : undefined;
}

/** `13 of 50 ms`, `17 min of 2 h`: in the unit of the bound, where that gives a figure that reads well. */
export function timeOf(value: number, { value: limit, text, unit }: Written): string {
  const shown = unit ?? unitFor(limit);
  const figure = value / TIME_UNITS[shown]!;
  const least = TIME_UNITS[shown]! > 1 ? 0.95 : 0.01;
  return figure < least || figure >= 9950 ? `${time(value)} of ${text}` : `${digits(figure, shown)} of ${text}`;
}

/** `103 of 416 GB`: in one unit, where that gives a figure that reads well. */
export function bytesOf(value: number, limit: number): string {
  const [figure, unit] = quantity(limit, BYTES).split(' ') as [string, string];
  const part = (value / limit) * Number(figure);
  return part < 0.1
    ? `${quantity(value, BYTES)} of ${figure} ${unit}`
    : `${number(part, 'short')} of ${figure} ${unit}`;
}

/** A budget's condition with what is reached. */
export interface Bound extends Written {
  readonly condition: Condition;
  /** `p99`, `ttft p95` */
  readonly metric: string;
  /** `serving.latency_p99` */
  readonly quantity: string;
}

/** The percentiles that a declaration's budget bounds. */
export function boundsOf(context: Context, node: Node): readonly Bound[] {
  const budget = context.value(node, 'budget');
  if (budget?.form !== 'conditions') return [];
  return budget.conditions.flatMap((condition) => {
    const { metric, percentile } = condition;
    const limit = bound(context, condition.bound, node.name);
    if (!limit || percentile === undefined || context.evaluate(condition.bound, node.name)?.dimension !== TIME)
      return [];
    const words = metric === 'latency' ? `p${percentile}` : `${metric} p${percentile}`;
    return [{ ...limit, condition, metric: words, quantity: `${node.kind}.${metric}_p${percentile}` }];
  });
}

/** A technology, a version, or another word or text, as it is written. */
export function nameIn(value: Value | undefined): string | undefined {
  if (value?.form === 'references') return value.references[0]?.name;
  if (value?.form === 'words') return value.words[0]?.name;
  if (value?.form === 'text') return value.text;
  return value?.form === 'quantity' && value.expression.op === 'number' ? value.expression.text : undefined;
}

export const nameOf = (context: Context, node: Node, path: string): string | undefined =>
  nameIn(context.value(node, path));
