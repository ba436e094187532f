import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { FRAGMENTATION } from '../data-constants.ts';
import { Sheet } from '../sheet.ts';

/** What an online store holds in memory: all views that it keeps × its copies, and what the allocator cannot use (bytes). */
export const storeOnlineBytes: Estimator = {
  quantities: ['featurestore.online_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const views = context
      .referrers(node, 'features')
      .filter((n) => context.reference(n, 'store') === node && context.word(n, 'type') !== 'on_demand');
    if (views.length === 0) sheet.lacks('a feature view with this `store`');
    for (const view of views) sheet.take(`bytes of ${view.name}`, view, 'features.online_bytes');
    sheet.property('replication');
    useConstant(sheet, FRAGMENTATION);
    sheet.step(
      'online data',
      `(${views.map((v) => `bytes_of_${v.name}`).join(' + ')}) * replication / (1 - fragmentation)`,
    );
    return sheet.result('online data');
  },
};
