import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { EVENT_TIME } from '../data-constants.ts';
import { Sheet } from '../sheet.ts';

/** History of a view in the offline store: the rows that it writes over the retention of its source, each with key and time (bytes). */
export const offlineBytes: Estimator = {
  quantities: ['features.offline_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const entity = context.reference(node, 'entity');
    const source = context.references(node, 'source').find((s) => context.given(s, 'retention'));
    sheet.take('writes', node, 'features.writes_per_second');
    sheet.use('retention', source && context.given(source, 'retention'), '`retention` of its `source`');
    sheet.use(
      'key',
      entity && context.given(entity, 'key'),
      `\`key\` (its bytes) of ${entity ? `\`${entity.name}\`` : 'its `entity`'}`,
    );
    sheet.take('row', node, 'features.bytes_per_key');
    useConstant(sheet, EVENT_TIME);
    sheet.step('offline data', 'writes * retention * (key + event_time + row)');
    sheet.assume('every row that is written is kept as long as the source is, in one copy, not compressed');
    return sheet.result('offline data');
  },
};
