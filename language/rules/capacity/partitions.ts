import { rateOf } from '../../estimate/features/writes_per_second.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Rule } from '../rule.ts';

export const partitions: Rule = {
  name: 'capacity/partitions',
  severity: 'error',
  summary: 'A stream brings more than its partitions can take.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'source')) {
      const full = figure(context, node, 'source.partition_utilization');
      const has = context.given(node, 'partitions');
      if (!full || !has || full.value <= 1 + 1e-9) continue;
      const needed = Math.ceil(has.value * full.value - 1e-9);
      const rate = rateOf(context, node)!;
      const data = figure(context, node, 'source.bytes_per_second');
      const tech = context.reference(node, 'tech');
      yield {
        at: valueSpan(input, node, 'partitions'),
        message: `${format(rate.value, rate.dimension)}${data ? ` (${data.display})` : ''} are ${percent(full.value, 'short')} of what ${format(has.value, has.dimension)} partitions${tech ? ` of ${tech.name}` : ''} take: writers are throttled, and records come late or not at all. ${needed} are enough.`,
        subject: node.name,
        related:
          tech && !design.isCatalog(tech)
            ? [{ at: valueSpan(input, tech, 'limits'), message: `What ${tech.name} takes.` }]
            : [],
        fixes: [{ title: `Set partitions to ${needed}`, edits: [writing(input, node, 'partitions', String(needed))] }],
      };
    }
  },
};
