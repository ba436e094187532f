import type { Dimension } from '../units/dimension.ts';
import type { Sheet } from './sheet.ts';

/** A published or fitted figure that no design states. `ninety` is its 90% error as a factor: the truth lies within x/÷ that. */
export interface Constant {
  readonly label: string;
  readonly value: number;
  readonly dimension: Dimension;
  readonly source: string;
  readonly ninety?: number;
}

export const constantOf = (
  label: string,
  value: number,
  dimension: Dimension,
  source: string,
  ninety?: number,
): Constant => ({ label, value, dimension, source, ...(ninety && { ninety }) });

/** Adds the row of a constant, once. */
export const useConstant = (sheet: Sheet, c: Constant): number =>
  sheet.has(c.label) ? sheet.valueOf(c.label) : sheet.constant(c.label, c.value, c.dimension, c.source, c.ninety);
