import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import type { Context } from './context.ts';
import { useDemand } from './demand.ts';
import { type Generation, useGeneration, useRows, valuesAt } from './generation.ts';
import { type Distribution, logNormalThrough, quantile, scaled, shift, sum } from './numeric/distribution.ts';
import { overload } from './overload.ts';
import type { Sheet } from './sheet.ts';

/** The latency of a serving under load, and how a derivation names it. */
export interface Response {
  readonly text: string;
  readonly method: string;
  readonly of: Distribution;
}

/** Adds the rows of a generated answer under load, down to `TTFT` and `TPOT`, at the concurrency that there is. */
export function useAnswer(sheet: Sheet, context: Context, node: Node): boolean {
  if (sheet.has('TTFT')) return true;
  const generation = useGeneration(sheet, context, node);
  useConcurrency(sheet, context, node, generation);
  if (!generation || sheet.lacking.length > 0) return false;
  useRows(sheet, generation.decode);
  useRows(sheet, generation.firstToken);
  useRows(sheet, generation.tails);
  return true;
}

/** Adds the rows of the time of a whole answer, and gives its distribution. */
export function answerOf(sheet: Sheet, context: Context, node: Node): Response | undefined {
  if (!useAnswer(sheet, context, node)) return undefined;
  const first = tailed(sheet.valueOf('TTFT'), sheet.valueOf('TTFT tail'));
  const each = tailed(sheet.valueOf('TPOT'), sheet.valueOf('TPOT tail'));
  const length = context.given(node, 'output')?.spread;
  const method = 'sum of the log-normal times to the first token and of the others, by convolution';
  return {
    text: length ? WRITTEN.lengths! : WRITTEN.latency!,
    method,
    of: whole(first, each, sheet.valueOf('output'), length),
  };
}

/** Where the length of answers is spread, that of the time for each of their tokens is small beside it. */
const whole = (
  first: Distribution,
  each: Distribution,
  output: number,
  length: Distribution | undefined,
): Distribution => sum([first, length ? scaled(shift(length, -1), quantile(each, 0.5)) : scaled(each, output - 1)]);

const tailed = (p50: number, tail: number): Distribution =>
  logNormalThrough({ p: 0.5, value: p50 }, { p: 0.95, value: p50 * tail });

/** What a number of replicas reaches. */
export interface Reached {
  /** the fewest that carry the load at all */
  readonly start: number;
  /** the metric at a percentile; infinite where so many do not carry the load */
  readonly at: (replicas: number, metric: string, percentile: number) => number;
  /** how a derivation names the distribution of a metric */
  readonly text: (metric: string) => string;
  /** adds the rows that lead to it, for so many */
  readonly explain: (replicas: number) => void;
}

/** Adds the rows that do not depend on the replicas; gives what is reached with a number of them. */
export function useAnswerAt(sheet: Sheet, context: Context, node: Node): Reached | undefined {
  const generation = useGeneration(sheet, context, node);
  const load = useDemand(sheet, context, node);
  sheet.cite('max concurrency', context.estimate(node, 'serving.max_concurrency'));
  if (!generation || sheet.lacking.length > 0) return undefined;
  const rows = [...generation.decode, ...generation.firstToken, ...generation.tails];
  const length = context.given(node, 'output')?.spread;
  const at = (replicas: number, metric: string, percentile: number): number => {
    const concurrency = settled(sheet, generation, sheet.valueOf(load) / replicas);
    if (concurrency === undefined) return Number.POSITIVE_INFINITY;
    const value = valuesAt(sheet, rows, concurrency);
    const first = tailed(value('TTFT'), value('TTFT tail'));
    const each = tailed(value('TPOT'), value('TPOT tail'));
    return quantile(
      metric === 'ttft' ? first : metric === 'tpot' ? each : whole(first, each, value('output'), length),
      percentile,
    );
  };
  const full = sheet.valueOf('max concurrency');
  const value = valuesAt(sheet, rows, full);
  const start = Math.floor((sheet.valueOf(load) * (value('TTFT') + (value('output') - 1) * value('TPOT'))) / full) + 1;
  const explain = (replicas: number) => {
    sheet.fact('replicas tried', replicas, NUMBER, 'derived');
    sheet.step('load of a replica', `${load} / replicas_tried`);
    useSettled(sheet, settled(sheet, generation, sheet.valueOf('load of a replica'))!);
    useRows(sheet, rows);
  };
  return { start, at, text: (metric) => WRITTEN[metric] ?? (length ? WRITTEN.lengths! : WRITTEN.latency!), explain };
}

