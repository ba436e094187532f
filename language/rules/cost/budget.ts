import type { Context } from '../../estimate/context.ts';
import type { Estimate } from '../../estimate/estimate.ts';
import type { Node } from '../../model/design.ts';
import { MONEY_RATE } from '../../units/dimension.ts';
import { figure } from '../figures.ts';

/** A system that costs more than its budget. */
export interface Overspent {
  readonly system: Node;
  readonly cost: Estimate;
  /** USD a second */
  readonly limit: number;
  /** some parts have no price, so it is more than the figure says */
  readonly partial: boolean;
}

export function overspent(context: Context): Overspent | undefined {
  const [system] = context.all('system');
  const limit = system && context.given(system, 'budget');
  const cost = limit?.dimension === MONEY_RATE ? figure(context, system!, 'system.cost') : undefined;
  if (!cost || cost.value <= limit!.value * (1 + 1e-9)) return undefined;
  const partial = cost.assumptions.some((a) => a.startsWith('not priced') && !a.endsWith('runs once'));
  return { system: system!, cost, limit: limit!.value, partial };
}
