import type { Node } from '../model/design.ts';
import { RATE } from '../units/dimension.ts';
import type { Context, Input } from './context.ts';
import { arrivalsOf, useTraffic } from './load.ts';
import type { Sheet } from './sheet.ts';

/**
 * Adds the rows of what reaches a serving's replicas, in requests a second (examples a second for a batch): what is written, else what
 * its schedule, the flows or its source bring, less what a cache answers. Gives the formula of the result: `traffic` or `load`.
 */
export function useDemand(sheet: Sheet, context: Context, node: Node): string {
  const traffic = useArrivals(sheet, context, node);
  const hits = context.given(node, 'cache.hit_rate');
  if (!hits) return traffic;
  sheet.use('cache hit rate', hits);
  sheet.step('load', `${traffic} * (1 - cache_hit_rate)`);
  return 'load';
}

function useArrivals(sheet: Sheet, context: Context, node: Node): string {
  const every = context.given(node, 'every');
  const given = context.given(node, 'traffic');
  if (context.word(node, 'pattern') === 'batch' && every && !given) {
    if (!sheet.has('examples')) sheet.property('examples');
    sheet.use('every', every);
    sheet.step('traffic', 'examples / every');
    return 'traffic';
  }
  if (!given && context.value(node, 'traffic')) {
    sheet.lacks('`traffic` that can be computed');
    return 'traffic';
  }
  const stream = given || arrivalsOf(context, node).length > 0 ? undefined : sourceRate(context, node);
  if (stream) sheet.use('traffic', stream);
  else useTraffic(sheet, context, node);
  return 'traffic';
}

/** what a streaming serving scores: the records of its source */
function sourceRate(context: Context, node: Node): Input | undefined {
  const source = context.reference(node, 'source');
  const records = source && context.given(source, 'records');
  return source && (context.given(source, 'rate') ?? (records?.dimension === RATE ? records : undefined));
}
