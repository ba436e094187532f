import type { Node } from '../../model/design.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { useConstant } from '../constants.ts';
import type { Context, Estimator, Input } from '../context.ts';
import {
  COLLECTOR_PAUSE,
  PAUSED_FROM,
  READ_TIMES,
  type ReadTime,
  STEADY_TAIL,
  STORE_TIMES,
  VIEW_COLUMNS,
} from '../data-constants.ts';
import { arrivalsOf } from '../load.ts';
import { quantile } from '../numeric/distribution.ts';
import { key, Sheet } from '../sheet.ts';

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

/** Feature servers spend their time on views, and on rows and columns. */
function fromServer(sheet: Sheet, context: Context, node: Node, store: Node, p: 'p50' | 'p99'): void {
  useShape(sheet, context, node);
  const server = context.word(store, 'server')!;
  const { law, error } = READ_TIMES[server]![p];
  sheet.step('time of the server', readTime(sheet, law));
  if (server === 'python' && p === 'p99') useCollector(sheet);
  const served = sheet.has('slow time of the server') ? 'slow_time_of_the_server' : 'time_of_the_server';
  const online = context.reference(store, 'online')?.name;
  const extra = STORE_TIMES[online ?? '']?.[p];
  if (extra) sheet.step('time of the store', readTime(sheet, extra));
  else if (online !== 'Redis') sheet.assume('the online store is taken to answer as fast as Redis');
  useConstant(sheet, error);
  sheet.step(`${p} latency`, `measured_over_estimated * (${served}${extra ? ' + time_of_the_store' : ''})`);
  sheet.assume('the feature server is not saturated');
}

/** Adds `rows`, `columns` and `views`. */
function useShape(sheet: Sheet, context: Context, node: Node): void {
  const arrivals = arrivalsOf(context, node);
  const calls = arrivals.reduce((sum, a) => sum + a.traffic.value * a.calls, 0);
  const rows = arrivals.reduce((sum, a) => sum + a.traffic.value * a.calls * a.rows, 0);
  const known = calls > 0;
  sheet.fact(
    'rows',
    known ? rows / calls : 1,
    NUMBER,
    known ? 'given' : 'default',
    known ? 'the flow' : 'one row a read',
  );
  const schema = context.value(node, 'schema');
  sheet.fact('columns', schema?.form === 'columns' ? schema.columns.length : 0, NUMBER, 'given', '`schema`');
  useConstant(sheet, VIEW_COLUMNS);
  sheet.step('views', 'max(1, ceil(columns / columns_of_a_view))');
}

/** Adds `slow time of the server`, of an interpreter whose garbage collector pauses it. */
function useCollector(sheet: Sheet): void {
  useConstant(sheet, STEADY_TAIL);
  const paused = sheet.valueOf('time of the server') > PAUSED_FROM.value;
  if (paused) useConstant(sheet, COLLECTOR_PAUSE);
  const pause = paused ? ' + pause_of_the_collector' : '';
  sheet.step('slow time of the server', `p99_over_p50 * time_of_the_server${pause}`);
  if (paused)
    sheet.assume(
      `reads of more than ${format(PAUSED_FROM.value, TIME)} meet a pause of the garbage collector (${PAUSED_FROM.source})`,
    );
}

function readTime(sheet: Sheet, { start, view, value }: ReadTime): string {
  for (const constant of [start, view, value]) useConstant(sheet, constant);
  return `${key(start.label)} + views * ${key(view.label)} + rows * columns * ${key(value.label)}`;
}
