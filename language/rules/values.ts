import type { Span, Value } from '../model/design.ts';
import { type Dimension, NUMBER } from '../units/dimension.ts';

/** Values as a fix would write them. */

export const numberValue = (value: number, dimension: Dimension, span: Span): Value => ({
  form: 'quantity',
  expression: { op: 'number', value, dimension, text: String(value), span },
});

export const poolValue = (count: number, hardware: string, span: Span): Value => ({
  form: 'pool',
  parts: [
    {
      count: { op: 'number', value: count, dimension: NUMBER, text: String(count), span },
      hardware: { name: hardware, span },
      span,
    },
  ],
});
