import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, number, percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { seenWithin, timeToSample } from './effect.ts';

export const underpowered: Rule = {
  name: 'experiment/underpowered',
  severity: 'warning',
  summary: 'An experiment ends before it has the units that its smallest effect needs.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'experiment')) {
      const planned = context.given(node, 'duration');
      const needed = timeToSample(context, node);
      const whole = figure(context, node, 'experiment.duration');
      if (planned?.dimension !== TIME || !needed || !whole || needed <= planned.value) continue;
      const primary = context.value(node, 'primary');
      const effect = context.once(`effect seen by ${node.name}`, () =>
        primary?.form === 'primary' ? seenWithin(context, node, primary, planned.value) : undefined,
      );
      yield {
        at: valueSpan(input, node, 'duration'),
        message: `${format(planned.value, TIME)} bring ${percent(planned.value / needed, 'short')} of the units that the effect needs: ${format(whole.value, TIME)} would be enough${effect ? `, or an effect of ${effect}` : ''}. A test that ends early misses what it was made to find.`,
        subject: node.name,
        related: related(node),
        fixes: fixes(input, node, whole.value, effect),
      };
    }
  },
};

const related = (node: Node) => {
  const at = node.properties.get('exposure')?.valueSpan;
  return at ? [{ at, message: 'So many units come in.' }] : [];
};

function fixes(input: RuleInput, node: Node, whole: number, effect: string | undefined): Fix[] {
  const text = `${number(whole / 86400)}d`;
  const primary = input.context.value(node, 'primary');
  const mde = primary?.form === 'primary' ? primary.mde : undefined;
  const longer: Fix = { title: `Run it for ${text}`, edits: [writing(input, node, 'duration', text)] };
  if (!effect || !mde) return [longer];
  return [longer, { title: `Look for an effect of ${effect}`, edits: [{ at: mde.span, text: effect }] }];
}
