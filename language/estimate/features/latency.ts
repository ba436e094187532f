import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { useConstant } from '../constants.ts';
import type { Context, Estimator, Input } from '../context.ts';
import { READ_TIMES, STORE_TIMES } from '../data-constants.ts';
import { arrivalsOf } from '../load.ts';
import { quantile } from '../numeric/distribution.ts';
import { Sheet } from '../sheet.ts';

/** How long one read of a view takes, or one computation on demand: its own `latency`, else its store's, else by the feature server. */
export const latency: Estimator = {
  quantities: ['features.latency_p50', 'features.latency_p99'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const p = quantity.endsWith('p50') ? 'p50' : 'p99';
    const store = context.reference(node, 'store');
    const given = context.given(node, 'latency') ?? (store && context.given(store, 'latency'));
    if (given) fromGiven(sheet, given, p);
    else if (store && READ_TIMES[context.word(store, 'server') ?? '']) fromServer(sheet, context, node, store, p);
    else sheet.lacks(store ? `\`latency\`, or \`latency\` or \`server\` of \`${store.name}\`` : '`latency`');
    return sheet.result(`${p} latency`);
  },
};

function fromGiven(sheet: Sheet, given: Input, p: 'p50' | 'p99'): void {
  const value = given.spread ? quantile(given.spread, p === 'p50' ? 0.5 : 0.99) : given.value;
  sheet.use(`${p} latency`, { ...given, value, spread: undefined });
}

/** Feature servers spend their time on rows and columns, so a read is affine in their product. */
function fromServer(sheet: Sheet, context: Context, node: Node, store: Node, p: 'p50' | 'p99'): void {
  const times = READ_TIMES[context.word(store, 'server')!]![p];
  const arrivals = arrivalsOf(context, node);
  const calls = arrivals.reduce((sum, a) => sum + a.traffic.value * a.calls, 0);
  const rows = arrivals.reduce((sum, a) => sum + a.traffic.value * a.calls * a.rows, 0);
  sheet.fact(
    'rows',
    calls > 0 ? rows / calls : 1,
    NUMBER,
    calls > 0 ? 'given' : 'default',
    calls > 0 ? 'the flow' : 'one row a read',
  );
  const schema = context.value(node, 'schema');
  sheet.fact('columns', schema?.form === 'columns' ? schema.columns.length : 0, NUMBER, 'given', '`schema`');
  useConstant(sheet, times.start);
  useConstant(sheet, times.each);
  const online = context.reference(store, 'online')?.name;
  const extra = STORE_TIMES[online ?? '']?.[p];
  if (extra) useConstant(sheet, extra);
  else if (online !== 'Redis') sheet.assume('the online store is taken to answer as fast as Redis');
  sheet.step(
    `${p} latency`,
    `start_of_a_read + rows * columns * time_of_a_value${extra ? ' + read_of_the_store' : ''}`,
  );
  sheet.assume('the feature server is not saturated');
}
