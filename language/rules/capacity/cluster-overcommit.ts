import type { Context } from '../../estimate/context.ts';
import { isMissing } from '../../estimate/estimate.ts';
import { gpusByHardware } from '../../estimate/cluster/gpus_used.ts';
import { occupantsIn } from '../../estimate/occupancy.ts';
import type { Node, PoolPart } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured } from '../figures.ts';
import type { Fix, Related, Rule, RuleInput } from '../rule.ts';
import { poolsOf } from '../what-if.ts';
import { replicasFix } from './replicas.ts';

export const clusterOvercommit: Rule = {
  name: 'capacity/cluster-overcommit',
  severity: 'error',
  summary: 'What runs in a cluster at once needs more of some hardware than there is.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'cluster')) {
      for (const { hardware, used, has } of poolsOf(context, node)) {
        const parts = context.pool(node, 'pool').filter((p) => p.hardware === hardware);
        const last = parts.at(-1);
        if (!last || used <= has) continue;
        const needs = needsOf(context, node, hardware);
        yield {
          at: last.span,
          message: `${format(used, NUMBER)} ${hardware.name} are needed at once, ${format(used - has, NUMBER)} more than the ${format(has, NUMBER)} there are: ${needs.map((n) => n.words).join(', ')}.`,
          subject: node.name,
          related: needs.map(
            (n): Related => ({
              at: n.node.properties.get('replicas')?.valueSpan ?? n.node.nameSpan,
              message: `${n.words}.`,
            }),
          ),
          fixes: () => [...enlarged(partAt(context, node, last.span), used - has), ...fewer(input, needs)],
        };
      }
    }
  },
};

/** What each of them takes, the largest first. */
function needsOf(context: Context, cluster: Node, hardware: Node): { node: Node; words: string }[] {
  const answer = gpusByHardware(context, cluster).get(hardware);
  const row = (label: string) =>
    answer && !isMissing(answer) ? answer.steps.find((s) => s.label === label)?.value : undefined;
  return occupantsIn(context, cluster)
    .filter((o) => o.hardware === hardware)
    .flatMap(({ node }) => {
      const each = row(`${node.name} GPUs`);
      return each === undefined ? [] : [{ node, count: each * (row(`${node.name} parallel trials`) ?? 1) }];
    })
    .sort((a, b) => b.count - a.count || (a.node.name < b.node.name ? -1 : 1))
    .map(({ node, count }) => ({ node, words: `\`${node.name}\` takes ${format(count, NUMBER)}` }));
}

function partAt(context: Context, cluster: Node, span: PoolPart['span']): PoolPart | undefined {
  const value = context.value(cluster, 'pool');
  const param = value?.form === 'pool' && value.param ? context.design.params.get(value.param.name)?.value : undefined;
  return [value, param].flatMap((v) => (v?.form === 'pool' ? v.parts : [])).find((part) => part.span === span);
}

/** Servings that have more replicas than their load needs anywhere. */
function fewer(input: RuleInput, needs: readonly { node: Node }[]): Fix[] {
  const { context, design, worlds } = input;
  return needs.flatMap(({ node }) => {
    const has = node.kind === 'serving' ? context.given(node, 'replicas') : undefined;
    if (!has || !design.nodes.includes(node)) return [];
    const each = worlds().map((world) => figure(world.context, node, 'serving.replicas_for_load')?.value ?? has.value);
    const needed = Math.max(...each);
    if (needed >= has.value) return [];
    return [replicasFix(input, node, needed, ` in \`${node.name}\`, as its load needs`)];
  });
}

function enlarged(part: PoolPart | undefined, by: number): Fix[] {
  if (part?.count.op !== 'number') return [];
  const text = String(Math.ceil(part.count.value + by - 1e-9));
  return [{ title: `Make it ${text} x ${part.hardware.name}`, edits: [{ at: part.count.span, text }] }];
}
