import type { Node } from '../../model/design.ts';
import type { Context, Estimator } from '../context.ts';
import { type Estimate, isMissing, type Missing } from '../estimate.ts';
import { type Occupant, occupantsIn, useOccupancy } from '../occupancy.ts';
import { Sheet } from '../sheet.ts';

/** Accelerators of a cluster that run at once: all servings at their size, and all trainings at the same time. */
export const gpusUsed: Estimator = {
  quantities: ['cluster.gpus_used'],
  estimate: (node, context, quantity) => used(context, node, quantity, occupantsIn(context, node)),
};

/** The same for each hardware of the cluster and of what runs in it; the subject is `Cluster.H100`. */
export function gpusByHardware(context: Context, cluster: Node): ReadonlyMap<Node, Estimate | Missing> {
  return context.once(`gpus of ${cluster.name}`, () => {
    const occupants = occupantsIn(context, cluster);
    const hardware = new Set([
      ...context.pool(cluster, 'pool').map((p) => p.hardware),
      ...occupants.map((o) => o.hardware),
    ]);
    return new Map(
      [...hardware].map((h) => [
        h,
        of(
          cluster,
          h,
          used(
            context,
            cluster,
            'cluster.gpus_used',
            occupants.filter((o) => o.hardware === h),
          ),
        ),
      ]),
    );
  });
}

const of = (cluster: Node, hardware: Node, answer: Estimate | Missing): Estimate | Missing =>
  isMissing(answer) ? answer : { ...answer, subject: `${cluster.name}.${hardware.name}` };

function used(context: Context, cluster: Node, quantity: string, occupants: readonly Occupant[]): Estimate | Missing {
  const sheet = new Sheet(context, cluster, quantity);
  useOccupancy(sheet, context, occupants, 'GPUs used');
  if (occupants.some((o) => o.node.kind === 'training'))
    sheet.assume('trainings run at the same time as everything else');
  return sheet.result();
}
