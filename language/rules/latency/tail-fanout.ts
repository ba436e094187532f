import { type Hop, hopsOf } from '../../estimate/request/path.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured } from '../figures.ts';
import type { Rule } from '../rule.ts';

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
    for (const node of figured(design, 'request'))
      for (const hop of hopsOf(context, node).filter(isWide))
        yield {
          at: hop.span,
          message: `${hop.calls} calls at once: in ${percent(1 - 0.99 ** hop.calls, 'short')} of the requests one of them takes longer than its p99 of ${format(hop.p99, TIME)}, where its median is ${format(hop.p50, TIME)}. Fewer and larger calls, or a second try after a short wait, would cut that tail.`,
          subject: node.name,
          related: [{ at: hop.node.nameSpan, message: `\`${hop.node.name}\` is declared here.` }],
        };
  },
};

const isWide = ({ calls, free, p50, p99 }: Hop): boolean => !free && calls >= WIDE && p99 > TAIL * p50;
