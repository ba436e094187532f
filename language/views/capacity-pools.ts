import { gpusByHardware } from '../estimate/cluster/gpus_used.ts';
import { isMissing } from '../estimate/estimate.ts';
import { occupantsIn, occupantsOf } from '../estimate/occupancy.ts';
import { clusterOf } from '../estimate/price.ts';
import type { Node } from '../model/design.ts';
import { ofKind, type Pair, type ViewInput } from './input.ts';

/** A serving or training, and how many devices it holds at once. */
export interface Consumer {
  readonly node: Node;
  readonly hardware: Node;
  readonly count: Pair;
}

/** The accelerators of one kind in a cluster. */
export interface Pool {
  readonly cluster: Node;
  readonly hardware: Node;
  readonly has: number;
  readonly used: number;
  readonly consumers: readonly Consumer[];
}

type Context = ViewInput['now'];

/** Each hardware of each cluster, also what is used there and is not in its pool. */
export function poolsOf(input: ViewInput): readonly Pool[] {
  const { now, base } = input;
  return ofKind(input, 'cluster').flatMap((cluster) =>
    [...gpusByHardware(now, cluster)].map(([hardware, answer]) => {
      const parts = now.pool(cluster, 'pool').filter((p) => p.hardware === hardware);
      const count = (context: Context | null, node: Node) =>
        context?.find(cluster.name) && countOf(context, cluster, hardware, node);
      return {
        cluster,
        hardware,
        has: parts.reduce((sum, p) => sum + p.count.value, 0),
        used: isMissing(answer) ? 0 : answer.value,
        consumers: occupantsIn(now, cluster)
          .filter((o) => o.hardware === hardware)
          .map(({ node }) => ({ node, hardware, count: { now: count(now, node), base: count(base, node) } })),
      };
    }),
  );
}

/** As the estimate of the cluster counts it: trials of a search that run at once have a pool each. */
function countOf(context: Context, cluster: Node, hardware: Node, { name }: Node): number | undefined {
  const answer = gpusByHardware(context, cluster).get(hardware);
  const row = (label: string) =>
    answer && !isMissing(answer) ? answer.steps.find((step) => step.label === label)?.value : undefined;
  const each = row(`${name} GPUs`);
  return each === undefined ? undefined : each * (row(`${name} parallel trials`) ?? 1);
}

/** What asks for hardware and has no cluster that is declared. */
export function homeless({ now, base, nodes }: ViewInput): readonly Consumer[] {
  const size = (context: Context | null, node: Node) => {
    if (!context) return undefined;
    if (node.kind === 'training')
      return (
        (context.pool(node, 'hardware')[0]?.count.value ?? 0) * (context.given(node, 'parallel_trials')?.value ?? 1)
      );
    const answer = context.estimate(node, 'serving.gpus');
    return isMissing(answer) ? undefined : answer.value;
  };
  return occupantsOf(now)
    .filter(({ node, hardware }) => nodes.includes(node) && !clusterOf(now, node, hardware))
    .map(({ node, hardware }) => ({ node, hardware, count: { now: size(now, node), base: size(base, node) } }));
}
