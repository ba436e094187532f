import {
  BANDWIDTH,
  BYTES,
  type Dimension,
  FLOP,
  FLOPS,
  MONEY,
  MONEY_RATE,
  NUMBER,
  POINTS,
  POWER,
  RATE,
  TIME,
} from '../units/dimension.ts';
import { UNIT_WORDS } from '../units/literal.ts';
import type { Offer } from './completion.ts';
import { unitInWords } from './hover-number.ts';

/** What may follow a number, the usual first. */
const UNITS: readonly (readonly [Dimension, readonly string[]])[] = [
  [TIME, ['ms', 's', 'min', 'h', 'd', 'us', 'ns', 'week', 'month', 'year']],
  [RATE, ['/s', 'k/s', 'qps', 'k qps', '/min', '/h', '/d', 'M/d', 'k/d', '/month']],
  [BYTES, ['KB', 'MB', 'GB', 'TB', 'PB', 'B', 'bytes', 'KiB', 'MiB', 'GiB', 'TiB']],
  [BANDWIDTH, ['GB/s', 'TB/s', 'MB/s', 'KB/s']],
  [NUMBER, ['k', 'M', 'B', 'T', '%', 'tokens']],
  [FLOPS, ['TFLOPS', 'PFLOPS', 'GFLOPS']],
  [FLOP, ['GFLOP', 'TFLOP', 'MFLOP', 'PFLOP']],
  [POWER, ['W', 'kW']],
  [MONEY, ['k', 'M']],
  [MONEY_RATE, ['/h', 'k/month', '/month', '/d', '/year']],
  [POINTS, ['pp']],
];

/** Units of some dimensions. `apart`: the number that a blank separates from the caret; only words may follow it so, `12 h`. */
export function unitsOf(dimensions: readonly Dimension[], apart?: string): Offer[] {
  const units = UNITS.filter(([d]) => dimensions.includes(d)).flatMap(([, list]) => list);
  const fitting =
    apart === undefined ? units : /^[\d_.]+$/.test(apart) ? units.filter((u) => UNIT_WORDS.includes(u)) : [];
  return fitting.map((label) => ({ label, is: 'unit', doc: unitInWords(label) }));
}
