import type { Column } from '../../model/design.ts';
import { BYTES } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

const FIXED: Readonly<Record<string, number>> = { int32: 4, int64: 8, float32: 4, float64: 8, bool: 1, timestamp: 8 };

/** Bytes of one value: a text takes its characters, a category the bytes that number all its members. Undefined for a text without a length. */
function valueBytes({ type, size }: Column): number | undefined {
  if (type === 'string') return size;
  if (type === 'category')
    return size === undefined ? undefined : Math.max(1, Math.ceil(Math.log2(Math.max(2, size)) / 8));
  return FIXED[type];
}

/** Size of one row of a view without its key: the sum over its columns (bytes). */
export const bytesPerKey: Estimator = {
  quantities: ['features.bytes_per_key'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const schema = context.value(node, 'schema');
    const all = schema?.form === 'columns' ? schema.columns : [];
    // of columns of one name the first counts
    const columns = all.filter((column) => all.find((c) => c.name === column.name) === column);
    if (columns.length === 0) sheet.lacks('columns in `schema`');
    for (const column of columns) {
      const bytes = valueBytes(column);
      if (bytes === undefined) sheet.lacks(`a length of \`${column.name}\`, as in \`${column.type}(20)\``);
      const array = column.length === undefined ? '' : ` x ${column.length}`;
      sheet.fact(
        labelOf(column),
        (bytes ?? Number.NaN) * (column.length ?? 1),
        BYTES,
        'given',
        `${column.type}${column.size === undefined ? '' : `(${column.size})`}${array}`,
      );
    }
    sheet.step('row', columns.map(labelOf).join(' + '));
    return sheet.result('row');
  },
};

const labelOf = (column: Column): string => `bytes_of_${column.name}`;
