import type { Context } from '../../estimate/context.ts';
import { type Hop, hopsOf } from '../../estimate/request/path.ts';
import type { Node, Span } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured } from '../figures.ts';
import { parallelsIn } from '../flow.ts';
import type { Report, Rule } from '../rule.ts';

/** From ten calls on, one request in ten meets the slowest hundredth of a part. */
const WIDE = 10;
/** A part whose p99 is hardly above its median has no tail to meet. */
const TAIL = 1.5;

export const tailFanout: Rule = {
  name: 'latency/tail-fanout',
  severity: 'info',
  summary: 'A request waits for the slowest of many calls at once, so the rare slow call is the usual one.',
  inScenarios: true,
  *check({ design, context }) {
    for (const node of figured(design, 'request')) {
      const hops = hopsOf(context, node).filter(hasTail);
      for (const hop of hops) if (hop.calls >= WIDE) yield reportOf(node, hop.span, hop.calls, hop);
      for (const { span, calls } of widest(context, node)) {
        const inside = hops.filter((hop) => hop.calls < WIDE && calls.some((call) => call.span === hop.span));
        const slowest = inside.sort((a, b) => b.p99 - a.p99)[0];
        const count = inside.reduce((sum, hop) => sum + hop.calls, 0);
        if (slowest && count >= WIDE) yield reportOf(node, span, count, slowest);
      }
    }
  },
};

const hasTail = ({ free, p50, p99 }: Hop): boolean => !free && p99 > TAIL * p50;

function widest(context: Context, request: Node) {
  const flow = context.value(request, 'flow');
  return flow?.form === 'flow' ? parallelsIn(flow.flow) : [];
}

function reportOf(request: Node, at: Span, calls: number, { node, p50, p99 }: Hop): Report {
  return {
    at,
    message: `${calls} calls at once: in ${percent(1 - 0.99 ** calls, 'short')} of the requests one of them is slower than its p99. That of \`${node.name}\` is ${format(p99, TIME)}, and its median ${format(p50, TIME)}. Fewer and larger calls, or a second try after a short wait, would cut that tail.`,
    subject: request.name,
    related: [{ at: node.nameSpan, message: `\`${node.name}\` is declared here.` }],
  };
}
