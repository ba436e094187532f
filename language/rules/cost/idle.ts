import type { Context } from '../../estimate/context.ts';
import { occupantsIn } from '../../estimate/occupancy.ts';
import { priceOf } from '../../estimate/price.ts';
import type { Node, PoolPart } from '../../model/design.ts';
import { MONEY_RATE, NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { poolsOf } from '../what-if.ts';

/** The share of some hardware that may stand idle at the peak before it is worth a word. */
const SPARE = 0.5;

export const idle: Rule = {
  name: 'cost/idle',
  severity: 'info',
  summary: 'Much of some hardware in a cluster is used by nothing, in no scenario.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'cluster')) {
      // a file of machines alone does not show what runs on them
      if (occupantsIn(context, node).length === 0) continue;
      for (const { hardware, has } of poolsOf(context, node)) {
        const parts = context.pool(node, 'pool').filter((p) => p.hardware === hardware);
        const used = mostUsed(input, node, hardware);
        const unused = Math.floor(has - (used ?? has));
        if (parts.length !== 1 || used === undefined || unused < 1 || unused <= SPARE * has) continue;
        const saved = costOf(context, node, hardware, unused);
        const what =
          used === 0
            ? `Nothing uses the ${format(has, NUMBER)} ${hardware.name}`
            : `${format(unused, NUMBER)} of ${format(has, NUMBER)} ${hardware.name} are used by nothing`;
        yield {
          at: parts[0]!.span,
          message: `${what}${design.scenarios.length > 0 ? ', in no scenario' : ''}${saved ? `: ${saved} for hardware that waits` : ''}.`,
          subject: node.name,
          fixes: smaller(context, node, parts[0]!.span, used, saved),
        };
      }
    }
  },
};

/** At the same time, in the design as written or the scenario that takes most. Undefined where somewhere it is not known. */
function mostUsed({ worlds }: RuleInput, cluster: Node, hardware: Node): number | undefined {
  const all = worlds().map(({ context }) => poolsOf(context, cluster).find((p) => p.hardware === hardware)?.used);
  return all.some((used) => used === undefined) ? undefined : Math.max(...all.map(Number));
}

/** At what a serving in the cluster would pay. */
function costOf(context: Context, cluster: Node, hardware: Node, count: number): string | undefined {
  const price = priceOf(context, cluster, hardware);
  const discount = context.given(cluster, 'discount')?.value ?? 0;
  return price && format(price.rate.value * (1 - discount) * count, MONEY_RATE);
}

function smaller(context: Context, cluster: Node, span: PoolPart['span'], used: number, saved?: string): Fix[] {
  const value = context.value(cluster, 'pool');
  const parts = value?.form === 'pool' && !value.param ? value.parts : [];
  const i = parts.findIndex((part) => part.span === span);
  const part = parts[i];
  const less = saved ? `, ${saved} less` : '';
  if (part?.count.op !== 'number') return [];
  if (used > 0) {
    const text = String(Math.ceil(used));
    return [{ title: `Make it ${text} x ${part.hardware.name}${less}`, edits: [{ at: part.count.span, text }] }];
  }
  const [before, after] = [parts[i - 1], parts[i + 1]];
  if (!before && !after) return [];
  const at = before ? { ...span, start: before.span.end } : { ...span, end: after!.span.start };
  return [{ title: `Give the ${part.hardware.name} back${less}`, edits: [{ at, text: '' }] }];
}
