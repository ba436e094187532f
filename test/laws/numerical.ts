import type { Step } from '#language/estimate/estimate.ts';
import { batchedPool, logNormal, momentsOf, pool, quantileOf, type Samples } from './simulation.ts';
import { repeatedStatistic } from './statistics.ts';

/** What a numerical step stands among. */
export interface Around {
  /** the rows printed before it, and those of the whole derivation, by their names in formulas */
  readonly rows: ReadonlyMap<string, Step>;
  readonly all: ReadonlyMap<string, Step>;
  /** whether so many replicas keep the budget of the subject, by its other estimates */
  readonly keeps: (replicas: number) => boolean;
}

/** Repeats the numerical step of a derivation by another method than the estimator's: distributions are sampled and queues simulated. */
export function repeated(step: Step, { rows, all, keeps }: Around): { value: number; tolerance: number } {
  if (step.label === 'concurrency') return { value: fixedPoint(all), tolerance: 1e-9 };
  const statistic = repeatedStatistic(step, rows);
  if (statistic) return statistic;
  const formula = parse(step.formula!);
  if (formula.call === 'part_of_p99') return { value: partOf(formula, all), tolerance: 0.2 };
  if (formula.call !== 'fewest') {
    return { value: percentile(formula, rows), tolerance: step.formula!.includes('batching_pool') ? 0.2 : 0.06 };
  }
  const least = keeps(step.value) && (step.value === 1 || !keeps(step.value - 1));
  return { value: least ? step.value : Number.NaN, tolerance: 0 };
}

/** Little's law: what the load brings in the time that the rows after it say. */
function fixedPoint(all: ReadonlyMap<string, Step>): number {
  const row = (name: string) => all.get(name)!.value;
  return row('load_of_a_replica') * (row('TTFT') + (row('output') - 1) * row('TPOT'));
}

function percentile(formula: Formula, rows: ReadonlyMap<string, Step>): number {
  const p = /^p(\d+)$/.exec(formula.call ?? '');
  if (!p) throw new Error(`${formula.call ?? formula.sign ?? formula.name} has no second method`);
  return quantileOf(samples(formula.members[0]!, rows), Number(p[1]) / 100);
}

/** What a member of a sum takes of its p99: its mean, and of the distance from the mean its share of the variance. */
function partOf({ members: [part] }: Formula, rows: ReadonlyMap<string, Step>): number {
  const one = momentsOf(samples(part!, rows));
  const all = wholes.get(rows) ?? wholeOf(rows);
  wholes.set(rows, all);
  return one.mean + (all.variance > 0 ? ((all.p99 - all.mean) * one.variance) / all.variance : 0);
}

const wholes = new WeakMap<ReadonlyMap<string, Step>, ReturnType<typeof wholeOf>>();

function wholeOf(rows: ReadonlyMap<string, Step>) {
  const [whole] = parse(rows.get('p99_of_the_way')!.formula!).members;
  return { ...momentsOf(samples(whole!, rows)), p99: quantileOf(samples(whole!, rows), 0.99) };
}

function samples(formula: Formula, rows: ReadonlyMap<string, Step>): Samples {
  const { call, sign, members } = formula;
  const of = (i: number) => samples(members[i]!, rows);
  const n = (i: number) => number(members[i]!, rows);
  if (formula.name !== undefined) return sampled(rows, formula.name);
  if (formula.value !== undefined) return () => formula.value!;
  if (sign) {
    const a = of(0);
    const b = of(1);
    return sign === '+'
      ? () => a() + b()
      : sign === '-'
        ? () => a() - b()
        : sign === '*'
          ? () => a() * b()
          : () => a() / b();
  }
  switch (call) {
    case 'max': {
      const all = members.map((m) => samples(m, rows));
      return () => Math.max(...all.map((s) => s()));
    }
    case 'sometimes':
      return either([n(0), 1 - n(0)], [of(1), () => 0]);
    case 'slowest': {
      const one = of(1);
      return () => Math.max(...Array.from({ length: n(0) }, one));
    }
    case 'either':
      return either(
        members.filter((_, i) => i % 2 === 0).map((m) => number(m, rows)),
        members.filter((_, i) => i % 2 === 1).map((m) => samples(m, rows)),
      );
    case 'cached':
      return either([n(0), 1 - n(0)], [of(1), of(2)]);
    case 'pool':
      return pool(n(0), n(1), of(2));
    case 'batching_pool':
      return batchedPool(n(0), n(1), n(2), n(3), n(4), n(5));
    case 'first_token':
    case 'each_token':
      return logNormal(n(0), n(0) * n(1), 0.95);
    default:
      throw new Error(`${call} has no second method`);
  }
}

const PICK = 0x5eed;

function either(shares: readonly number[], all: readonly Samples[]): Samples {
  let state = PICK;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let left = state / 2 ** 32;
    for (let i = 0; i < all.length - 1; i++) {
      if (left < shares[i]!) return all[i]!();
      left -= shares[i]!;
    }
    return all.at(-1)!();
  };
}

function sampled(rows: ReadonlyMap<string, Step>, name: string): Samples {
  const row = rows.get(name);
  if (!row) throw new Error(`no row is called ${name}`);
  if (!row.spread || row.spread.p99 <= row.spread.p50) return () => row.spread?.p50 ?? row.value;
  return logNormal(row.spread.p50, row.spread.p99, 0.99);
}

function number(formula: Formula, rows: ReadonlyMap<string, Step>): number {
  if (formula.value !== undefined) return formula.value;
  const row = formula.name === undefined ? undefined : rows.get(formula.name);
  if (row) return row.value;
  if (formula.sign === '/') return number(formula.members[0]!, rows) / number(formula.members[1]!, rows);
  throw new Error(`no row is called ${formula.name}`);
}

interface Formula {
  readonly value?: number;
  readonly name?: string;
  readonly call?: string;
  readonly sign?: string;
  readonly members: readonly Formula[];
}

function parse(text: string): Formula {
  const tokens = text.match(/[\p{L}_][\p{L}\p{N}_.]*|\d[\d.]*(?:e[+-]?\d+)?|[-+*/(),]/gu) ?? [];
  let at = 0;
  const binary = (signs: readonly string[], next: () => Formula) => (): Formula => {
    let left = next();
    while (signs.includes(tokens[at] ?? '')) left = { sign: tokens[at++]!, members: [left, next()] };
    return left;
  };
  const primary = (): Formula => {
    const token = tokens[at++]!;
    if (token === '(') {
      const inner = sum();
      at++;
      return inner;
    }
    if (/^\d/.test(token)) return { value: Number(token), members: [] };
    if (tokens[at] !== '(') return { name: token, members: [] };
    const members: Formula[] = [];
    while (tokens[at++] !== ')') members.push(sum());
    return { call: token, members };
  };
  const sum: () => Formula = binary(['+', '-'], binary(['*', '/'], primary));
  return sum();
}
