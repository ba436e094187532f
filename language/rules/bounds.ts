import type { Context } from '../estimate/context.ts';
import type { Expression } from '../model/design.ts';
import { RATE } from '../units/dimension.ts';
import { format } from '../units/format.ts';
import { readLiteral } from '../units/literal.ts';
import type { Fix, RuleInput } from './rule.ts';

/**
 * A written bound moved to what the design reaches, in its own unit: `50ms` to `64ms`, `32` to `40`. `up` for upper bounds. A
 * twentieth is added so that the next small change does not break it; a whole bound is the value, or the one beyond where it is `strict`.
 */
export function movedBound(bound: Expression, reached: number, up: boolean, strict = false): string | undefined {
  if (bound.op !== 'number' || bound.value === 0) return undefined;
  const m = /^(\$?)([\d._]+(?:e[+-]?\d+)?)(.*)$/.exec(bound.text);
  if (!m) return undefined;
  const [, money, digits, unit] = m;
  const written = Number(digits!.replaceAll('_', ''));
  const count = unit === '' && Number.isInteger(written);
  const target = (written * reached) / bound.value;
  const moved = count ? nextWhole(target, up, strict) : rounded(target * (up ? 1.05 : 0.95), up);
  const text = `${money}${moved}${unit}`;
  return 'wrong' in readLiteral(text) ? undefined : text;
}

/** the nearest whole number that holds the value */
function nextWhole(value: number, up: boolean, strict: boolean): number {
  const next = up ? Math.ceil(value - 1e-9) : Math.floor(value + 1e-9);
  return strict && Math.abs(next - value) < 1e-9 * Math.max(1, value) ? next + (up ? 1 : -1) : next;
}

/** to two digits, away from the value */
function rounded(value: number, up: boolean): string {
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  const n = (up ? Math.ceil : Math.floor)(value / step - (up ? 1e-9 : -1e-9));
  return String(Number((n * step).toPrecision(3)));
}

/** A written number brought to the nearest that is allowed, in its own unit: `130%` to `100%`, `0` to `1`, `-3` to `3`, `2.5` to `3`; where a share belongs, `70` is 70%. */
export function broughtInto(
  e: Expression,
  {
    min = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
    whole,
    slice,
  }: { min?: number; max?: number; whole?: true; slice?: true },
): string | undefined {
  const literal = e.op === 'negative' ? e.of : e;
  if (literal.op !== 'number') return undefined;
  const [, money = '', digits = '', unit = ''] = /^(\$?)([\d._]+(?:e[+-]?\d+)?)(.*)$/.exec(literal.text) ?? [];
  const one = readLiteral(`${money}1${unit}`);
  if (digits === '' || 'wrong' in one) return undefined;
  if (max === 1 && unit === '' && !money && literal === e && literal.value > 1 && literal.value <= 100)
    return `${literal.text}%`;
  const least = slice && literal.value === 0 ? 1 : min;
  const near = Math.min(max, Math.max(least, literal.value));
  const allowed = whole ? Math.max(least, Math.round(near)) : near;
  const text =
    allowed === literal.value ? literal.text : `${money}${Number((allowed / one.value).toPrecision(12))}${unit}`;
  return 'wrong' in readLiteral(text) ? undefined : text;
}

/** What a budget would have to be: what is reached here, or in the scenario where it is most. */
export interface Reached {
  /** seconds */
  readonly value: number;
  readonly scenario: string | null;
}

/** What is reached in each world, if it is known, and the most of it. A budget that is widened for one of them only is soon broken again. */
export function mostReached(
  { scenario, worlds }: RuleInput,
  here: number,
  reachedIn: (context: Context) => number | undefined,
): Reached {
  return worlds().reduce<Reached>(
    (most, world) => {
      const value = reachedIn(world.context);
      return value !== undefined && value > most.value ? { value, scenario: world.scenario } : most;
    },
    { value: here, scenario },
  );
}

/** The fix that moves a budget to what is reached, where that can be written. */
export function widerBound(bound: Expression, { value, scenario }: Reached, here: string | null): Fix[] {
  const text = movedBound(bound, value, true);
  const why = scenario === here || scenario === null ? '' : `, as ${scenario} needs`;
  return text === undefined ? [] : [{ title: `Widen the budget to ${text}${why}`, edits: [{ at: bound.span, text }] }];
}

/** A rate as it is written, to four digits and not below: `12k/s`. */
export function rateAtLeast(value: number): string {
  const step = 10 ** (Math.floor(Math.log10(value)) - 3);
  const up = Math.ceil(value / step - 1e-9) * step;
  const text = format(up, RATE);
  const read = readLiteral(text);
  return 'wrong' in read || read.value < value * (1 - 1e-9) ? `${Number(up.toPrecision(4))}/s` : text;
}

/** A time as it is written, a twentieth above what is reached, to two digits: `64ms`. */
export function timeAbove(seconds: number): string {
  const [value, unit] = seconds < 1 ? [seconds * 1000, 'ms'] : [seconds, 's'];
  return `${rounded(value * 1.05, true)}${unit}`;
}
