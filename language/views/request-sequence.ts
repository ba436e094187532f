import type { Context } from '../estimate/context.ts';
import { isMissing } from '../estimate/estimate.ts';
import { armsOf, defaultShare } from '../estimate/load.ts';
import { maximum, quantile } from '../estimate/numeric/distribution.ts';
import { type Hop, hopsOf, pathOf } from '../estimate/request/path.ts';
import type { Flow, Node } from '../model/design.ts';
import { number } from '../units/format.ts';
import { targetOf, type ViewInput } from './input.ts';
import { latencyOf, overloaded, ownLatency } from './figures.ts';
import type { Participant, Sequence, SequenceStep } from './view.ts';
import { boundsOf, changed, line, plural, share, time, timeOf, type Words, type Written } from './words.ts';

/** More lifelines than fit in one width: then the calls of each `&` share one. */
const MOST = 7;

/** A lifeline for each component in the order of the flow, and what its calls take. */
export function sequenceOf(input: ViewInput, request: Node): Sequence {
  const flow = flowOf(request);
  const drawn = new Drawing(input, request, false).of(flow);
  return drawn.participants.length > MOST ? new Drawing(input, request, true).of(flow) : drawn;
}

export function flowOf(request: Node): Flow | undefined {
  const value = request.properties.get('flow')?.value;
  return value?.form === 'flow' ? value.flow : undefined;
}

export type Call = Extract<Flow, { step: 'call' }>;

/** The components of a flow, each once, in its order. */
export function namesIn(flow: Flow | undefined): readonly string[] {
  if (!flow) return [];
  if (flow.step === 'call') return [flow.target.name];
  return [...new Set('members' in flow ? flow.members.flatMap(namesIn) : namesIn(flow.of))];
}

/** What holds for the calls inside of a step of the flow. */
interface Way {
  /** of the requests, where it is not all of them and nobody waits */
  readonly share: number;
  readonly free: boolean;
  readonly rows: number;
}

class Drawing {
  private readonly input: ViewInput;
  private readonly request: Node;
  private readonly folded: boolean;
  private readonly participants = new Map<string, Participant>();
  private caller = '';

  constructor(input: ViewInput, request: Node, folded: boolean) {
    this.input = input;
    this.request = request;
    this.folded = folded;
  }

  of(flow: Flow | undefined): Sequence {
    const [door, rest] = this.frontDoor(flow);
    this.caller = this.participant(door ? this.input.design.lookup(door.target.name)! : this.request);
    const way: Way = { share: 1, free: false, rows: 1 };
    const notes: SequenceStep[] = door ? [{ step: 'note', over: this.caller, text: line(this.callWords(door)) }] : [];
    if (!flow) notes.push({ step: 'note', over: this.caller, text: 'no flow yet' });
    const steps = rest.flatMap((member) => this.steps(member, way));
    return { type: 'sequence', participants: [...this.participants.values()], steps: [...notes, ...steps] };
  }

  /** A gateway or a service that comes first calls the others; else the request itself does. */
  private frontDoor(flow: Flow | undefined): readonly [Call | undefined, readonly Flow[]] {
    if (!flow) return [undefined, []];
    const [first, ...rest] = flow.step === 'sequence' ? flow.members : [flow];
    const node = first?.step === 'call' ? this.input.design.lookup(first.target.name) : undefined;
    const isDoor = node?.kind === 'gateway' || node?.kind === 'service';
    return first?.step === 'call' && isDoor ? [first, rest] : [undefined, [first!, ...rest]];
  }

  private steps(flow: Flow, way: Way): readonly SequenceStep[] {
    switch (flow.step) {
      case 'call':
        return this.call(flow, way);
      case 'sequence':
        return flow.members.flatMap((member) => this.steps(member, way));
      case 'parallel':
        return this.parallel(flow.members, way);
      case 'forget':
        return this.steps(flow.of, { ...way, free: true });
      case 'rows':
        return this.steps(flow.of, { ...way, rows: way.rows * this.factor(flow.rows) });
      default:
        return this.times(flow, way);
    }
  }

  private factor(expression: Extract<Flow, { step: 'rows' }>['rows']): number {
    return this.input.now.evaluate(expression, this.request.name)?.value ?? 1;
  }

  private times(flow: Extract<Flow, { step: 'times' }>, way: Way): readonly SequenceStep[] {
    const factor = this.factor(flow.factor);
    if (factor < 1 && (way.free || flow.of.step === 'forget'))
      return this.steps(flow.of, { ...way, share: way.share * factor });
    const steps = this.steps(flow.of, way);
    if (factor === 1) return steps;
    return [
      factor < 1
        ? { step: 'opt', text: share(factor), steps }
        : { step: 'loop', text: `${number(factor, 'short')} times`, steps },
    ];
  }

