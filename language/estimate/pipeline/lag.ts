import type { Node } from '../../model/design.ts';
import type { Context, Estimator, Input } from '../context.ts';
import { rateOf } from '../features/writes_per_second.ts';
import { Sheet } from '../sheet.ts';

/**
 * How far what a pipeline fills is behind its source, at worst: the time between runs and the length of one for a batch, the delay of a record
 * for a stream. A pipeline that is slower than its sources has no lag: it falls behind without end.
 */
export const lag: Estimator = {
  quantities: ['pipeline.lag'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const batch = (context.word(node, 'type') ?? (context.given(node, 'every') ? 'batch' : 'streaming')) === 'batch';
    const rates = useInflow(sheet, context, node);
    if (batch) {
      sheet.property('every');
      useDuration(sheet, context, node, rates);
      sheet.step('lag', 'every + duration');
    } else {
      sheet.property('delay');
      sheet.step('lag', 'delay');
    }
    return sheet.result('lag');
  },
};

/** Adds `inflow` and `throughput` where both are known; false where they are not. */
function useInflow(sheet: Sheet, context: Context, node: Node): boolean {
  const throughput = context.given(node, 'throughput');
  const inflow = inflowOf(context, node);
  if (!throughput || inflow.length === 0) return false;
  if (fallsBehind(context, node))
    sheet.lacks('a `throughput` of at least what its sources bring: as it is, it falls behind without end');
  for (const { source, rate } of inflow) sheet.use(`${source.name} rate`, rate);
  sheet.use('throughput', throughput);
  sheet.step('inflow', inflow.map(({ source }) => `${source.name}_rate`).join(' + '));
  return true;
}

/** True where the sources bring more than the pipeline can handle. */
export function fallsBehind(context: Context, node: Node): boolean {
  const throughput = context.given(node, 'throughput');
  return (
    throughput !== undefined &&
    throughput.value < inflowOf(context, node).reduce((sum, { rate }) => sum + rate.value, 0)
  );
}

export function inflowOf(context: Context, node: Node): readonly { readonly source: Node; readonly rate: Input }[] {
  return context.references(node, 'from').flatMap((source) => {
    const rate = source.kind === 'source' ? rateOf(context, source) : undefined;
    return rate ? [{ source, rate }] : [];
  });
}

function useDuration(sheet: Sheet, context: Context, node: Node, rates: boolean): void {
  if (context.given(node, 'duration') || !rates)
    sheet.property('duration', '`duration`, or `throughput` and the `rate` of its sources');
  else {
    sheet.step('duration', 'every * inflow / throughput');
    sheet.assume('a run handles what has arrived since the one before');
  }
}
