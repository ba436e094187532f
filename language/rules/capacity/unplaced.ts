import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { memoryOf, strainOf } from '../strain.ts';
import { consequences, poolValue, unplaced as homeless } from '../what-if.ts';

export const unplaced: Rule = {
  name: 'capacity/unplaced',
  severity: 'warning',
  summary: 'A serving or training needs hardware that no cluster has.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of [...figured(design, 'serving'), ...figured(design, 'training')]) {
      const hardware = homeless(context, node);
      if (!hardware) continue;
      const named = context.reference(node, 'cluster');
      const clusters = named ? [named] : context.all('cluster');
      yield {
        at: valueSpan(input, node, 'hardware'),
        message: `No ${hardware.name} in ${named ? `\`${named.name}\`, where it is to run` : 'any cluster'}: it has nowhere to run. ${clusters.map((c) => `\`${c.name}\` has ${poolOf(input, c)}`).join(', ')}.`,
        subject: node.name,
        severity: named ? 'error' : 'warning',
        related: clusters.map((c) => ({ at: valueSpan(input, c, 'pool'), message: `The pool of \`${c.name}\`.` })),
        fixes: () => [
          ...clusters.flatMap((c) => added(input, node, hardware, c)),
          ...clusters.flatMap((c) => moved(input, node, c)),
        ],
      };
    }
  },
};

const poolOf = ({ context }: RuleInput, cluster: Node): string =>
  context
    .pool(cluster, 'pool')
    .map(({ count, hardware }) => `${format(count.value, NUMBER)} x ${hardware.name}`)
    .join(', ');

/** As many as it takes, at the end of the pool. */
function added({ context }: RuleInput, node: Node, hardware: Node, cluster: Node): Fix[] {
  const pool = cluster.properties.get('pool');
  const trials = context.given(node, 'parallel_trials')?.value ?? 1;
  const part = context.pool(node, 'hardware')[0]!;
  const count = figure(context, node, 'serving.gpus')?.value ?? part.count.value * trials;
  if (pool?.value.form !== 'pool' || pool.value.param || context.design.lookup(cluster.name) !== cluster) return [];
  if (!context.design.nodes.includes(cluster)) return [];
  const text = `${Math.ceil(count - 1e-9)} x ${hardware.name}`;
  const end = { ...pool.valueSpan, start: pool.valueSpan.end };
  return [{ title: `Add ${text} to the pool of \`${cluster.name}\``, edits: [{ at: end, text: `, ${text}` }] }];
}

/** For a serving, the first hardware that there is and on which it fits and carries its load. */
function moved(input: RuleInput, node: Node, cluster: Node): Fix[] {
  const { context, worlds } = input;
  const count = context.pool(node, 'hardware')[0]!.count.value;
  if (node.kind !== 'serving' || !Number.isInteger(count)) return [];
  for (const { hardware } of context.pool(cluster, 'pool')) {
    const change = new Map([[`${node.name}.hardware`, poolValue(count, hardware.name, node.nameSpan)]]);
    if (worlds().some((world) => isStrained(world.context.set(change), node))) continue;
    const text = `${count} x ${hardware.name}`;
    const title = `Use ${text}, which \`${cluster.name}\` has${consequences(input, change, [node])}`;
    return [{ title, edits: [writing(input, node, 'hardware', text)] }];
  }
  return [];
}

function isStrained(context: Context, node: Node): boolean {
  const memory = memoryOf(context, node);
  return strainOf(context, node) !== undefined || (memory !== undefined && memory.needs > memory.has);
}
