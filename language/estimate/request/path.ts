import type { Flow, Node, Span } from '../../model/design.ts';
import type { Context } from '../context.ts';
import { isMissing, type Missing } from '../estimate.ts';
import { armsOf, defaultShare } from '../load.ts';
import {
  constant,
  type Distribution,
  logNormalOf,
  maximum,
  maximumOf,
  mixture,
  occasional,
  quantile,
  sum,
} from '../numeric/distribution.ts';
import { responseOf } from '../response.ts';

/** One call on the way of a request. Times in seconds. */
export interface Hop {
  readonly node: Node;
  /** where the flow calls it */
  readonly span: Span;
  /** nobody waits for it */
  readonly free: boolean;
  /** of all requests that come here, and calls at once */
  readonly share: number;
  readonly calls: number;
  /** the sum of the medians before it */
  readonly start: number;
  readonly p50: number;
  readonly p99: number;
  /** its p99, weighed by its share of the requests, over that of the whole: which hop takes most */
  readonly weight: number;
  /** the first latency bound of its own budget */
  readonly bound?: { readonly value: number; readonly percentile: number };
}

/** The whole way. `text` is the formula of its latency, over the names of its parts. */
export interface Path {
  readonly hops: readonly Hop[];
  readonly text: string;
  readonly of: Distribution;
  readonly parts: ReadonlyMap<string, Distribution>;
  /** what follows each other on it: their times add up to the whole */
  readonly terms: readonly Timed[];
}

/** The way of a request with the distribution of its latency: sums over `->`, maxima over `&` (language definition, estimates). Never a sum of p99. */
export function pathOf(context: Context, request: Node): Path | Missing {
  const found = context.once<Path | Missing | undefined>(`path:${request.name}`, () => {
    const flow = context.value(request, 'flow');
    if (flow?.form !== 'flow') return { missing: ['`flow`'] };
    const walk = new Walk(context, request);
    const whole = walk.through(flow.flow, 0, 1, 1, false);
    if (walk.missing.length > 0) return { missing: walk.missing };
    const p99 = quantile(whole.of, 0.99);
    const hops = walk.hops.map(({ weighed, ...hop }) => ({
      ...hop,
      weight: hop.free || p99 === 0 ? 0 : weighed / p99,
    }));
    return { hops, text: whole.text, of: whole.of, parts: walk.parts, terms: whole.terms ?? [whole] };
  });
  return found ?? { missing: [`a way of \`${request.name}\` that does not depend on its own latency`] };
}

/** The calls of a request in the order of its flow; empty where its latency is not known. */
export function hopsOf(context: Context, request: Node): readonly Hop[] {
  const path = pathOf(context, request);
  return isMissing(path) ? [] : path.hops;
}

/** A time and its formula. */
export interface Timed {
  readonly of: Distribution;
  readonly text: string;
  /** where it is a sum: what is added */
  readonly terms?: readonly Timed[];
}

const NOTHING: Timed = { of: constant(0), text: '0' };

class Walk {
  readonly hops: (Omit<Hop, 'weight'> & { readonly weighed: number })[] = [];
  readonly parts = new Map<string, Distribution>();
  readonly missing: string[] = [];
  private readonly context: Context;
  private readonly request: Node;

  constructor(context: Context, request: Node) {
    this.context = context;
    this.request = request;
  }

  through(flow: Flow, start: number, share: number, calls: number, free: boolean): Timed {
    switch (flow.step) {
      case 'call':
        return this.call(flow, start, share, calls, free);
      case 'sequence':
        return this.sequence(flow.members, start, share, calls, free);
      case 'parallel': {
        const members = flow.members
          .map((m) => this.through(m, start, share, calls, free))
          .filter((m) => m !== NOTHING);
        if (members.length <= 1) return members[0] ?? NOTHING;
        return { of: maximum(members.map((m) => m.of)), text: `max(${members.map((m) => m.text).join(', ')})` };
      }
      case 'forget':
        this.through(flow.of, start, share, calls, true);
        return NOTHING;
      case 'rows':
        return this.through(flow.of, start, share, calls, free);
      case 'times':
        return this.times(
          this.context.evaluate(flow.factor, this.request.name)?.value ?? 1,
          flow.of,
          start,
          share,
          calls,
          free,
        );
    }
  }

