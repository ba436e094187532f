import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMissing } from '#language/estimate/estimate.ts';
import { intervalOf } from '#language/estimate/uncertainty.ts';
import { readSource } from '#language/model/source-file.ts';
import { figuresOf } from '#language/report.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { FULL } from './designs.ts';

/** Laws that every figure of every design obeys, whatever its estimator. */

const EXAMPLES = join(import.meta.dirname, '../designs/examples');
const UNCERTAIN = `
param peak = 800/s..1200/s
model Encoder { base: BERT_base }
model Small { architecture: transformer  params: 1.2B  layers: 22  hidden: 2048  heads: 16  vocab: 50k }
service Lookup { latency: 3ms..6ms }
serving Embed { model: Encoder  hardware: 1 x L4  input: 128 tokens  replicas: 40 }
training Pretrain { model: Small  tokens: 20B  batch: 512  sequence: 2048  hardware: 8 x A100_80GB  every: 30d }
request Ask { traffic: peak  flow: Lookup -> (Embed & Lookup) -> 20% * Embed }
system Costs { }
`;
const DESIGNS: readonly (readonly [string, string])[] = [
  ...readdirSync(EXAMPLES)
    .filter((file) => file.endsWith('.mlsys'))
    .map((file) => [file, readFileSync(join(EXAMPLES, file), 'utf8')] as const),
  ['a full design', FULL],
  ['an uncertain design', UNCERTAIN],
];

const open = (text: string): Document => new Workspace().update('file:///whole.mlsys', text);

