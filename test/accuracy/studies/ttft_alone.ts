import { engineOf, figureOf } from '../serving.ts';
import { heldBack, type Study } from '../study.ts';
import { publishedTable } from '../tables.ts';

export const ttftAlone: Study = {
  name: 'ttft_alone',
  title: 'Time to first token of one request alone',
  unit: 's',
  target: { median: 0.4, p90: 1 },
  truth: 'repository',
  samples: () =>
    publishedTable('llm_throughput.csv')
      .filter((row) => row.kind === 'first token')
      .map((row) => ({
        id: `${row.model} ${row.devices} x ${row.hardware} ${row.precision} ${row.input}`,
        published: Number(row.value) / 1e3,
        ...figureOf(
          {
            ...engineOf(row),
            concurrency: 1,
          },
          'serving.ttft_p50',
        ),
        held: heldBack(`${row.model} on ${row.hardware}`),
      })),
};
