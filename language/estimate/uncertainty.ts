import type { Node } from '../model/design.ts';
import type { Analysis } from './analysis.ts';
import { type Estimate, isMissing, type Missing } from './estimate.ts';
import { Z95 } from './evaluate.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Sensitivity {
  /** `RealTime.latency`, or a parameter */
  readonly input: string;
  /** relative change of the input: 0.1 */
  readonly change: number;
  /** relative change of the figure */
  readonly effect: number;
}

/** Asks an analysis for a figure, where that is not its estimate itself but a part of it: the accelerators of one hardware in a cluster. */
export type Reading = (analysis: Analysis) => Estimate | Missing;

/**
 * The 90% interval of a figure: null where nothing that it depends on is uncertain. Each uncertain variable (a range as written, an
 * estimator's own error) is standard normal; the figure is evaluated at both ends of each, which gives a quadratic response. One
 * variable gives the ends themselves. Several are added as independent, in the logarithm where that predicts a joint change better
 * (products) or as they are (sums), and the ends are read off their cumulants by Cornish and Fisher's expansion (1938). Nothing is
 * drawn at random, so units, order and names change nothing.
 */
export function intervalOf(analysis: Analysis, node: Node, quantity: string, read?: Reading): Interval | null {
  const parts = intervalParts(analysis, node, quantity, read);
  for (let part = parts.next(); ; part = parts.next()) if (part.done) return part.value;
}

/** The same in parts, one evaluation each, for callers that must not be held up for long. */
export function* intervalParts(
  analysis: Analysis,
  node: Node,
  quantity: string,
  read: Reading = (a) => a.estimate(node, quantity),
): Generator<undefined, Interval | null> {
  const point = figureOf(read(analysis));
  const variables = [...analysis.traceOf(node, quantity).variables].sort();
  if (point === undefined || variables.length === 0) return null;
  const ends: End[] = [];
  for (const variable of variables) {
    const low = figureOf(read(drawn(analysis, [variable], -Z95)));
    const high = figureOf(read(drawn(analysis, [variable], Z95)));
    ends.push({ low: low ?? mirrored(point, high), high: high ?? mirrored(point, low) });
    yield;
  }
  const [only] = ends;
  if (ends.length === 1) return around(point, only!.low, only!.high);
  const step = Z95 / Math.sqrt(variables.length);
  return combined(point, ends, figureOf(read(drawn(analysis, variables, step))), step);
}

interface End {
  readonly low: number;
  readonly high: number;
}

const figureOf = (answer: Estimate | Missing): number | undefined => (isMissing(answer) ? undefined : answer.value);

/** where one end gives no figure (a queue that never ends), as far away as the other */
const mirrored = (point: number, other: number | undefined): number =>
  other === undefined ? point : 2 * point - other;

const around = (point: number, ...ends: readonly number[]): Interval => ({
  low: Math.min(point, ...ends),
  high: Math.max(point, ...ends),
});

/** What was varied of an analysis: the figures of one declaration mostly depend on the same variables. */
const variations = new WeakMap<Analysis, Map<string, Analysis>>();

function drawn(analysis: Analysis, variables: readonly string[], z: number): Analysis {
  const known = variations.get(analysis) ?? new Map<string, Analysis>();
  variations.set(analysis, known);
  const key = `${z} ${variables.join()}`;
  const made = known.get(key) ?? analysis.vary({ noise: new Map(variables.map((v) => [v, z])) });
  known.set(key, made);
  return made;
}

/** A response to one variable: linear and quadratic part, of a standard normal z. */
interface Response {
  readonly slope: number;
  readonly bend: number;
}

function combined(point: number, ends: readonly End[], joint: number | undefined, step: number): Interval {
  const linear = ends.map(({ low, high }) => response(point, low, high));
  const positive = point > 0 && ends.every(({ low, high }) => low > 0 && high > 0);
  const [low, high] = percentiles(linear);
  if (!positive) return around(point, point + low, point + high);
  const logarithmic = ends.map((e) => response(Math.log(point), Math.log(e.low), Math.log(e.high)));
  const at = (list: readonly Response[]) =>
    list.reduce((sum, { slope, bend }) => sum + slope * step + bend * step * step, 0);
  const asProduct = point * Math.exp(at(logarithmic));
  const asSum = point + at(linear);
  const product = joint === undefined || Math.abs(asProduct - joint) <= Math.abs(asSum - joint);
  if (!product && point + low > 0) return around(point, point + low, point + high);
  return around(point, ...percentiles(logarithmic).map((x) => point * Math.exp(x)));
}

const response = (point: number, low: number, high: number): Response => ({
  slope: (high - low) / (2 * Z95),
  bend: (high + low - 2 * point) / (2 * Z95 * Z95),
});

/** The 5th and 95th percentile of a sum of independent quadratic responses, by its first four cumulants. */
function percentiles(responses: readonly Response[]): [number, number] {
  let [mean, variance, third, fourth] = [0, 0, 0, 0];
  for (const { slope: a, bend: b } of responses) {
    mean += b;
    variance += a * a + 2 * b * b;
    third += 6 * a * a * b + 8 * b ** 3;
    fourth += 48 * a * a * b * b + 48 * b ** 4;
  }
  if (variance === 0) return [mean, mean];
  const skew = third / variance ** 1.5;
  const excess = fourth / variance ** 2;
  const at = (z: number) =>
    z + ((z * z - 1) * skew) / 6 + ((z ** 3 - 3 * z) * excess) / 24 - ((2 * z ** 3 - 5 * z) * skew * skew) / 36;
  const deviation = Math.sqrt(variance);
  return [mean + deviation * at(-Z95), mean + deviation * at(Z95)];
}

/** What moves a figure most: the effect of 10% more of each input that the author wrote, strongest first. */
export function sensitivitiesOf(
  analysis: Analysis,
  node: Node,
  quantity: string,
  read: Reading = (a) => a.estimate(node, quantity),
): Sensitivity[] {
  const point = read(analysis);
  if (isMissing(point) || point.value === 0) return [];
  const change = 0.1;
  return [...analysis.traceOf(node, quantity).reads]
    .sort()
    .flatMap((input) => {
      if (!isWritten(analysis, input)) return [];
      const answer = read(analysis.vary({ factors: new Map([[input, 1 + change]]) }));
      const effect = isMissing(answer) ? Number.NaN : Number((answer.value / point.value - 1).toPrecision(6));
      return effect === 0 || Number.isNaN(effect) ? [] : [{ input, change, effect }];
    })
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

/** A number that stands in the document: `Chat.latency`, or a parameter. */
function isWritten(analysis: Analysis, input: string): boolean {
  const [name = '', ...path] = input.split('.');
  if (path.length === 0) return analysis.design.params.get(name)?.value.form === 'quantity';
  const node = analysis.design.visible.find((n) => n.name === name);
  return node !== undefined && analysis.value(node, path.join('.'))?.form === 'quantity';
}
