import type { Node } from '../../model/design.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Related, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';
import { roundTime } from './round-time.ts';

export const labelDelay: Rule = {
  name: 'training/label-delay',
  severity: 'warning',
  summary: 'A training takes more examples than have a label before they are deleted.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const labelled = figure(context, node, 'training.labelled_examples');
      const examples = context.given(node, 'examples');
      if (!labelled || (examples?.value ?? 1) <= labelled.value) continue;
      const delay = labelled.steps.find(({ label }) => label === 'label delay')!.value;
      const [data] = context.references(node, 'data');
      const kept = context.given(data!, 'retention')!.value;
      const none = labelled.value === 0;
      yield {
        at: valueSpan(input, node, writtenAt(input, node, 'labels') ? 'labels' : 'data'),
        message: none
          ? `Labels are known after ${format(delay, TIME)}, and \`${data!.name}\` is deleted after ${format(kept, TIME)}: no example ever has a label.`
          : `The run takes ${format(examples!.value, NUMBER)} examples, and ${format(labelled.value, NUMBER)} have a label: it is known after ${format(delay, TIME)}, and \`${data!.name}\` is deleted after ${format(kept, TIME)}. The rest are trained on as if nothing had happened to them.`,
        subject: node.name,
        related: related(input, node),
        fixes: () => keptLonger(input, node, delay),
      };
    }
  },
};

function related(input: RuleInput, node: Node): Related[] {
  const { context } = input;
  const at = (n: Node, path: string, message: string): Related[] =>
    writtenAt(input, n, path) ? [{ at: writtenAt(input, n, path)!, message }] : [];
  return [
    ...context.references(node, 'labels').flatMap((n) => at(n, 'delay', `Labels of \`${n.name}\` take this long.`)),
    ...context.references(node, 'data').flatMap((n) => at(n, 'retention', `\`${n.name}\` is kept this long.`)),
  ];
}

/** The one source that is trained on, kept until enough of it is labelled. */
function keptLonger(input: RuleInput, node: Node, delay: number): Fix[] {
  const { context, design } = input;
  const [data, more] = context.references(node, 'data');
  const rate =
    data && figure(context, node, 'training.labelled_examples')?.steps.find((s) => s.label === `${data.name} rate`);
  if (!data || more || !rate || data.span.at.uri !== design.uri) return [];
  const days = Math.ceil((delay + (context.given(node, 'examples')?.value ?? 0) / rate.value) / 86400 - 1e-9);
  const { text, seconds } = roundTime((context.given(node, 'examples') ? days : days + 1) * 86400 * 1.1);
  const fix = fixOf(
    input,
    data,
    [quantity(data, 'retention', seconds, text, TIME)],
    `Keep \`${data.name}\` for ${text}`,
  );
  return [fix];
}
