import type { Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { Sheet } from '../sheet.ts';

/** Rows that the requests read of all views of a store (rows per second). */
export const storeReadsPerSecond: Estimator = {
  quantities: ['featurestore.reads_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const views = context
      .referrers(node, 'features')
      .filter((n) => context.reference(n, 'store') === node && context.word(n, 'type') !== 'on_demand');
    const read = views.filter((view) => !isMissing(context.estimate(view, 'features.reads_per_second')));
    if (read.length === 0) sheet.lacks('a request whose flow goes through a feature view with this `store`');
    for (const view of read) sheet.take(`reads of ${view.name}`, view, 'features.reads_per_second');
    sheet.step('reads', read.map((v) => `reads_of_${v.name}`).join(' + ') || '0');
    if (read.length < views.length) sheet.assume('views that no request reads are not counted');
    return sheet.result('reads');
  },
};
