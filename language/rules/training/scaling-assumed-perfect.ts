import { NUMBER } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { fixOf, quantity, timeWith, tried, without } from '../trial.ts';

export const scalingAssumedPerfect: Rule = {
  name: 'training/scaling-assumed-perfect',
  severity: 'info',
  summary: 'A training on several accelerators is taken to lose nothing by the communication between them.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const [part] = context.pool(node, 'hardware');
      const given = context.given(node, 'scaling');
      const time = figure(context, node, 'training.time');
      const used = time?.steps.some(({ label }) => label === 'scaling');
      if (!part || !given || !used || given.value < 1 || part.count.value <= 1) continue;
      const curve = figure(tried(input, node, [without('scaling')]), node, 'training.time');
      const measured = curve?.steps.find(({ label }) => /^(scaling|device factor)$/.test(label))?.value;
      const devices = `${format(part.count.value, NUMBER)} x ${part.hardware.name}`;
      // a run that waits for its data is no faster with either
      const longer = curve && curve.display !== time?.display;
      const seen = longer && measured && measured < 1 ? { curve, share: `${Math.floor(measured * 100)}%` } : undefined;
      yield {
        at: valueSpan(input, node, 'scaling'),
        message: `\`scaling: ${percent(given.value)}\` takes ${devices} to be exactly ${format(part.count.value, NUMBER)} times as fast as one.${seen ? ` Published runs keep ${seen.share}: the run would take ${seen.curve.display} instead of ${time!.display}.` : ' Communication always takes a part of it.'}`,
        subject: node.name,
        related: [{ at: part.span, message: 'It runs here.' }],
        fixes: () => {
          if (!seen) return [];
          const written = [quantity(node, 'scaling', Number.parseInt(seen.share, 10) / 100, seen.share)];
          return [
            fixOf(
              input,
              node,
              written,
              `Set scaling to ${seen.share}${timeWith(input, node, tried(input, node, written))}`,
            ),
          ];
        },
      };
    }
  },
};