const WRITTEN: Readonly<Record<string, string>> = {
  ttft: 'first_token(TTFT, TTFT_tail)',
  tpot: 'each_token(TPOT, TPOT_tail)',
  lengths: 'first_token(TTFT, TTFT_tail) + (output - 1) * TPOT',
  latency: 'first_token(TTFT, TTFT_tail) + (output - 1) * each_token(TPOT, TPOT_tail)',
};

/** Adds `concurrency`, the requests in flight in one replica: as given, else by Little's law from the load. */
function useConcurrency(sheet: Sheet, context: Context, node: Node, generation: Generation | undefined): void {
  const given = context.given(node, 'concurrency');
  if (given) {
    sheet.use('concurrency', given);
    return;
  }
  const load = useDemand(sheet, context, node);
  sheet.cite('replicas', context.estimate(node, 'serving.replicas'));
  sheet.cite('max concurrency', context.estimate(node, 'serving.max_concurrency'));
  if (!generation || sheet.lacking.length > 0) return;
  sheet.step('load of a replica', `${load} / replicas`);
  const found = settled(sheet, generation, sheet.valueOf('load of a replica'));
  if (found === undefined) sheet.lacks(overload(context, node));
  else useSettled(sheet, found);
}

/** Adds `concurrency`, found by one of the two below. */
export function useSettled(sheet: Sheet, concurrency: number): void {
  const method = "Little's law: as many requests in flight as come in the time that one takes, by false position";
  sheet.numeric(
    'concurrency',
    'load_of_a_replica * (TTFT + (output - 1) * TPOT)',
    concurrency,
    NUMBER,
    method,
    'Little, Operations Research 9(3), 1961',
  );
}

/** The fewest requests in flight that finish as fast as new ones come; undefined where even a full replica is too slow. */
export function settled(sheet: Sheet, generation: Generation, load: number): number | undefined {
  const excess = excessOf(sheet, generation, load);
  const full = sheet.valueOf('max concurrency');
  const most = excess(full);
  return most < 0 ? rootBetween(excess, 0, excess(0), full, most) : undefined;
}

/** The same where any number of caches fit; undefined where compute alone is too slow, which no number in flight mends. */
export function settledFreely(sheet: Sheet, generation: Generation, load: number): number | undefined {
  const excess = excessOf(sheet, generation, load);
  // the time of one grows with the others' prefills, so beyond a million nothing settles that did not before
  for (let full = 1; full < 1 << 20; full *= 2) {
    const most = excess(full);
    if (most < 0) return rootBetween(excess, 0, excess(0), full, most);
  }
  return undefined;
}

/** More come in the time of one than are in flight, at a number of them, while this is positive. */
function excessOf(sheet: Sheet, { decode, firstToken }: Generation, load: number): (concurrency: number) => number {
  const rows = [...decode, ...firstToken];
  return (concurrency) => {
    const at = valuesAt(sheet, rows, concurrency);
    return load * (at('TTFT') + (at('output') - 1) * at('TPOT')) - concurrency;
  };
}

/** The zero of a falling function between two ends, by false position with the Illinois rule (Dowell and Jarratt, BIT 11, 1971). */
function rootBetween(f: (x: number) => number, a: number, fa: number, b: number, fb: number): number {
  let side = 0;
  for (let i = 0; i < 100 && b - a > 1e-13 * b; i++) {
    const x = (a * fb - b * fa) / (fb - fa);
    const fx = f(x);
    if (fx === 0) return x;
    if (fx > 0) {
      if (x - a < 1e-13 * b) return x;
      [a, fa, fb] = [x, fx, side === 1 ? fb / 2 : fb];
      side = 1;
    } else {
      if (b - x < 1e-13 * b) return x;
      [b, fb, fa] = [x, fx, side === -1 ? fa / 2 : fa];
      side = -1;
    }
  }
  return b;
}
