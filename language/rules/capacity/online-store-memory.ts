import { BYTES } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, moving, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule } from '../rule.ts';

export const onlineStoreMemory: Rule = {
  name: 'capacity/online-store-memory',
  severity: 'error',
  summary: 'The feature views do not fit into the memory of the online store.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'featurestore')) {
      const full = figure(context, node, 'featurestore.memory_utilization');
      const data = figure(context, node, 'featurestore.online_bytes');
      const nodes = context.given(node, 'nodes');
      const memory = context.given(node, 'memory');
      if (!full || !data || !nodes || !memory || full.value <= 1 + 1e-9) continue;
      const needed = Math.ceil(data.value / memory.value - 1e-9);
      const more: Fix = { title: `Set nodes to ${needed}`, edits: [writing(input, node, 'nodes', String(needed))] };
      yield {
        at: valueSpan(input, node, 'memory'),
        message: `The views take ${data.display}, ${percent(full.value, 'short')} of the ${format(nodes.value * memory.value, BYTES)} of ${format(nodes.value, nodes.dimension)} nodes: the store evicts rows or refuses writes. ${needed} nodes hold them.`,
        subject: node.name,
        related: context
          .referrers(node, 'features')
          .filter((view) => context.reference(view, 'store') === node && figure(context, view, 'features.online_bytes'))
          .map((view) => ({
            at: view.nameSpan,
            message: `\`${view.name}\` takes ${figure(context, view, 'features.online_bytes')!.display} a copy.`,
          })),
        fixes: () => [
          more,
          ...moving(input, node, 'memory', {
            to: data.value / nodes.value,
            up: true,
            title: (text) => `Give each node ${text}`,
          }),
        ],
      };
    }
  },
};
