import { NUMBER } from '../../units/dimension.ts';
import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { FIELD_OVERHEAD, ROW_OVERHEAD } from '../data-constants.ts';
import { Sheet } from '../sheet.ts';

/** One copy of a view in the online store: a row for each key, with the key and what the store adds to rows and values (bytes). */
export const onlineBytes: Estimator = {
  quantities: ['features.online_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!context.reference(node, 'store')) {
      sheet.lacks('a `store`: without one nothing is kept');
      return sheet.result();
    }
    const entity = context.reference(node, 'entity');
    sheet.use(
      'keys',
      entity && context.given(entity, 'keys'),
      `\`keys\` of ${entity ? `\`${entity.name}\`` : 'its `entity`'}`,
    );
    sheet.use(
      'key',
      entity && context.given(entity, 'key'),
      `\`key\` (its bytes) of ${entity ? `\`${entity.name}\`` : 'its `entity`'}`,
    );
    sheet.take('row', node, 'features.bytes_per_key');
    const schema = context.value(node, 'schema');
    sheet.fact('columns', schema?.form === 'columns' ? schema.columns.length : 0, NUMBER, 'given', '`schema`');
    useConstant(sheet, ROW_OVERHEAD);
    useConstant(sheet, FIELD_OVERHEAD);
    sheet.step('online data', 'keys * (key + row + row_overhead + columns * field_overhead)');
    if (context.given(node, 'ttl')) sheet.assume('every key has a row: how many have lapsed by `ttl` is not known');
    return sheet.result('online data');
  },
};
