import type { Expression } from '../model/design.ts';
import { readLiteral } from '../units/literal.ts';

/**
 * A written bound moved to what the design reaches, in its own unit: `50ms` to `64ms`, `32` to `40`. `up` for upper bounds. A
 * twentieth is added so that the next small change does not break it; a strict or whole bound is rounded away from the value.
 */
export function movedBound(bound: Expression, reached: number, up: boolean): string | undefined {
  if (bound.op !== 'number' || bound.value === 0) return undefined;
  const m = /^(\$?)([\d._]+(?:e[+-]?\d+)?)(.*)$/.exec(bound.text);
  if (!m) return undefined;
  const [, money, digits, unit] = m;
  const written = Number(digits!.replaceAll('_', ''));
  const count = unit === '' && Number.isInteger(written);
  const target = (written * reached) / bound.value;
  const moved = count ? (up ? Math.ceil(target) : Math.floor(target)) : rounded(target * (up ? 1.05 : 0.95), up);
  const text = `${money}${moved}${unit}`;
  return 'wrong' in readLiteral(text) ? undefined : text;
}

/** to two digits, away from the value */
function rounded(value: number, up: boolean): string {
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  const n = (up ? Math.ceil : Math.floor)(value / step - (up ? 1e-9 : -1e-9));
  return String(Number((n * step).toPrecision(3)));
}
