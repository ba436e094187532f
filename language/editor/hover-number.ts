import { valueInWords } from '../describe.ts';
import { BYTE_UNITS, readLiteral, SCALES, TIME_UNITS } from '../units/literal.ts';
import { format } from '../units/format.ts';
import { BYTES, NUMBER, TIME } from '../units/dimension.ts';
import type { Literal } from './walk.ts';

/** A written number: its value in words and in base units, and what its unit means. */
export function aboutNumber({ text, value, dimension, span }: Literal, offset: number): readonly string[] {
  const unit = unitOf(text);
  const onUnit = unit && offset - span.at.offset - span.start > text.length - unit.length;
  const meaning = unit ? unitInWords(unit) : '';
  const words = valueInWords(value, dimension);
  const read = `\`${text}\` is ${words === text ? '' : `${words}, `}${dimension.words.replace(/ \(.*/, '')}.`;
  const scaled = bytesToo(text, dimension === NUMBER);
  return onUnit ? [meaning, read, scaled] : [read, scaled, meaning];
}

/** `12k/s` has the unit `k/s`, `80 GB` the unit `GB` */
const unitOf = (text: string): string =>
  /^\$?[\d_]+(?:\.\d+)?(?:[eE][+-]?\d+(?![\w%]))?[ \t]*(.*)$/.exec(text)?.[1] ?? '';

const bytesToo = (text: string, plain: boolean): string =>
  plain && /\dB$/.test(text) ? '`B` is 10^9 here. Write `bytes` for a size.' : '';

/** The meaning of a unit with its scale and rate: `k/s` is thousands a second. */
export function unitInWords(unit: string): string {
  const [head = '', rate] = unit.split('/');
  const parts = head
    .split(/[ \t]+/)
    .filter(Boolean)
    .map(wordFor);
  if (parts.includes('')) return '';
  return `\`${unit}\`: ${[...parts, ...(rate && TIME_UNITS[rate] ? [`per ${LONG[rate]}`] : [])].join(', ')}.`;
}

const LONG: Readonly<Record<string, string>> = {
  ns: 'nanosecond',
  us: 'microsecond',
  ms: 'millisecond',
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  week: 'week',
  month: 'month of 730 h',
  year: 'year of 8760 h',
};

const NAMED: Readonly<Record<string, string>> = {
  '%': 'hundredths',
  pp: 'percentage points, an absolute change',
  tokens: 'tokens, a plain count',
  qps: 'requests per second',
  rps: 'requests per second',
  FLOP: 'floating-point operations',
  FLOPS: 'floating-point operations per second',
  W: 'watts',
  B: '10^9, or bytes where bytes are expected',
};

function wordFor(unit: string): string {
  if (Object.hasOwn(NAMED, unit)) return NAMED[unit]!;
  if (Object.hasOwn(LONG, unit))
    return `${LONG[unit]}s${['s', 'month', 'year'].includes(unit) ? '' : ` (${format(TIME_UNITS[unit]!, TIME)})`}`;
  if (Object.hasOwn(BYTE_UNITS, unit))
    return `${BYTE_UNITS[unit]!.toLocaleString('en-US')} bytes (${format(BYTE_UNITS[unit]!, BYTES)})`;
  if (Object.hasOwn(SCALES, unit)) return `times ${SCALES[unit]!.toLocaleString('en-US')}`;
  const scale = SCALES[unit[0]!];
  const rest = NAMED[unit.slice(1)];
  return scale && rest && !('wrong' in readLiteral(`1${unit}`))
    ? `${rest}, times ${scale.toLocaleString('en-US')}`
    : '';
}
