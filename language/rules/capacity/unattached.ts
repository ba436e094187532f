import type { Context } from '../../estimate/context.ts';
import { arrivalsOf } from '../../estimate/load.ts';
import type { Expression, Node } from '../../model/design.ts';
import { figured } from '../figures.ts';
import { callsIn } from '../flow.ts';
import type { Rule } from '../rule.ts';

export const unattached: Rule = {
  name: 'capacity/unattached',
  severity: 'warning',
  summary: 'The share of a service that no flow uses: it changes nothing.',
  *check({ design, context }) {
    for (const node of figured(design, 'service')) {
      const share = node.properties.get('share');
      if (!share || context.referrers(node, 'request').some((request) => takesShare(context, request, node))) continue;
      const used = arrivalsOf(context, node).length > 0;
      yield {
        at: share.valueSpan,
        message: used
          ? `Every flow through \`${node.name}\` writes a share or a number of calls of its own, and that wins: this share changes nothing.`
          : `No flow goes through \`${node.name}\`, so this share of the requests goes nowhere.`,
        subject: node.name,
        related: context
          .referrers(node, 'request')
          .map((request) => ({ at: request.nameSpan, message: `\`${request.name}\` goes through it.` })),
        fixes: [
          {
            title: 'Remove `share`',
            edits: [{ at: { ...share.keySpan, end: share.valueSpan.end }, text: '', line: true }],
          },
        ],
      };
    }
  },
};

/** Whether some call of a service in a request's flow has no factor below one, so that the service's own share counts. */
function takesShare(context: Context, request: Node, service: Node): boolean {
  const flow = context.value(request, 'flow');
  if (flow?.form !== 'flow') return false;
  const whole = (factor: Expression) => (context.evaluate(factor, request.name)?.value ?? 1) >= 1;
  return callsIn(flow.flow).some((call) => context.find(call.target.name) === service && call.factors.every(whole));
}
