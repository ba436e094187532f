import {
  BANDWIDTH,
  BYTES,
  type Dimension,
  ENERGY,
  FLOP,
  FLOPS,
  MONEY,
  MONEY_RATE,
  NUMBER,
  POINTS,
  POWER,
  RATE,
  TIME,
} from './dimension.ts';

/** How many digits: `exact` keeps a relative error below 0.05% (at most four digits), `short` takes two below 100 and three above. */
export type Digits = 'exact' | 'short';

type Unit = readonly [factor: number, text: string];

const TIMES: readonly Unit[] = [
  [1e-9, 'ns'],
  [1e-6, 'us'],
  [1e-3, 'ms'],
  [1, 's'],
  [60, 'min'],
  [3600, 'h'],
];
const LONG_TIMES: readonly Unit[] = [...TIMES, [86400, 'd'], [31536000, 'years']];
const BYTE_UNITS: readonly Unit[] = [
  [1, 'B'],
  [1e3, 'KB'],
  [1e6, 'MB'],
  [1e9, 'GB'],
  [1e12, 'TB'],
  [1e15, 'PB'],
];
const COUNTS: readonly Unit[] = [
  [1, ''],
  [1e3, 'k'],
  [1e6, 'M'],
  [1e9, 'B'],
  [1e12, 'T'],
];
const FLOPS_UNITS: readonly Unit[] = [
  [1, 'FLOP'],
  [1e3, 'kFLOP'],
  [1e6, 'MFLOP'],
  [1e9, 'GFLOP'],
  [1e12, 'TFLOP'],
  [1e15, 'PFLOP'],
  [1e18, 'EFLOP'],
  [1e21, 'ZFLOP'],
];
const RATES: readonly Unit[] = [
  [1 / 31536000, '/year'],
  [1 / 2628000, '/month'],
  [1 / 86400, '/d'],
  [1 / 3600, '/h'],
  [1, '/s'],
  [1e3, 'k/s'],
  [1e6, 'M/s'],
  [1e9, 'B/s'],
];

/** `0.0868` s as `86.8 ms`. Times up to eight days stand in hours, as the runs of jobs do, unless they are whole days. */
export function format(value: number, dimension: Dimension, digits: Digits = 'exact'): string {
  if (!Number.isFinite(value)) return value > 0 ? 'unlimited' : 'not a number';
  if (value < 0) return `-${format(-value, dimension, digits)}`;
  if (dimension === NUMBER && Number.isInteger(value) && value < 10_000) return String(value);
  if (dimension === NUMBER) return scaled(value, COUNTS, digits, '');
  if (dimension === TIME) return scaled(value, inDays(value) ? LONG_TIMES : TIMES, digits, ' ');
  if (dimension === RATE) return value === 0 ? '0/s' : scaled(value, RATES, digits, '');
  if (dimension === BYTES) return scaled(value, BYTE_UNITS, digits, ' ');
  if (dimension === BANDWIDTH) return `${scaled(value, BYTE_UNITS, digits, ' ')}/s`;
  if (dimension === MONEY) return `$${amount(value, digits)}`;
  if (dimension === MONEY_RATE) return `$${amount(value * 2628000, digits)}/month`;
  if (dimension === FLOP) return scaled(value, FLOPS_UNITS, digits, ' ');
  if (dimension === FLOPS) return `${scaled(value, FLOPS_UNITS, digits, ' ')}S`;
  if (dimension === POWER)
    return scaled(
      value,
      [
        [1, 'W'],
        [1e3, 'kW'],
        [1e6, 'MW'],
      ],
      digits,
      ' ',
    );
  if (dimension === ENERGY)
    return scaled(
      value / 3600,
      [
        [1, 'Wh'],
        [1e3, 'kWh'],
        [1e6, 'MWh'],
        [1e9, 'GWh'],
      ],
      digits,
      ' ',
    );
  if (dimension === POINTS) return `${number(value, digits)} pp`;
  return `${number(value, digits)} ${dimension.unit}`;
}

/** Whole days, as schedules and experiments have them, and whatever is longer than eight. */
const inDays = (seconds: number): boolean =>
  seconds >= 691200 || (seconds >= 172800 && Math.abs(seconds / 86400 - Math.round(seconds / 86400)) < 1e-9);

/** A share as `74%`, with enough digits not to say 100% or 0% of what is neither. */
export function percent(share: number, digits: Digits = 'exact'): string {
  const hundred = share * 100;
  if (digits === 'short' && hundred >= 1 && hundred < 99) return `${Math.round(hundred)}%`;
  if (hundred > 99 && hundred < 100) return `${trim(Math.min(99.9999, hundred).toPrecision(hundred > 99.9 ? 6 : 4))}%`;
  return `${number(hundred, digits === 'short' ? 'short' : 'exact')}%`;
}

/** A plain number with the digits it needs. */
export function number(value: number, digits: Digits = 'exact'): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (digits === 'short') return trim(value.toPrecision(size >= 99.5 ? 3 : 2));
  for (const n of [2, 3])
    if (Math.abs(Number(value.toPrecision(n)) - value) <= 5e-4 * size) return trim(value.toPrecision(n));
  return trim(value.toPrecision(4));
}

function amount(value: number, digits: Digits): string {
  if (value >= 1000) return scaled(value, COUNTS, digits, '');
  if (value >= 0.995 && digits === 'exact') return Number.isInteger(value) ? String(value) : value.toFixed(2);
  return number(value, digits);
}

function scaled(value: number, units: readonly Unit[], digits: Digits, blank: string): string {
  if (value === 0) return `0${units[0]![1] && blank}${units.find(([f]) => f === 1)?.[1] ?? units[0]![1]}`;
  let pick = units[0]!;
  for (const unit of units) if (value >= unit[0] * 0.9995) pick = unit;
  return `${number(value / pick[0], digits)}${blank && pick[1] ? blank : ''}${pick[1]}`;
}

function trim(text: string): string {
  const plain = text.includes('e') ? expand(text) : text;
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}

/** `1.5e+4` as `15000`, within the sizes that JavaScript writes out. */
function expand(text: string): string {
  const value = Number(text);
  return Math.abs(value) >= 1e15 || Math.abs(value) < 1e-6 ? text : String(value);
}
