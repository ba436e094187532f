import type { Dimension } from '../units/dimension.ts';
import type { Sheet } from './sheet.ts';

/**
 * How far off an estimate is in nine of ten cases, as a factor: the truth lies within x/÷ that. Two where it is later more often than sooner:
 * within ÷ the first and x the second.
 */
export type Ninety = number | readonly [below: number, above: number];

/** A published or fitted figure that no design states, with its error where it has one. */
export interface Constant {
  readonly label: string;
  readonly value: number;
  readonly dimension: Dimension;
  readonly source: string;
  readonly ninety?: Ninety;
}

export const constantOf = (
  label: string,
  value: number,
  dimension: Dimension,
  source: string,
  ninety?: Ninety,
): Constant => ({ label, value, dimension, source, ...(ninety && { ninety }) });

/** Adds the row of a constant, once. */
export const useConstant = (sheet: Sheet, c: Constant): number =>
  sheet.has(c.label) ? sheet.valueOf(c.label) : sheet.constant(c.label, c.value, c.dimension, c.source, c.ninety);
