import type { Node } from '../../model/design.ts';
import { RATE } from '../../units/dimension.ts';
import type { Context, Estimator, Input } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Rows written to a view: one for each record of its sources if it streams, one for each key in each run if it is a batch (rows per second). */
export const writesPerSecond: Estimator = {
  quantities: ['features.writes_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const type = context.word(node, 'type');
    if (type === 'streaming') fromRecords(sheet, context, node);
    else if (type === 'batch') fromRuns(sheet, context, node);
    else sheet.lacks('a `type` of `streaming` or `batch`: a view on demand writes nothing');
    return sheet.result('writes');
  },
};

function fromRecords(sheet: Sheet, context: Context, node: Node): void {
  const sources = context.references(node, 'source');
  if (sources.length === 0) sheet.lacks('`source`');
  for (const source of sources)
    sheet.use(`${source.name} rate`, rateOf(context, source), `\`rate\` of \`${source.name}\``);
  sheet.step('writes', sources.map((s) => `${s.name}_rate`).join(' + '));
  sheet.assume('each record updates one row');
}

export function rateOf(context: Context, source: Node): Input | undefined {
  const records = context.given(source, 'records');
  return context.given(source, 'rate') ?? (records?.dimension === RATE ? records : undefined);
}

function fromRuns(sheet: Sheet, context: Context, node: Node): void {
  const entity = context.reference(node, 'entity');
  sheet.use(
    'keys',
    entity && context.given(entity, 'keys'),
    `\`keys\` of ${entity ? `\`${entity.name}\`` : 'its `entity`'}`,
  );
  const filler = context.referrers(node, 'pipeline').find((n) => context.references(n, 'to').includes(node));
  const every = context.given(node, 'every') ?? (filler && context.given(filler, 'every'));
  sheet.use('every', every, '`every`');
  sheet.step('writes', 'keys / every');
  sheet.assume('each run writes a row for every key; the rate is the average over the time between runs');
}
