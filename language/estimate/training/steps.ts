import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/**
 * Optimizer steps of one run: examples × epochs / batch, or tokens × epochs / (batch × sequence) (the definition of the language). Not rounded: the
 * last batch may be a part of one.
 */
export const steps: Estimator = {
  quantities: ['training.steps'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (context.given(node, 'steps')) {
      sheet.property('steps');
      return sheet.result();
    }
    const byToken = !context.given(node, 'examples') && context.given(node, 'tokens') !== undefined;
    if (byToken) sheet.property('tokens');
    else sheet.property('examples', '`examples`, or `tokens` and `sequence`');
    sheet.property('epochs');
    sheet.property('batch');
    if (byToken) sheet.property('sequence');
    sheet.step('steps', byToken ? 'tokens * epochs / (batch * sequence)' : 'examples * epochs / batch');
    return sheet.result();
  },
};
