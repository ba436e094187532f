import { type Dimension, NUMBER } from '../units/dimension.ts';
import { format } from '../units/format.ts';
import { readLiteral } from '../units/literal.ts';

/** SI units as the language writes them. */
const UNITS: Readonly<Record<string, string>> = {
  s: 's',
  '1/s': '/s',
  B: ' bytes',
  flop: ' FLOP',
  'flop/s': ' FLOPS',
  W: ' W',
};

/** A number as it could stand in a document, to four digits; `up` rounds away from zero, for what must not be less. */
export function written(value: number, dimension: Dimension, { share = false, up = false } = {}): string {
  if (Number.isInteger(value) && dimension === NUMBER && !share) return String(value);
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 3);
  const rounded = Number(((up ? Math.ceil : Math.floor)(value / step + (up ? -1e-6 : 1e-6)) * step).toPrecision(4));
  if (share) return `${Number((rounded * 100).toPrecision(4))}%`;
  const short = format(rounded, dimension);
  const read = readLiteral(short);
  const same = !('wrong' in read) && read.dimension === dimension && Math.abs(read.value / rounded - 1) < 1e-9;
  if (same) return short;
  const money = dimension.unit.startsWith('USD');
  return money ? `$${rounded}${dimension.unit.slice(3)}` : `${rounded}${UNITS[dimension.unit] ?? ''}`;
}