  private sequence(members: readonly Flow[], start: number, share: number, calls: number, free: boolean): Timed {
    let at = start;
    const taken: Timed[] = [];
    for (const member of members) {
      const timed = this.through(member, at, share, calls, free);
      at += quantile(timed.of, 0.5);
      if (timed !== NOTHING) taken.push(timed);
    }
    if (taken.length <= 1) return taken[0] ?? NOTHING;
    return { of: sum(taken.map((t) => t.of)), text: taken.map((t) => t.text).join(' + '), terms: taken };
  }

  private times(factor: number, of: Flow, start: number, share: number, calls: number, free: boolean): Timed {
    const few = factor < 1;
    const once = this.through(of, start, few ? share * factor : share, few ? calls : calls * factor, free);
    if (factor === 1 || once === NOTHING) return once;
    if (few) return { of: occasional(factor, once.of), text: `sometimes(${factor}, ${once.text})` };
    return { of: maximumOf(factor, once.of), text: `slowest(${factor}, ${once.text})` };
  }

  private call(
    flow: Extract<Flow, { step: 'call' }>,
    start: number,
    share: number,
    calls: number,
    free: boolean,
  ): Timed {
    const node = this.context.find(flow.target.name);
    if (!node) {
      this.missing.push(`a declaration of \`${flow.target.name}\``);
      return NOTHING;
    }
    const own = defaultShare(this.context, node, share * calls);
    const timed = this.arms(node, free);
    const of = timed?.of ?? constant(0);
    const counted = own < 1 ? occasional(own, of) : of;
    const weighed = quantile(share < 1 ? occasional(share, counted) : counted, 0.99);
    const bound = boundOf(this.context, node);
    this.hops.push({
      node,
      span: flow.span,
      free,
      share: share * own,
      calls,
      start,
      p50: quantile(of, 0.5),
      p99: quantile(of, 0.99),
      weighed,
      ...(bound && { bound }),
    });
    if (free || !timed) return NOTHING;
    return own < 1 ? { of: counted, text: `sometimes(${own}, ${timed.text})` } : timed;
  }

  /** A control whose experiment sends a part of the requests to the treatment takes either's time. */
  private arms(node: Node, free: boolean): Timed | undefined {
    const arms = armsOf(this.context, node, this.request).filter((a) => a.share > 0);
    const timed = arms.map((arm) => ({ share: arm.share, node: arm.node, of: this.part(arm.node, free) }));
    if (timed.length === 1) return timed[0]!.of && { of: timed[0]!.of, text: timed[0]!.node.name };
    if (timed.some((t) => !t.of)) return undefined;
    const of = mixture(timed.map((t) => ({ share: t.share, of: t.of! })));
    return { of, text: `either(${timed.map((t) => `${t.share}, ${t.node.name}`).join(', ')})` };
  }

  private part(node: Node, free: boolean): Distribution | undefined {
    const known = this.parts.get(node.name);
    if (known) return known;
    const found = latencyOf(this.context, node);
    if (isMissing(found)) {
      if (!free) for (const m of found.missing) if (!this.missing.includes(m)) this.missing.push(m);
      return undefined;
    }
    if (!free) this.parts.set(node.name, found);
    return found;
  }
}

/** What one call of a part takes, under its load. */
function latencyOf(context: Context, node: Node): Distribution | Missing {
  if (node.kind === 'serving') {
    const response = responseOf(context, node);
    return isMissing(response)
      ? { missing: response.missing.map((m) => (m.includes(' of `') ? m : `${m} (\`${node.name}\`)`)) }
      : response;
  }
  if (node.kind === 'features') return readOf(context, node);
  const given = context.given(node, 'latency');
  if (given) return given.spread ?? constant(given.value);
  if (node.kind === 'service' && context.word(node, 'type') === 'client') return constant(0);
  return { missing: [`\`latency\` of \`${node.name}\``] };
}

function readOf(context: Context, node: Node): Distribution | Missing {
  const p50 = context.estimate(node, 'features.latency_p50');
  const p99 = context.estimate(node, 'features.latency_p99');
  if (isMissing(p50) || isMissing(p99)) return { missing: [`\`latency\` of \`${node.name}\` or of its store`] };
  return logNormalOf({ p50: p50.value, p99: p99.value });
}

function boundOf(context: Context, node: Node): Hop['bound'] {
  const budget = context.value(node, 'budget');
  if (budget?.form !== 'conditions') return undefined;
  for (const { metric, percentile, bound } of budget.conditions) {
    const value = metric === 'latency' && percentile ? context.evaluate(bound, node.name)?.value : undefined;
    if (value !== undefined) return { value, percentile: percentile! };
  }
  return undefined;
}
