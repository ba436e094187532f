import { settledFreely, useSettled } from '../answer.ts';
import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useDemand } from '../demand.ts';
import { useGeneration, useRows } from '../generation.ts';
import { Sheet } from '../sheet.ts';

/** Requests that the load keeps in flight in one replica (Little's law), also where their caches do not fit. */
export const concurrencyForLoad: Estimator = {
  quantities: ['serving.concurrency_for_load'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!generates(context, node)) return { missing: ['a `model` that generates'] };
    const generation = useGeneration(sheet, context, node);
    const load = useDemand(sheet, context, node);
    sheet.cite('replicas', context.estimate(node, 'serving.replicas'));
    if (!generation || sheet.lacking.length > 0) return sheet.result();
    sheet.step('load of a replica', `${load} / replicas`);
    const found = settledFreely(sheet, generation, sheet.valueOf('load of a replica'));
    if (found === undefined) {
      sheet.lacks('fewer requests or more replicas: no number in flight finishes as fast as they come');
      return sheet.result();
    }
    useSettled(sheet, found);
    useRows(sheet, generation.decode);
    useRows(sheet, generation.firstToken);
    return sheet.result('concurrency');
  },
};
