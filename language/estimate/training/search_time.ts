import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** How long a job takes until its last trial is done: as many rounds of one run as the trials need; without a search, one run. */
export const searchTime: Estimator = {
  quantities: ['training.search_time'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.cite('time', context.estimate(node, 'training.time'));
    sheet.property('trials');
    sheet.property('parallel_trials');
    sheet.step('search time', 'ceil(trials / parallel_trials) * time');
    sheet.assume('every trial runs to its end: none is stopped early');
    return sheet.result('search time');
  },
};
