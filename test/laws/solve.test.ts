import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Workspace } from '#language/index.ts';
import { search } from '#language/solve/search.ts';
import { type Solution, solve } from '#language/solve/solve.ts';

const DESIGN = `
model Net { architecture: mlp  params: 20M  precision: fp16 }
param people = 1M
param copies = 6
param share = 40%
serving Score {
  model: Net
  hardware: 1 x L4
  replicas: 3
  latency: 20ms
  batching { max: 4  wait: 1ms }
  traffic: 100/s
  budget: p99 < 80ms
}
serving Auto { model: Net  hardware: 1 x T4  replicas: auto  traffic: people / 1d  latency: 30ms }
serving Counted { model: Net  hardware: 1 x T4  replicas: copies  traffic: 150/s  latency: 30ms }
`;

function solved(figure: string, target: string, vary: string, text = DESIGN) {
  const document = new Workspace().update('file:/solve.mlsys', text);
  return solve(document.file, document.analysis(), figure, target, vary);
}

function solution(figure: string, target: string, vary: string): Solution {
  const found = solved(figure, target, vary);
  if ('problem' in found) throw new Error(found.problem);
  return found;
}

/** The figure with a value written into the document itself. */
function reachedWith(figure: string, line: RegExp, written: string): number {
  const document = new Workspace().update('file:/written.mlsys', DESIGN.replace(line, written));
  const [subject, ...path] = figure.split('.');
  const node = document.design.lookup(subject!)!;
  const answer = document.analysis().estimate(node, `${node.kind}.${path.join('_')}`);
  return 'value' in answer ? answer.value : Number.NaN;
}

test('the fewest replicas that keep a latency: one fewer does not', () => {
  const { met, answer, now, from, to } = solution('Score.latency.p99', '< 60ms', 'Score.replicas');
  const least = answer.value!;
  expect({ met, from, to, now: now!.text }).toEqual({ met: true, from: answer.text, to: null, now: '3' });
  const with_ = (n: number) => reachedWith('Score.latency.p99', /replicas: 3/, `replicas: ${n}`);
  expect(with_(least)).toBeLessThan(0.06);
  expect(with_(least)).toBeCloseTo(answer.reached.value, 9);
  expect(with_(least - 1)).toBeGreaterThanOrEqual(0.06);
});

test('the most traffic that keeps it, to four digits', () => {
  const { met, answer, from, to } = solution('Score.latency.p99', '< 80ms', 'Score.traffic');
  expect({ met, from, to }).toEqual({ met: true, from: null, to: answer.text });
  const with_ = (text: string) => reachedWith('Score.latency.p99', /100\/s/, text);
  expect(with_(answer.text)).toBeLessThan(0.08);
  expect(with_(`${answer.value! * 1.002}/s`)).toBeGreaterThan(0.08);
});

test('a budget of money, through a parameter', () => {
  const { answer } = solution('Auto.cost', '<= $5k/month', 'people');
  expect(answer.reached.value).toBeLessThanOrEqual(5000 / 2628000);
  expect(reachedWith('Auto.cost', /people = 1M/, `people = ${answer.value! * 1.01}`)).toBeGreaterThan(5000 / 2628000);
});

test('a parameter that counts stays whole', () => {
  expect(solution('Counted.utilization', '< 70%', 'copies').answer.text).toBe('7');
});

test('hardware of the catalog: the cheapest that meets it and breaks nothing', () => {
  const { met, answer, choices, breaks } = solution('Auto.cost', '< $1M/month', 'Auto.hardware');
  expect(met).toBe(true);
  expect(breaks).toEqual([]);
  const costs = choices.map((c) => c.cost?.value ?? Number.POSITIVE_INFINITY);
  expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  expect(answer.text).toMatch(/^\d+ x \w+$/);
});

test('a target that cannot be met names the nearest that was reached', () => {
  const { met, answer, now } = solution('Score.latency.p99', '< 10ms', 'Score.replicas');
  expect(met).toBe(false);
  expect(answer.reached.value).toBeGreaterThanOrEqual(0.02);
  expect(answer.reached.value).toBeLessThan(now!.reached.value);
});

test('the answer says what it breaks', () => {
  expect(solution('Score.utilization', '>= 90%', 'Score.traffic').breaks.join(' ')).toMatch(/p99/);
});

test.each([
  ['Score.latncy.p99', '< 60ms', 'Score.replicas', /no figure `latncy.p99`|did you mean/],
  ['Score.latency.p99', '60ms', 'Score.replicas', /compares/],
  ['Score.latency.p99', '< 60', 'Score.replicas', /time/],
  ['Score.latency.p99', '< 60ms', 'Score.replica', /replicas/],
  ['Score.latency.p99', '< 60ms', 'Scor.replicas', /Score/],
  ['Score.latency.p99', '< 60ms', 'peple', /people/],
  ['Score.latency.p99', '< 60ms', 'Score.budget', /cannot be varied/],
  ['Score.latency.p99', '< 60ms', 'Auto.latency', /does not depend on `Auto.latency`; it depends most on `Score/],
  ['Net.params', '< 60ms', 'Score.replicas', /.+/],
])('%s %s by %s is a mistake, in one sentence', (figure, target, vary, message) => {
  const found = solved(figure, target, vary);
  expect('problem' in found && found.problem).toMatch(message);
  expect('problem' in found && found.problem).not.toContain('\n');
});

test('law: of a monotone figure the boundary is found, from wherever the search starts', () => {
  const edges = fc.double({ min: 1e-2, max: 1e2, noNaN: true });
  const present = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(edges, present, fc.boolean(), fc.boolean(), (edge, now, rising, whole) => {
      const distance = (x: number) => (rising ? x - edge : edge - x);
      const start = whole ? Math.ceil(now) : now;
      const found = search(distance, { now: start, least: 0, most: Number.POSITIVE_INFINITY, whole })!;
      expect(found.met).toBe(true);
      const exact = whole ? (rising ? Math.floor(edge) : Math.ceil(edge)) : edge;
      expect(Math.abs(found.value - exact)).toBeLessThanOrEqual(1e-6 * exact);
    }),
  );
});

test('law: of a window the end nearest to the present is found, and both ends are told', () => {
  const window = (x: number) => Math.max(3.7 - x, x - 5.2);
  const domain = { least: 0, most: Number.POSITIVE_INFINITY, whole: false };
  for (const [now, end] of [
    [1, 3.7],
    [9, 5.2],
  ] as const) {
    const { value, from, to } = search(window, { ...domain, now })!;
    expect([value, from, to].map((x) => x!.toFixed(6))).toEqual([end.toFixed(6), '3.700000', '5.200000']);
  }
});