interface Known {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Every figure that there is, by subject and quantity. */
function known(text: string, scenario: string | null = null, subjectOf = (name: string) => name): Map<string, Known> {
  const analysis = open(text).analysis(scenario);
  return new Map(
    figuresOf(analysis)
      .flatMap(({ node, subject, quantity, answer, read }) => {
        if (isMissing(answer)) return [];
        const interval = intervalOf(analysis, node, quantity, read);
        const at: Known = { value: answer.value, low: interval?.low ?? null, high: interval?.high ?? null };
        return [[`${subject.split('.').map(subjectOf).join('.')} ${quantity}`, at] as const];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Points to rounding, ends of intervals within 1%. */
function expectSame(is: ReadonlyMap<string, Known>, was: ReadonlyMap<string, Known>): void {
  expect([...is.keys()]).toEqual([...was.keys()]);
  for (const [name, a] of is) {
    const b = was.get(name)!;
    expect(Math.abs(a.value - b.value), name).toBeLessThanOrEqual(1e-9 * Math.abs(b.value));
    for (const end of ['low', 'high'] as const) {
      expect(a[end] === null, `${name} ${end}`).toBe(b[end] === null);
      if (a[end] !== null)
        expect(Math.abs(a[end] - b[end]!), `${name} ${end}`).toBeLessThanOrEqual(0.01 * Math.abs(b[end]!));
    }
  }
}

const items = (text: string): string[] =>
  readSource('', text).entries.map(({ anchor, length }) => text.slice(anchor.offset, anchor.offset + length));

describe.each(DESIGNS)('%s', { timeout: 120_000 }, (_, text) => {
  const written = known(text);

  test('has figures, and each interval contains its point', () => {
    expect(written.size).toBeGreaterThan(5);
    for (const [name, { value, low, high }] of written) {
      if (low === null || high === null) continue;
      expect(low, name).toBeLessThanOrEqual(value);
      expect(high, name).toBeGreaterThanOrEqual(value);
    }
  });

  test('p50, p95 and p99 ascend', () => {
    for (const [name, { value }] of written) {
      const [stem, p] = name.split(/_p(?=\d\d$)/);
      for (const higher of ['95', '99'].filter((other) => Number(other) > Number(p))) {
        const above = written.get(`${stem}_p${higher}`);
        if (above) expect(above.value, name).toBeGreaterThanOrEqual(value);
      }
    }
  });

  test('the order of declarations changes no figure', () => {
    expectSame(known(items(text).toReversed().join('\n')), written);
  });

  test('the names of declarations change no figure', () => {
    const names = open(text).design.nodes.map((node) => node.name);
    const own = new RegExp(`(?<![\\w."])(${names.join('|')})(?=[\\s.,\\[)@]|$)(?!\\s*:)`, 'gm');
    const other = text.replace(own, 'Zz_$1');
    expect(open(other).design.nodes.every(({ name }) => name.startsWith('Zz_'))).toBe(true);
    const renamed = known(other, null, (name) => name.replace(/^Zz_/, ''));
    expectSame(renamed, written);
  });

  test('units change no figure', () => {
    const times = text.replace(/(?<![\w.])(\d+(?:\.\d+)?)ms\b/g, (_, n) => `${Number(n) * 1000}us`);
    const rates = times.replace(/(?<![\w.])(\d+(?:\.\d+)?)k\/s/g, (_, n) => `${Number(n) * 1000}/s`);
    expect(rates).not.toBe(text);
    expectSame(known(rates), written);
  });

  test('a scenario that changes nothing changes no figure', () => {
    const { design } = open(text);
    const kept = design.nodes.flatMap((node) =>
      [...node.properties].flatMap(([key, { value }]) =>
        value.form === 'quantity' && value.expression.op === 'number' && !value.at && !value.on
          ? [`${node.name}.${key} = base`]
          : [],
      ),
    );
    expect(kept.length).toBeGreaterThan(0);
    const same = `${text}\nscenario Same {\n${kept.join('\n')}\n}\n`;
    expect(open(same).design.scenarios.at(-1)!.assignments).toHaveLength(kept.length);
    expectSame(known(same, 'Same'), written);
  });

  test('the cost of the system is that of its parts', () => {
    const analysis = open(text).analysis();
    const { system } = analysis.design;
    const whole = system && written.get(`${system.name} system.cost`);
    if (!whole) return;
    const parts = analysis.design.nodes.map((node) => {
      const every = node.kind === 'training' ? analysis.given(node, 'every') : undefined;
      const cost = written.get(`${node.name} ${node.kind}.cost`)?.value ?? 0;
      return node.kind === 'serving' ? cost : every ? cost / every.value : 0;
    });
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(whole.value, 12);
  });
});

test('designs with intervals and with costs are among them', () => {
  const all = DESIGNS.flatMap(([, text]) => [...known(text)]);
  expect(all.filter(([, { low, high }]) => low !== null && high !== null && high > low).length).toBeGreaterThan(20);
  expect(all.filter(([name, { value }]) => name.endsWith(' system.cost') && value > 0).length).toBeGreaterThan(2);
});

test('what requests cost is what the servings on their way cost', () => {
  const text = `
model Net { architecture: mlp  params: 20M }
serving A { model: Net  hardware: 1 x L4  replicas: 3  latency: 5ms }
serving B { model: Net  hardware: 1 x T4  replicas: 8  latency: 20ms }
request One { traffic: 50/s  flow: A -> 20% * B }
request Two { traffic: 10/s  flow: (A & 3 * B) -> ~A }`;
  const at = known(text);
  const requests =
    50 * at.get('One request.cost_per_1k_requests')!.value + 10 * at.get('Two request.cost_per_1k_requests')!.value;
  expect(requests / 1000).toBeCloseTo(at.get('A serving.cost')!.value + at.get('B serving.cost')!.value, 12);
});

describe('more', () => {
  const one = (text: string, subject: string, quantity: string): number => {
    const analysis = open(text).analysis();
    const answer = analysis.estimate(analysis.design.lookup(subject)!, quantity);
    if (isMissing(answer)) throw new Error(`${quantity} needs ${answer.missing.join(', ')}`);
    return answer.value;
  };
  const count = fc.integer({ min: 1, max: 64 });

  test('of a resource never makes a fit worse', () => {
    const memory = (devices: number, strategy: string) =>
      one(
        `model Net { base: Llama_3_1_8B }
training Job { model: Net  tokens: 1B  sequence: 2048  batch: 1024  micro_batch: 1  hardware: ${devices} x A100_80GB  strategy: ${strategy} }`,
        'Job',
        'training.memory_per_gpu',
      );
    fc.assert(
      fc.property(count, count, fc.constantFrom('fsdp', 'zero1', 'zero2', 'zero3'), (a, more, strategy) => {
        expect(memory(8 * (a + more), strategy)).toBeLessThanOrEqual(memory(8 * a, strategy) * (1 + 1e-9));
      }),
      { numRuns: 30 },
    );
  });

  const pass = (size: { params: number; tokens: number; items: number; peak: number; bandwidth: number }) =>
    one(
      `hardware Card { memory: 80GB  bandwidth: ${size.bandwidth}GB/s  fp16: ${size.peak}TFLOPS }
model Net { architecture: transformer  params: ${size.params}M  precision: fp16 }
serving Call { model: Net  hardware: 1 x Card  replicas: 1  traffic: 1/month  input: ${size.tokens}  items: ${size.items} }`,
      'Call',
      'serving.latency_p50',
    );
  const sizes = fc.record({
    params: fc.integer({ min: 1, max: 3000 }),
    tokens: fc.integer({ min: 1, max: 4000 }),
    items: fc.integer({ min: 1, max: 100 }),
    peak: fc.integer({ min: 1, max: 1000 }),
    bandwidth: fc.integer({ min: 10, max: 4000 }),
  });

  test('work never takes less time, and faster hardware never more', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 5 }), (size, times) => {
        const now = pass(size);
        for (const key of ['params', 'tokens', 'items'] as const)
          expect(pass({ ...size, [key]: size[key] * times }), key).toBeGreaterThanOrEqual(now * (1 - 1e-9));
        for (const key of ['peak', 'bandwidth'] as const)
          expect(pass({ ...size, [key]: size[key] * times }), key).toBeLessThanOrEqual(now * (1 + 1e-9));
      }),
      { numRuns: 40 },
    );
  });

  test('rows and columns never make a read faster, and p99 is never below p50', () => {
    const read = (server: string, store: string, rows: number, columns: number, p: string) =>
      one(
        `entity Key { keys: 1M }
featurestore Store { online: ${store}  server: ${server} }
features View {
  store: Store  entity: Key  type: batch
  schema {
${Array.from({ length: columns }, (_, i) => `    c${i}: int64`).join('\n')}
  }
}
request Read { traffic: 10/s  flow: View[${rows}] }`,
        'View',
        `features.latency_${p}`,
      );
    fc.assert(
      fc.property(
        fc.constantFrom('python', 'go', 'java'),
        fc.constantFrom('Redis', 'DynamoDB', 'Datastore'),
        count,
        fc.integer({ min: 1, max: 120 }),
        (server, store, rows, columns) => {
          const [p50, p99] = ['p50', 'p99'].map((p) => read(server, store, rows, columns, p)) as [number, number];
          expect(p99).toBeGreaterThanOrEqual(p50);
          expect(read(server, store, rows * 2, columns, 'p99')).toBeGreaterThanOrEqual(p99);
          expect(read(server, store, rows, columns + 60, 'p99')).toBeGreaterThanOrEqual(p99);
        },
      ),
      { numRuns: 25 },
    );
  });
});
