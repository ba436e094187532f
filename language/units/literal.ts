import { BYTES, type Dimension, FLOP, FLOPS, MONEY, NUMBER, per, POINTS, POWER, RATE, TIME } from './dimension.ts';

/**
 * Reads one written quantity, such as `12k/s`, `80GB`, `$2.50/h`, `0.05%`, `1500 tokens`.
 * `value` is in base units (seconds, bytes, per second, flop, USD, watt; shares and counts plain).
 */
export interface Literal {
  readonly value: number;
  readonly dimension: Dimension;
  /** `B` right after a number: 10^9, or bytes where bytes are expected (then `value` stands without the scale, in `bytes`) */
  readonly bytes?: number;
}

/** A slip: what is wrong with the text, and the right form where there is one; `count` where it depends on what is expected. */
export interface Slip {
  readonly wrong: string;
  readonly right?: string;
  /** the right form where no time is expected: millions for `5m` */
  readonly count?: string;
}

/** Seconds. A month is 730 h and a year 8760 h. */
export const TIME_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  min: 60,
  h: 3600,
  d: 86400,
  week: 604800,
  month: 2628000,
  year: 31536000,
};

export const SCALES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12, P: 1e15 };

export const BYTE_UNITS: Readonly<Record<string, number>> = {
  byte: 1,
  bytes: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

const PLAIN: Readonly<Record<string, readonly [number, Dimension]>> = {
  '%': [0.01, NUMBER],
  pp: [1, POINTS],
  tokens: [1, NUMBER],
  qps: [1, RATE],
  rps: [1, RATE],
};

const SCALABLE: Readonly<Record<string, Dimension>> = { FLOP, FLOPS, W: POWER, tokens: NUMBER, qps: RATE, rps: RATE };

/** Every unit word, for completion and highlighting. */
export const UNIT_WORDS: readonly string[] = [
  ...Object.keys(TIME_UNITS),
  ...Object.keys(BYTE_UNITS),
  ...Object.keys(PLAIN),
  'FLOP',
  'FLOPS',
  'W',
];

const SHAPE =
  /^(\$?)(\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+(?![\w%]))?)(%|[A-Za-z\u00B5\u03BC]\w*)?(?:[ \t]+(%|[A-Za-z]+))?(?:\/([A-Za-z]+))?$/;

export function readLiteral(text: string): Literal | Slip {
  const m = SHAPE.exec(text);
  if (!m) return { wrong: `\`${text}\` is not a number with a unit` };
  const [, money, digits, suffix, word, rate] = m;
  const number = Number(digits!.replaceAll('_', ''));
  const unit = readUnit(suffix ?? '', word);
  if (!unit) return slip(text, money!, digits!, suffix ?? '', word, rate);
  if (money && unit.dimension !== NUMBER) return { wrong: `an amount of money has no unit \`${suffix ?? word}\`` };
  const scaled = exact(number, unit.factor);
  const dimension = money ? MONEY : unit.dimension;
  if (!rate) return { value: scaled, dimension, ...(unit.bytes && { bytes: number }) };
  const seconds = secondsIn(rate);
  if (seconds === undefined)
    return { wrong: `\`/${rate}\` is not a rate: times are ${Object.keys(TIME_UNITS).join(', ')}` };
  return { value: scaled / seconds, dimension: per(dimension, TIME), ...(unit.bytes && { bytes: number / seconds }) };
}

/** 0.05 × 0.01 and 1.2 × 1000 as a reader expects them: powers of ten go through the decimal notation, so no rounding dust. */
function exact(number: number, factor: number): number {
  const power = Math.log10(factor);
  if (!Number.isInteger(power) || !Number.isFinite(number)) return number * factor;
  const [digits, exponent] = String(number).split('e');
  return Number(`${digits}e${Number(exponent ?? 0) + power}`);
}

function readUnit(
  suffix: string,
  word: string | undefined,
): { factor: number; dimension: Dimension; bytes?: true } | undefined {
  const one = suffix ? unitOf(suffix) : { factor: 1, dimension: NUMBER };
  if (!one || !word) return one;
  const two = unitOf(word);
  if (!two || one.dimension !== NUMBER || one.factor === 0.01) return undefined;
  return { factor: one.factor * two.factor, dimension: two.dimension };
}

