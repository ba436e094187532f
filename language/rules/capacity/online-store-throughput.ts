import { format, percent } from '../../units/format.ts';
import { figure, figured, moving, valueSpan, writing } from '../figures.ts';
import type { Rule } from '../rule.ts';

export const onlineStoreThroughput: Rule = {
  name: 'capacity/online-store-throughput',
  severity: 'error',
  summary: 'The requests read more rows than the nodes of the online store can answer.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'featurestore')) {
      const busy = figure(context, node, 'featurestore.throughput_utilization');
      const reads = figure(context, node, 'featurestore.reads_per_second');
      const nodes = context.given(node, 'nodes');
      if (!busy || !reads || !nodes || busy.value <= 1 + 1e-9) continue;
      const needed = Math.ceil(nodes.value * busy.value - 1e-9);
      const each = reads.value / (nodes.value * busy.value);
      yield {
        at: valueSpan(input, node, 'nodes'),
        message: `${reads.display} are read, ${percent(busy.value, 'short')} of what ${format(nodes.value, nodes.dimension)} nodes answer at ${format(each, reads.dimension)} each: reads queue up, and then every request is late. ${needed} nodes are enough.`,
        subject: node.name,
        related: context.referrers(node, 'features').flatMap((view) => {
          const read = context.reference(view, 'store') === node && figure(context, view, 'features.reads_per_second');
          return read ? [{ at: view.nameSpan, message: `\`${view.name}\` is read ${read.display}.` }] : [];
        }),
        fixes: () => [
          { title: `Set nodes to ${needed}`, edits: [writing(input, node, 'nodes', String(needed))] },
          ...moving(input, node, 'ops', {
            to: reads.value / nodes.value,
            up: true,
            title: (text) => `Nodes that answer ${text}`,
          }),
        ],
      };
    }
  },
};
