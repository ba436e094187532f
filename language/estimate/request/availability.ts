import type { Flow, Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import type { Context, Estimator } from '../context.ts';
import { armsOf, defaultShare } from '../load.ts';
import { Sheet } from '../sheet.ts';

/** Share of requests that every part answers that they wait for: the product of the parts' availabilities, those that few requests need weighed. */
export const availability: Estimator = {
  quantities: ['request.availability'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const flow = context.value(node, 'flow');
    if (flow?.form !== 'flow') return { missing: ['`flow`'] };
    const shares = sharesOf(context, node, flow.flow);
    const factors: string[] = [];
    for (const [part, share] of shares) {
      const given =
        part.kind === 'serving' || part.kind === 'gateway' || part.kind === 'service'
          ? context.given(part, 'availability')
          : undefined;
      if (given) {
        sheet.use(`${part.name} availability`, given);
        if (share < 1) sheet.fact(`${part.name} share`, share, NUMBER, 'given', 'the flow');
        factors.push(
          share < 1 ? `(1 - ${part.name}_share * (1 - ${part.name}_availability))` : `${part.name}_availability`,
        );
      } else sheet.assume(`${part.name} is counted as always available`);
    }
    if (factors.length === 0) sheet.lacks('`availability` of a part of the flow');
    sheet.step('availability of the way', factors.join(' * '));
    return sheet.result();
  },
};

/** The parts that a request waits for, each with the share of the requests that needs it. Several calls of one part need it once. */
function sharesOf(context: Context, request: Node, flow: Flow): Map<Node, number> {
  const shares = new Map<Node, number>();
  const walk = (step: Flow, share: number): void => {
    if (step.step === 'call') {
      const node = context.find(step.target.name);
      const own = node ? share * defaultShare(context, node, share) : 0;
      if (node)
        for (const arm of armsOf(context, node, request))
          shares.set(arm.node, Math.max(shares.get(arm.node) ?? 0, own * arm.share));
    } else if (step.step === 'sequence' || step.step === 'parallel')
      for (const member of step.members) walk(member, share);
    else if (step.step === 'rows') walk(step.of, share);
    else if (step.step === 'times')
      walk(step.of, share * Math.min(1, context.evaluate(step.factor, request.name)?.value ?? 1));
  };
  walk(flow, 1);
  return shares;
}
