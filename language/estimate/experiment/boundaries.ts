import { NUMBER } from '../../units/dimension.ts';
import { number } from '../../units/format.ts';
import type { Estimator } from '../context.ts';
import { JENNISON, useAlpha, useSequential } from '../sample-size.ts';
import { Sheet } from '../sheet.ts';

/** The z-values that a sequential test is compared with at its looks (two-sided); the figure is that of the last. */
export const boundaries: Estimator = {
  quantities: ['experiment.boundaries'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useAlpha(sheet, context, node);
    sheet.property('power');
    const test = useSequential(sheet, context, node);
    if (!test) {
      if (sheet.lacking.length === 0)
        sheet.lacks('a `sequential` plan, as `obrien_fleming(4)`: a test with one look has one boundary');
      return sheet.result();
    }
    const plan = context.word(node, 'sequential');
    const method =
      'the boundary at which the looks together reject by chance with the given probability, by numerical integration';
    sheet.numeric(
      'last boundary',
      `${plan}_boundary(looks, test_alpha)`,
      test.boundaries.at(-1)!,
      NUMBER,
      method,
      JENNISON,
    );
    return sheet.result('last boundary', {
      display: test.boundaries.map((z) => number(z)).join(', '),
      values: test.boundaries,
    });
  },
};
