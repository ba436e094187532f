import type { Context } from '../../estimate/context.ts';
import type { Node, PrimaryValue, Value } from '../../model/design.ts';
import { movedBound } from '../bounds.ts';
import { figure } from '../figures.ts';

/** Seconds until both arms have their sample, before they are rounded up to weeks. */
export const timeToSample = (context: Context, node: Node): number | undefined =>
  figure(context, node, 'experiment.duration')?.steps.find((row) => row.label === 'time to sample')?.value;

/** The smallest effect that a duration shows, in the unit in which it is written; up to eight times the declared one. */
export function seenWithin(context: Context, node: Node, primary: PrimaryValue, duration: number): string | undefined {
  const { mde } = primary;
  const literal = mde?.op === 'negative' ? mde.of : mde;
  if (!mde || literal?.op !== 'number') return undefined;
  const sees = (factor: number): boolean => {
    const value: Value = { ...primary, mde: { ...mde, ...scaled(mde, factor) } as typeof mde };
    return (
      (timeToSample(context.set(new Map([[`${node.name}.primary`, value]])), node) ?? Number.POSITIVE_INFINITY) <=
      duration
    );
  };
  // far above the declared effect the treatment's rate may be no rate any more
  let [low, high] = [1, [8, 4, 2, 1.5].find(sees) ?? 0];
  if (high === 0) return undefined;
  for (let i = 0; i < 20; i++)
    [low, high] = sees((low + high) / 2) ? [low, (low + high) / 2] : [(low + high) / 2, high];
  const text = movedBound(literal, literal.value * (high / 1.05) * 1.002, true);
  return text && `${mde.op === 'negative' ? '-' : ''}${text}`;
}

const scaled = (e: NonNullable<PrimaryValue['mde']>, factor: number) =>
  e.op === 'negative'
    ? { of: { ...e.of, ...(e.of.op === 'number' && { value: e.of.value * factor }) } }
    : e.op === 'number'
      ? { value: e.value * factor }
      : {};
