import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { useConstant } from '../constants.ts';
import type { Context, Estimator } from '../context.ts';
import { ID_BYTES, LINK_BYTES, LISTS, VECTOR_VALUE } from '../data-constants.ts';
import { Sheet } from '../sheet.ts';

/** Memory of one copy of a vector index, by its type (bytes). */
export const memoryBytes: Estimator = {
  quantities: ['index.memory_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const type = context.word(node, 'type') ?? '';
    sheet.property('vectors');
    sheet.property('dimensions');
    useConstant(sheet, VECTOR_VALUE);
    const bytes = BY_TYPE[type];
    if (bytes) sheet.step('memory', bytes(sheet, context, node));
    else sheet.lacks('`type`');
    sheet.assume('one copy, without deleted vectors and what is stored beside them');
    return sheet.result('memory');
  },
};

const lists = (sheet: Sheet): void => {
  useConstant(sheet, ID_BYTES);
  useConstant(sheet, LISTS);
  sheet.step('lists', 'lists_per_root * sqrt(vectors)');
};

/** each adds its rows and gives the formula of the memory */
const BY_TYPE: Readonly<Record<string, (sheet: Sheet, context: Context, node: Node) => string>> = {
  flat: () => 'vectors * dimensions * value_bytes',
  hnsw: (sheet) => {
    sheet.property('m');
    useConstant(sheet, LINK_BYTES);
    useConstant(sheet, ID_BYTES);
    sheet.assume('the upper layers of the graph are small beside the lowest');
    return 'vectors * (dimensions * value_bytes + 2 * m * link_bytes + id_bytes)';
  },
  ivf_flat: (sheet) => {
    lists(sheet);
    return 'vectors * (dimensions * value_bytes + id_bytes) + lists * dimensions * value_bytes';
  },
  ivf_pq: (sheet, context, node) => {
    lists(sheet);
    const code = context.given(node, 'pq_bytes');
    sheet.use('pq bytes', code, '`pq_bytes`');
    if (code?.dimension !== NUMBER) return 'vectors * (pq_bytes + id_bytes) + lists * dimensions * value_bytes';
    useConstant(sheet, { ...VECTOR_VALUE, label: 'code byte', value: 1, source: 'a code of 8 bits' });
    return 'vectors * (pq_bytes * code_byte + id_bytes) + lists * dimensions * value_bytes';
  },
};
