import { sharesOf } from '../estimate/load.ts';
import { quantile } from '../estimate/numeric/distribution.ts';
import type { Flow, Node, Value } from '../model/design.ts';
import { number } from '../units/format.ts';
import { figureOf, ofKind, pairOf, type ViewInput } from './input.ts';
import {
  type Bound,
  boundsOf,
  line,
  nameOf,
  pairWords,
  share,
  time,
  timeOf,
  title,
  type Words,
  written,
} from './words.ts';

/** A budget's condition with what is reached of it. */
export interface Reached extends Bound {
  readonly reached: number;
}

/** The condition of a budget that is nearest to being broken, or furthest over. */
export function tightest({ now }: ViewInput, node: Node): Reached | undefined {
  return boundsOf(now, node)
    .flatMap((b) => {
      const reached = figureOf(now, node, b.quantity);
      return reached === undefined ? [] : [{ ...b, reached }];
    })
    .toSorted((a, b) => b.reached / b.value - a.reached / a.value)[0];
}

/** `p99 13 of 50 ms`: the latency of a request or a serving, of its tightest bound. */
export function latencyOf(input: ViewInput, node: Node): Words {
  if (overloaded(input, node).length > 0) return 'overloaded, no latency';
  const worst = tightest(input, node);
  if (worst) {
    const base = figureOf(input.base, node, worst.quantity);
    return pairWords({ now: worst.reached, base }, (value) => `${worst.metric} ${timeOf(value, worst)}`);
  }
  const [limit] = boundsOf(input.now, node);
  if (limit) return `${limit.metric} ${limit.condition.operator} ${limit.text}`;
  return pairWords(pairOf(input, node, `${node.kind}.latency_p99`), (value) => `p99 ${time(value)}`);
}

/** What one call of a part takes by itself. A constant time is no percentile. */
export function ownLatency(input: ViewInput, node: Node): Words {
  const given = node.kind === 'serving' ? undefined : input.now.given(node, 'latency');
  if (given) return given.spread ? `p99 ${time(quantile(given.spread, 0.99))}` : time(given.value);
  return pairWords(pairOf(input, node, `${node.kind}.latency_p99`), (value) => `p99 ${time(value)}`);
}

/** Load of 100% or more: there is no latency. */
export const isOverloaded = (context: ViewInput['now'], node: Node): boolean =>
  (figureOf(context, node, 'serving.utilization') ?? 0) >= 1 - 1e-9;

/** The servings without which a request has no latency, because they get more than they can do. */
export function overloaded(input: ViewInput, node: Node): readonly Node[] {
  if (node.kind === 'serving') return isOverloaded(input.now, node) ? [node] : [];
  const called = calledBy(node.properties.get('flow')?.value);
  const treated = ofKind(input, 'experiment').flatMap((e) =>
    called.includes(input.now.reference(e, 'control')?.name ?? '') ? input.now.references(e, 'treatment') : [],
  );
  const names = [...called, ...treated.map(({ name }) => name)];
  return ofKind(input, 'serving')
    .filter(({ name }) => names.includes(name))
    .filter((s) => isOverloaded(input.now, s));
}

/** Everything that a flow waits for. */
function calledBy(value: Value | undefined): readonly string[] {
  const walk = (flow: Flow): readonly string[] => {
    if (flow.step === 'call') return [flow.target.name];
    if (flow.step === 'forget') return [];
    return 'members' in flow ? flow.members.flatMap(walk) : walk(flow.of);
  };
  return value?.form === 'flow' ? walk(value.flow) : [];
}

/** `16 × L4`, `3 × 1/7 H100`, or `16 of 23 × L4` where the load asks for more than there are. */
export function devices(input: ViewInput, node: Node): Words {
  const [part, ...others] = input.now.pool(node, 'hardware');
  const sliced = part !== undefined && part.count.value < 1;
  const pair = pairOf(input, node, sliced ? 'serving.replicas' : 'serving.gpus');
  if (pair.now === undefined) {
    const each = poolWords(input, node, 'hardware');
    return each && [`${each} a replica`, each];
  }
  const slice = sliced ? `1/${number(1 / part.count.value, 'short')} ` : '';
  const of = part && others.length === 0 ? ` × ${slice}${part.hardware.name}` : pair.now === 1 ? ' GPU' : ' GPUs';
  const short = shortfall(input, node);
  if (short) return `${number(pair.now, 'short')} of ${number((pair.now * short.needs) / short.has, 'short')}${of}`;
  return pairWords(pair, (value) => `${number(value, 'short')}${of}`);
}

/** The replicas that the load takes at the utilization that is asked for, where there are fewer. */
export function shortfall(
  { now }: ViewInput,
  node: Node,
): { readonly needs: number; readonly has: number } | undefined {
  const needs = figureOf(now, node, 'serving.replicas_for_load');
  const has = figureOf(now, node, 'serving.replicas');
  const judged = now.given(node, 'utilization') !== undefined || isOverloaded(now, node);
  return judged && needs && has && needs > has ? { needs, has } : undefined;
}

/** `34% busy` */
export function busy(input: ViewInput, node: Node): Words {
  const pair = pairOf(input, node, 'serving.utilization');
  const words = pairWords(pair, (value) => `${share(value)} busy`);
  if (words === undefined || typeof words === 'string') return words;
  return [words[0]!, words[0]!.replace(' busy', ''), ...words.slice(1)];
}

/** A serving's share in an experiment. */
export function armShare(input: ViewInput, node: Node): number | undefined {
  for (const experiment of ofKind(input, 'experiment')) {
    const shares = sharesOf(input.now, experiment);
    for (const arm of ['control', 'treatment'] as const)
      if (input.now.reference(experiment, arm) === node) return shares[arm];
  }
  return undefined;
}

/** `1.5 of 8 h`: how long a run takes, of its deadline. */
export function runTime(input: ViewInput, node: Node): Words {
  const deadline = written(input.now, node, 'deadline');
  const words = pairWords(pairOf(input, node, 'training.time'), (value) =>
    deadline ? timeOf(value, deadline) : time(value),
  );
  return words ?? (deadline && `within ${deadline.text}`);
}

/** `4 × A100_80GB` */
export function poolWords({ now }: ViewInput, node: Node, path: string): string {
  return line([
    now
      .pool(node, path)
      .map(({ count, hardware }) => `${number(count.value, 'short')} × ${hardware.name}`)
      .join(' + '),
  ]);
}

/** `CardVelocity v4` */
export function featureTitle({ now }: ViewInput, node: Node): string {
  const version = nameOf(now, node, 'version');
  return title(node.name, version ? ` v${version}` : '');
}

/** `FraudNet 2.1` */
export function modelTitle({ now }: ViewInput, node: Node): string {
  const version = nameOf(now, node, 'version');
  return title(node.name, version ? ` ${version}` : '');
}

export function columnsOf(node: Node): number | undefined {
  const schema = node.properties.get('schema')?.value;
  return schema?.form === 'columns' ? schema.columns.length : undefined;
}
