import type { Step } from '#language/estimate/estimate.ts';
import { type Draw, latencies, quantileOf, random } from './simulation.ts';

/** What repeats a numerical step: its rows, all rows of the estimate, and what the estimate is with other replicas. */
export interface Surroundings {
  readonly rows: ReadonlyMap<string, Step>;
  readonly all: ReadonlyMap<string, Step>;
  /** whether the budget is kept with so many replicas, by the latency estimates themselves */
  readonly keeps: (replicas: number) => boolean;
}

export interface Repeated {
  readonly value: number;
  /** relative */
  readonly tolerance: number;
}

/** Repeats the numerical step of a derivation by another method than the estimator's: simulation, a linear search, a fixed point. */
export function repeated(step: Step, around: Surroundings): Repeated {
  const formula = step.formula!;
  const call = /^(\w+)\((.*)\)$/s.exec(formula);
  if (call?.[1] === 'fewest') return { value: fewest(around.keeps), tolerance: 1e-9 };
  if (/^latency\(/.test(formula)) return { value: meanOf(step), tolerance: 0.35 };
  if (/Little/.test(step.method!)) return { value: fixedPoint(formula, around.all), tolerance: 1e-6 };
  const percentile = call?.[1] === 'quantile' ? Number(/,\s*([\d.]+)$/.exec(call[2]!)![1]) : Number(/^p(\d+)$/.exec(call?.[1] ?? '')?.[1]) / 100;
  if (!call || Number.isNaN(percentile)) throw new Error(`${formula} (${step.method}) has no second method`);
  const inner = call[1] === 'quantile' ? call[2]!.replace(/,[^,]*$/, '') : call[2]!;
  const draws = simulate(inner, around.rows);
  // p99 of 40,000 draws is known to about 2%, a queue's tail less well
  return { value: quantileOf(draws, percentile), tolerance: /pool\(/.test(inner) ? 0.15 : 0.06 };
}

function fewest(keeps: (replicas: number) => boolean): number {
  for (let n = 1; n < 2000; n++) if (keeps(n)) return n;
  return Number.NaN;
}

/** the mean of the log-normal with the row's percentiles, or its only value */
function meanOf({ spread, value }: Step): number {
  if (!spread || spread.p99 <= spread.p50 * 1.000001) return spread?.p50 ?? value;
  const sigma = Math.log(spread.p99 / spread.p50) / 2.3263478740408408;
  return spread.p50 * Math.exp((sigma * sigma) / 2);
}

/** the equation that a fixed point solves, with the values that stand in the estimate */
function fixedPoint(formula: string, all: ReadonlyMap<string, Step>): number {
  return new Expression(formula, (name) => all.get(name)?.value).value();
}

function simulate(formula: string, rows: ReadonlyMap<string, Step>): Float64Array {
  const uniform = random(7);
  const draw: Draw = new Expression(formula, (name) => rows.get(name)?.value, rows, uniform).draw();
  return Float64Array.from({ length: 40_000 }, draw).sort();
}

/** A formula of times, evaluated as numbers or as draws of random variables. Independent of the estimators' own reader of formulas. */
class Expression {
  private at = 0;
  private readonly text: string;
  private readonly lookup: (name: string) => number | undefined;
  private readonly rows: ReadonlyMap<string, Step>;
  private readonly uniform: () => number;

  constructor(text: string, lookup: (name: string) => number | undefined, rows: ReadonlyMap<string, Step> = new Map(), uniform = random(1)) {
    this.text = text;
    this.lookup = lookup;
    this.rows = rows;
    this.uniform = uniform;
  }

  value(): number {
    return this.draw()();
  }

  draw(): Draw {
    this.at = 0;
    return this.sum();
  }

  private sum(): Draw {
    let left = this.product();
    for (;;) {
      const sign = this.sign('+', '-');
      if (!sign) return left;
      const [a, b] = [left, this.product()];
      left = sign === '+' ? () => a() + b() : () => a() - b();
    }
  }

  private product(): Draw {
    let left = this.primary();
    for (;;) {
      const sign = this.sign('*', '/');
      if (!sign) return left;
      const [a, b] = [left, this.primary()];
      left = sign === '*' ? () => a() * b() : () => a() / b();
    }
  }

  private primary(): Draw {
    if (this.sign('(')) {
      const inner = this.sum();
      this.sign(')');
      return inner;
    }
    const token = /^\s*([\p{L}_][\p{L}\p{N}_.]*|[\d.]+(?:e-?\d+)?)/u.exec(this.text.slice(this.at));
    if (!token) throw new Error(`cannot read ${this.text} at ${this.at}`);
    this.at += token[0].length;
    const word = token[1]!;
    if (/^[\d.]/.test(word)) return () => Number(word);
    if (!this.sign('(')) return this.variable(word);
    const list: Draw[] = [];
    do list.push(this.sum());
    while (this.sign(','));
    this.sign(')');
    return this.call(word, list);
  }

  private variable(name: string): Draw {
    const spread = this.rows.get(name)?.spread;
    const value = this.lookup(name);
    if (value === undefined) throw new Error(`no row is called ${name}`);
    if (!spread || spread.p99 <= spread.p50 * 1.000001) return () => spread?.p50 ?? value;
    return this.logNormal(spread.p50, spread.p99 / spread.p50, 2.3263478740408408);
  }

  private logNormal(median: number, factor: number, z: number): Draw {
    const sigma = Math.log(factor) / z;
    const normal = () => Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
    return () => median * Math.exp(sigma * normal());
  }

  private call(name: string, list: readonly Draw[]): Draw {
    const [a, b] = list as [Draw, Draw];
    const pick = (shares: readonly { share: number; of: Draw }[]): Draw => () => {
      let u = this.uniform();
      for (const { share, of } of shares) if ((u -= share) < 0) return of();
      return shares.at(-1)!.of();
    };
    switch (name) {
      case 'max':
        return () => Math.max(...list.map((d) => d()));
      case 'sometimes':
        return () => (this.uniform() < a() ? b() : 0);
      case 'slowest':
        return () => Math.max(...Array.from({ length: Math.round(a()) }, b));
      case 'either':
        return pick(list.flatMap((d, i) => (i % 2 === 0 ? [{ share: d(), of: list[i + 1]! }] : [])));
      case 'cached':
        return () => (this.uniform() < a() ? b() : list[2]!());
      case 'first_token':
      case 'each_token':
        return this.logNormal(a(), b(), 1.6448536269514722);
      case 'pool':
        return this.oneOf(latencies({ servers: a(), rate: b(), service: list[2]! }));
      case 'batching_pool': {
        const [servers, rate, fixed, each, max, wait] = list.map((d) => d()) as [number, number, number, number, number, number];
        return this.oneOf(latencies({ servers, rate, service: () => 0, batch: { fixed, each, max, wait } }));
      }
      default:
        throw new Error(`${name} has no second method`);
    }
  }

  private oneOf(values: Float64Array): Draw {
    return () => values[Math.floor(this.uniform() * values.length)]!;
  }

  private sign(...signs: string[]): string | undefined {
    const m = /^\s*(.)/s.exec(this.text.slice(this.at));
    if (!m || !signs.includes(m[1]!)) return undefined;
    this.at += m[0].length;
    return m[1];
  }
}
