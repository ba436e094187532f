import type { Context } from '../../estimate/context.ts';
import { clusterOf } from '../../estimate/price.ts';
import { type Layout, layoutOf, type Machine, machineOf } from '../../estimate/training-layout.ts';
import type { Node } from '../../model/design.ts';
import { BANDWIDTH, NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';

export const tensorParallelAcrossNodes: Rule = {
  name: 'training/tensor-parallel-across-nodes',
  severity: 'warning',
  summary: 'Each layer of a training is split over devices of several nodes.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const layout = layoutOf(context, node);
      const machine = machineOf(context, node);
      if (!layout || !machine || !crosses(layout, machine)) continue;
      const who = machine.from === 'cluster' ? 'nodes' : 'the largest machines that are listed';
      yield {
        at: valueSpan(input, node, writtenAt(input, node, 'tensor_parallel') ? 'tensor_parallel' : 'strategy'),
        message: `Each layer is split over ${format(layout.tensor, NUMBER)} devices, and ${who} have ${format(machine.devices, NUMBER)}: every layer waits for the network between nodes${linksText(context, node)}. Split layers within a node, and stages or copies over nodes.`,
        subject: node.name,
        related: context.pool(node, 'hardware').map(({ span }) => ({ at: span, message: 'The job runs here.' })),
        fixes: () => within(input, node, layout, machine),
      };
    }
  },
};

/** A group of devices that share a layer lies in one node only where groups fill nodes exactly. */
const crosses = ({ tensor, devices }: Layout, machine: Machine): boolean =>
  tensor > machine.devices || (tensor > 1 && devices > machine.devices && machine.devices % tensor !== 0);

function linksText(context: Context, node: Node): string {
  const hardware = context.pool(node, 'hardware')[0]!.hardware;
  const cluster = clusterOf(context, node, hardware);
  const [inside, between] = [
    context.given(hardware, 'interconnect'),
    cluster && context.given(cluster, 'interconnect'),
  ];
  return inside && between
    ? `, ${format(between.value, BANDWIDTH)} where the links of a node bring ${format(inside.value, BANDWIDTH)}`
    : '';
}

/** The largest split that fills nodes; the rest becomes stages, or copies. */
function within(input: RuleInput, node: Node, { tensor, pipeline }: Layout, machine: Machine): Fix[] {
  let size = Math.min(tensor, machine.devices);
  while (machine.devices % size !== 0) size--;
  const inner = quantity(node, 'tensor_parallel', size);
  const title = `Set tensor_parallel to ${size}`;
  const alone = fixOf(input, node, [inner], title);
  if (tensor % size !== 0) return [alone];
  const stages = pipeline * (tensor / size);
  const outer = quantity(node, 'pipeline_parallel', stages);
  return [fixOf(input, node, [inner, outer], `${title} and pipeline_parallel to ${stages}`), alone];
}
