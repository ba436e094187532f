import { engineOf, figureOf } from '../serving.ts';
import { heldBack, type Sample, type Study } from '../study.ts';
import { publishedTable } from '../tables.ts';

/** `per`: the published figure is that of all devices, or of one. */
function samples(kind: string, per: 'replica' | 'device'): Sample[] {
  return publishedTable('llm_throughput.csv')
    .filter((row) => row.kind === kind)
    .map((row) => {
      const figure = figureOf(
        {
          ...engineOf(row),
          ...(row.batch && { batch: Number(row.batch) }),
        },
        'serving.max_tokens_per_second',
      );
      const share = per === 'device' ? Number(row.devices) : 1;
      return {
        id: `${row.model} ${row.devices} x ${row.hardware} ${row.precision} ${row.batch} ${row.input} + ${row.output}`,
        published: Number(row.value),
        estimate: figure.estimate / share,
        low: figure.low && figure.low / share,
        high: figure.high && figure.high / share,
        held: heldBack(`${row.model} on ${row.hardware}`),
      };
    });
}

export const throughputMost: Study = {
  name: 'throughput_most',
  title: 'Maximum token throughput of a replica',
  unit: 'tokens/s',
  target: { median: 0.13, p90: 0.38, width: 1.6 },
  peers: 'KernelSight-LM 3% median',
  truth: 'repository',
  samples: () => samples('most', 'replica'),
};

export const throughputFixed: Study = {
  name: 'throughput_fixed',
  title: 'Token throughput at a fixed batch',
  unit: 'tokens/s',
  target: { median: 0.13, p90: 0.38, width: 1.6 },
  truth: 'repository',
  samples: () => samples('fixed batch', 'device'),
};
