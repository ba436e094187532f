import { figuresOf } from '../figure.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { publishedTable, type Row } from '../tables.ts';

/** A view with so many columns, read for so many rows at once. */
const document = ({ store, server, rows, columns, calls }: Row): string => `
entity Key { keys: 1M }
featurestore Store { online: ${store}  server: ${server} }
features View {
  store: Store  entity: Key  type: batch
  schema {
${Array.from({ length: Number(columns) }, (_, i) => `    column_${i}: int64`).join('\n')}
  }
}
request Read { traffic: ${calls}/s  flow: View[${rows}] }
`;

function samples(): Sample[] {
  return publishedTable('feature_reads.csv').map((row) => ({
    id: `${row.store} ${row.server} ${row.rows} x ${row.columns} at ${row.calls}/s`,
    published: Number(row.p99) / 1e3,
    ...figuresOf(document(row))('View', 'features.latency_p99'),
    held: heldBack(`feast ${row.store}/${row.server} ${row.rows}x${row.columns}`),
  }));
}

export const featureReads: Study = {
  name: 'feature_reads',
  title: 'p99 of reading features online',
  unit: 's',
  target: { median: 0.25, p90: 0.6 },
  truth: 'repository',
  samples,
};