function unitOf(text: string): { factor: number; dimension: Dimension; bytes?: true } | undefined {
  if (text === 'B') return { factor: 1e9, dimension: NUMBER, bytes: true };
  const time = own(TIME_UNITS, text);
  if (time !== undefined) return { factor: time, dimension: TIME };
  const bytes = own(BYTE_UNITS, text);
  if (bytes !== undefined) return { factor: bytes, dimension: BYTES };
  const plain = own(PLAIN, text);
  if (plain) return { factor: plain[0], dimension: plain[1] };
  const scale = own(SCALES, text);
  if (scale !== undefined) return { factor: scale, dimension: NUMBER };
  const whole = own(SCALABLE, text);
  const dimension = whole ?? own(SCALABLE, text.slice(1));
  const factor = whole ? 1 : own(SCALES, text[0]!);
  return dimension && factor !== undefined ? { factor, dimension } : undefined;
}

/** The seconds in a unit of time, by its word. */
export const secondsIn = (word: string): number | undefined => own(TIME_UNITS, word);

/** `constructor` is no unit, though every object has one. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const NEAREST: Readonly<Record<string, string>> = {
  K: 'k',
  b: 'B',
  bn: 'B',
  mm: 'M',
  kb: 'KB',
  kB: 'KB',
  mb: 'MB',
  gb: 'GB',
  tb: 'TB',
  pb: 'PB',
  kib: 'KiB',
  mib: 'MiB',
  gib: 'GiB',
  Gb: 'GB',
  Mb: 'MB',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  S: 's',
  msec: 'ms',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  H: 'h',
  day: 'd',
  days: 'd',
  D: 'd',
  weeks: 'week',
  w: 'week',
  months: 'month',
  mo: 'month',
  years: 'year',
  y: 'year',
  yr: 'year',
  MS: 'ms',
  Min: 'min',
  '\u00B5s': 'us',
  '\u03BCs': 'us',
  QPS: 'qps',
  RPS: 'rps',
  token: 'tokens',
  tps: '/s',
  TPS: '/s',
  percent: '%',
  thousand: 'k',
  million: 'M',
  millions: 'M',
  billion: 'B',
  billions: 'B',
  trillion: 'T',
  millisecond: 'ms',
  milliseconds: 'ms',
  millis: 'ms',
  microseconds: 'us',
  nanoseconds: 'ns',
  tflops: 'TFLOPS',
  TFlops: 'TFLOPS',
  TFLOP: 'TFLOP',
  gflops: 'GFLOPS',
  PFlops: 'PFLOPS',
  w_: 'W',
  kw: 'kW',
};

function slip(
  text: string,
  money: string,
  digits: string,
  suffix: string,
  word: string | undefined,
  rate: string | undefined,
): Slip {
  const tail = rate ? `/${rate}` : '';
  const pool = /^x([A-Za-z_]\w*)$/.exec(suffix);
  if (pool) return { wrong: `\`${text}\` is not a number`, right: `${digits} x ${pool[1]}` };
  if (suffix === 'm') {
    const millions = `${money}${digits}M${tail}`;
    if (money || tail) return { wrong: '`m` is no scale, millions are `M`', right: millions };
    return { wrong: '`m` could be minutes or millions', right: `${digits}min`, count: millions };
  }
  const times = rate ? undefined : oneTime(text);
  if (times) return { wrong: 'a time has one unit', right: times };
  const unit = suffix || word || '';
  const near = own(NEAREST, unit) ?? own(NEAREST, unit.toLowerCase());
  if (near && (!word || !suffix))
    return { wrong: `\`${unit}\` is not a unit`, right: `${money}${digits}${near}${tail}` };
  return { wrong: `\`${suffix && word ? `${suffix} ${word}` : unit}\` is not a unit` };
}

/** `1h30min`, `1h 30min` and `1h30` in one unit: `90min`. Undefined for what is not several times one after the other. */
export function oneTime(text: string): string | undefined {
  const parts = [...text.replace(/^(\d+h\d\d)$/, '$1min').matchAll(/([\d.]+)[ \t]*([a-z]+)\s*/g)];
  const units = parts.map((m) => own(TIME_UNITS, m[2]!));
  if (parts.length < 2 || units.some((u) => u === undefined)) return undefined;
  const least = Math.min(...(units as number[]));
  const sum = parts.reduce((all, m, i) => all + Number(m[1]) * units[i]!, 0);
  const unit = parts[units.indexOf(least)]![2]!;
  return Number.isFinite(sum) ? `${Number((sum / least).toPrecision(12))}${unit}` : undefined;
}
