import { figuresOf } from '../figure.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { publishedTable, type Row } from '../tables.ts';

/** The whole system is one replica; which devices it has decides nothing here. */
const document = ({ offline, limit }: Row): string => `
model Model { task: classification  architecture: cnn }
serving Server {
  model: Model  hardware: 1 x H100
  throughput: ${offline}/s
  budget: p99 < ${limit === '' ? 2000 : limit}ms
}
`;

export const serverThroughput: Study = {
  name: 'server_throughput',
  title: 'Server throughput under a latency limit, from offline throughput',
  unit: '1/s',
  target: { median: 0.1, p90: 0.25 },
  truth: 'repository',
  samples: () =>
    publishedTable('mlperf_server.csv').map(
      (row): Sample => ({
        id: `${row.model} on ${row.devices} x ${row.accelerator}`,
        published: Number(row.server),
        ...figuresOf(document(row))('Server', 'serving.throughput_for_budget'),
        held: heldBack(`${row.model} ${row.accelerator}`),
      }),
    ),
};
