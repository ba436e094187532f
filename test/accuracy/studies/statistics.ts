import { erlangC } from '#language/estimate/numeric/queue.ts';
import { figuresOf } from '../figure.ts';
import type { Sample, Study } from '../study.ts';
import { publishedTable } from '../tables.ts';

const EXACT = { low: null, high: null, held: false } as const;

const experiment = (properties: string): string => `
model Net { architecture: linear  params: 10 }
serving A { model: Net  hardware: 1 x CPU  latency: 1ms }
serving B { model: Net  hardware: 1 x CPU  latency: 1ms }
experiment Test {
  control: A 50%  treatment: B 50%
  ${properties}
}
`;

export const abSamples: Study = {
  name: 'ab_samples',
  title: 'Sample of an A/B test',
  unit: '1',
  target: { median: 0.005, p90: 0.005 },
  truth: 'repository',
  samples: () =>
    publishedTable('ab_samples.csv').map(({ baseline, treatment, alpha, power, metrics, units }): Sample => {
      const more = Array.from({ length: Number(metrics) - 1 }, (_, i) => `m${i}`);
      const text = experiment(`
        primary: rate baseline ${baseline} mde ${100 * (Number(treatment) - Number(baseline))}pp
        alpha: ${alpha}  power: ${power}
        ${more.length > 0 ? `metrics: ${more.join(', ')}  correction: bonferroni` : ''}`);
      return {
        id: `${baseline} to ${treatment}, alpha ${alpha} / ${metrics}, power ${power}`,
        published: Number(units),
        ...EXACT,
        estimate: figuresOf(text)('Test', 'experiment.sample_per_arm').estimate,
      };
    }),
};

/** The last boundary, and the sample against that of one look. */
export const sequential: Study = {
  name: 'sequential',
  title: 'Boundaries and inflation of sequential tests',
  unit: '1',
  target: { median: 0.005, p90: 0.005 },
  truth: 'repository',
  samples: () =>
    publishedTable('sequential.csv').map(({ plan, looks, what, power, value }): Sample => {
      const of = (properties: string, quantity: string) =>
        figuresOf(experiment(`primary: rate baseline 10% mde 1%  power: ${power}  ${properties}`))('Test', quantity)
          .estimate;
      const planned = `sequential: ${plan}(${looks})`;
      const inflation = () => of(planned, 'experiment.sample_per_arm') / of('', 'experiment.sample_per_arm');
      return {
        id: `${plan}(${looks}) ${what}`,
        published: Number(value!.split(' ').at(-1)),
        ...EXACT,
        estimate: what === 'inflation' ? inflation() : of(planned, 'experiment.boundaries'),
      };
    }),
};

/** No design has exponential services, so this asks the function that the queues use. */
export const waiting: Study = {
  name: 'waiting',
  title: "Erlang's C",
  unit: '1',
  target: { median: 0.001, p90: 0.001 },
  truth: 'repository',
  samples: () =>
    publishedTable('waiting.csv').map(
      ({ servers, load, waits }): Sample => ({
        id: `${servers} servers at ${load}`,
        published: Number(waits),
        ...EXACT,
        estimate: erlangC(Number(servers), Number(servers) * Number(load)),
      }),
    ),
};
