import type { Estimator } from '../context.ts';
import { useParams } from '../architecture.ts';
import { Sheet } from '../sheet.ts';

/** Tokens that a run sees for each parameter of its model, which Hoffmann et al. (arXiv:2203.15556) find best at about 20 for a given compute. */
export const tokensPerParameter: Estimator = {
  quantities: ['training.tokens_per_parameter'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    if (!model) {
      sheet.lacks('`model`');
      return sheet.result();
    }
    if (context.given(node, 'tokens') && !context.given(node, 'steps')) {
      sheet.property('tokens');
      sheet.property('epochs');
      sheet.step('tokens seen', 'tokens * epochs');
    } else {
      sheet.cite('steps', context.estimate(node, 'training.steps'));
      sheet.property('batch');
      sheet.property('sequence');
      sheet.step('tokens seen', 'steps * batch * sequence');
    }
    useParams(sheet, context, model);
    sheet.step('tokens per parameter', 'tokens_seen / params');
    return sheet.result('tokens per parameter');
  },
};