  private parallel(members: readonly Flow[], way: Way): readonly SequenceStep[] {
    const all = members.length === 2 ? 'both' : `all ${members.length}`;
    const p99 = way.free ? undefined : this.slowest(members);
    const text = p99 === undefined ? all : `${all}, p99 ${time(p99)}`;
    if (this.folded) return [this.fold(members, text, way)];
    return [{ step: 'par', text, branches: members.map((member) => this.steps(member, way)) }];
  }

  /** The 99th percentile of plain calls that all have to answer. */
  private slowest(members: readonly Flow[]): number | undefined {
    const path = pathOf(this.input.now, this.request);
    if (isMissing(path)) return undefined;
    const times = members.flatMap((member) => {
      const name = member.step === 'call' ? member.target.name : '';
      const node = this.input.design.lookup(name);
      const plain = node && armsOf(this.input.now, node, this.request).length === 1;
      return (plain && path.parts.get(name)) || [];
    });
    return times.length === members.length ? quantile(maximum(times), 0.99) : undefined;
  }

  /** The calls of an `&` on one lifeline. */
  private fold(members: readonly Flow[], text: string, way: Way): SequenceStep {
    const nodes = members.flatMap(namesIn).flatMap((name) => this.input.design.lookup(name) ?? []);
    const reads = nodes.every(({ kind }) => kind === 'features');
    const severity = (['error', 'warning', 'info'] as const).find((s) =>
      nodes.some((n) => this.input.severities.get(n.name) === s),
    );
    const id = `calls_${[...this.participants.keys()].filter((key) => key.startsWith('calls_')).length + 1}`;
    this.participants.set(id, {
      id,
      name: plural(nodes.length, reads ? 'read' : 'call'),
      role: nodes[0]?.kind ?? 'service',
      ...(severity ? { severity } : {}),
      ...(nodes[0]
        ? {
            target: targetOf(nodes.find((n) => severity && this.input.severities.get(n.name) === severity) ?? nodes[0]),
          }
        : {}),
    });
    return { step: 'call', from: this.caller, to: id, text, waits: !way.free };
  }

  private call(flow: Call, way: Way): readonly SequenceStep[] {
    const node = this.input.design.lookup(flow.target.name);
    if (!node) return this.unknown(flow.target.name, way);
    const own = defaultShare(this.input.now, node, way.share);
    const to = this.participant(node);
    const rows = way.rows === 1 ? undefined : plural(way.rows, node.kind === 'features' ? 'row' : 'item');
    const part = way.share * own;
    const text = way.free
      ? line([`${part < 1 ? `${share(part)}, ` : ''}not waited for`])
      : line(rows, this.callWords(flow), armsOf(this.input.now, node, this.request).length > 1 ? 'A/B' : undefined);
    const call: SequenceStep = { step: 'call', from: this.caller, to, text, waits: !way.free };
    return own < 1 && !way.free ? [{ step: 'opt', text: share(own), steps: [call] }] : [call];
  }

  /** A name that nothing declares: a finding says so, and the rest is drawn. */
  private unknown(name: string, way: Way): readonly SequenceStep[] {
    const id = `unknown_${name}`;
    this.participants.set(id, { id, name: name || '?', role: 'unknown' });
    return [{ step: 'call', from: this.caller, to: id, text: 'not declared', waits: !way.free }];
  }

  private participant(node: Node): string {
    const id = `${node.kind}_${node.name}`;
    const severity = this.input.severities.get(node.name);
    const state = severity
      ? { severity }
      : overloaded(this.input, node).length > 0 && node.kind === 'serving'
        ? { severity: 'error' as const }
        : {};
    if (!this.participants.has(id))
      this.participants.set(id, { id, name: node.name, role: node.kind, target: targetOf(node), ...state });
    return id;
  }

  private callWords(flow: Call): Words {
    return callWords(this.input, this.request, flow);
  }
}

/** `p99 5.0 of 20 ms`: what one call takes, of its own budget. A part that an experiment splits takes either arm's time. */
function callWords(input: ViewInput, request: Node, flow: Call): Words {
  const node = input.design.lookup(flow.target.name)!;
  if (overloaded(input, node).length > 0) return latencyOf(input, node);
  const hop = hopAt(input.now, request, flow);
  if (!hop) return ownLatency(input, node) ?? 'latency not known';
  const limit = boundsOf(input.now, node).find(({ metric }) => metric === 'p99');
  if (!limit && hop.bound) return latencyOf(input, node);
  const base = input.base ? hopAt(input.base, request, flow) : undefined;
  return changed(hopWords(hop, limit), base && (limit ? time(base.p99, limit.unit).split(' ')[0] : hopWords(base)));
}

/** A constant time is no percentile. */
function hopWords({ p50, p99 }: Hop, limit?: Written): string {
  if (limit) return `p99 ${timeOf(p99, limit)}`;
  return p50 === p99 ? time(p99) : `p99 ${time(p99)}`;
}

export function hopAt(context: Context, request: Node, { span }: Call): Hop | undefined {
  return hopsOf(context, request).find((hop) => hop.span.at === span.at && hop.span.start === span.start);
}
