import type { Node } from '../model/design.ts';
import type { Analysis } from './analysis.ts';
import { type Estimate, isMissing, type Missing } from './estimate.ts';
import { Z95 } from './evaluate.ts';
import { normalQuantile } from './numeric/normal.ts';

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

const SAMPLES = 400;

/** Asks an analysis for a figure, where that is not its estimate itself but a part of it: the accelerators of one hardware in a cluster. */
export type Reading = (analysis: Analysis) => Estimate | Missing;

/**
 * The 90% interval of a figure: null where nothing that it depends on is uncertain. One uncertain variable is evaluated at its
 * own ends, several by quasi-random sampling (Halton points, shifted by a hash of each variable's name, so the same text gives
 * the same answer and order changes nothing).
 */
export function intervalOf(analysis: Analysis, node: Node, quantity: string, read?: Reading): Interval | null {
  const parts = intervalParts(analysis, node, quantity, read);
  for (let part = parts.next(); ; part = parts.next()) if (part.done) return part.value;
}

/** The same in parts, one sample each, for callers that must not be held up for long. */
export function* intervalParts(
  analysis: Analysis,
  node: Node,
  quantity: string,
  read: Reading = (a) => a.estimate(node, quantity),
): Generator<undefined, Interval | null> {
  const point = read(analysis);
  if (isMissing(point)) return null;
  const variables = [...analysis.traceOf(node, quantity).variables].sort();
  if (variables.length === 0) return null;
  const known: number[] = [];
  for (const sample of samplesOf(analysis, variables)) {
    const answer = read(sample);
    if (!isMissing(answer)) known.push(answer.value);
    yield;
  }
  if (known.length === 0) return null;
  known.sort((a, b) => a - b);
  const [low, high] =
    variables.length === 1 ? [known[0]!, known.at(-1)!] : [percentile(known, 0.05), percentile(known, 0.95)];
  return { low: Math.min(low, point.value), high: Math.max(high, point.value) };
}

/** The samples taken last. Figures of one declaration mostly depend on the same variables: they share what these computed. */
const taken = new WeakMap<Analysis, { readonly variables: string; readonly samples: readonly Analysis[] }>();

function samplesOf(analysis: Analysis, variables: readonly string[]): readonly Analysis[] {
  const known = taken.get(analysis);
  if (known?.variables === variables.join()) return known.samples;
  const ends = () => [-Z95, 0, Z95].map((z) => new Map([[variables[0]!, z]]));
  const samples = (variables.length === 1 ? ends() : draws(variables)).map((noise) => analysis.vary({ noise }));
  taken.set(analysis, { variables: variables.join(), samples });
  return samples;
}

function draws(variables: readonly string[]): ReadonlyMap<string, number>[] {
  const shifts = variables.map((v) => hash(v));
  const bases = primes(variables.length);
  return Array.from(
    { length: SAMPLES },
    (_, k) =>
      new Map(
        variables.map((v, i) => [
          v,
          normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, (radicalInverse(k + 1, bases[i]!) + shifts[i]!) % 1))),
        ]),
      ),
  );
}

/** The digits of k in a base, mirrored at the point (van der Corput; Halton 1960 uses one prime a dimension). */
function radicalInverse(k: number, base: number): number {
  let value = 0;
  for (let digit = 1 / base; k > 0; digit /= base) {
    value += (k % base) * digit;
    k = Math.floor(k / base);
  }
  return value;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/** FNV-1a of a name, in 0..1 */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0) / 2 ** 32;
}

function percentile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
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
