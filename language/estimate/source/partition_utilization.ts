import type { Node } from '../../model/design.ts';
import { BANDWIDTH, RATE } from '../../units/dimension.ts';
import type { Context, Estimator } from '../context.ts';
import { rateOf } from '../features/writes_per_second.ts';
import { Sheet } from '../sheet.ts';

/** Share of what the partitions of a stream can take that it brings: by bytes or by records, whichever is more. */
export const partitionUtilization: Estimator = {
  quantities: ['source.partition_utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.property('partitions');
    sheet.use('rate', rateOf(context, node), '`rate`, or `records` per time');
    const shares = [useRecords(sheet, context, node), useBytes(sheet, context, node)].filter((s) => s !== undefined);
    if (shares.length === 0) sheet.lacks('a `tech` with a known limit of a partition (`partition_write`)');
    sheet.step('partition utilization', shares.length > 1 ? `max(${shares.join(', ')})` : (shares[0] ?? '0'));
    sheet.assume('records are spread evenly over the partitions');
    return sheet.result('partition utilization');
  },
};

function useRecords(sheet: Sheet, context: Context, node: Node): string | undefined {
  const limit = limitOf(context, node, 'partition_records') ?? limitOf(context, node, 'partition_write');
  if (limit?.dimension !== RATE) return undefined;
  sheet.use('records of a partition', limit);
  return 'rate / (partitions * records_of_a_partition)';
}

function useBytes(sheet: Sheet, context: Context, node: Node): string | undefined {
  const limit = limitOf(context, node, 'partition_write');
  const record = context.given(node, 'record');
  if (limit?.dimension !== BANDWIDTH || !record) return undefined;
  sheet.use('record', record);
  sheet.use('bytes of a partition', limit);
  return 'rate * record / (partitions * bytes_of_a_partition)';
}

function limitOf(context: Context, node: Node, name: string) {
  const tech = context.reference(node, 'tech');
  return tech && context.given(tech, `limits.${name}`);
}
