import type { Node } from '../../model/design.ts';
import { percent } from '../../units/format.ts';
import { NUMBER } from '../../units/dimension.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity, timeWith, tried, without } from '../trial.ts';

export const implausibleMfu: Rule = {
  name: 'training/implausible-mfu',
  severity: 'warning',
  summary: 'A training uses a larger share of the peak than well-tuned software is known to reach.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const path = ['mfu', 'step'].find((p) => context.given(node, p));
      const mfu = path && figure(context, node, 'training.mfu');
      const limit = mfu && mfu.value <= 1 ? figure(context, node, 'training.mfu_limit') : undefined;
      if (!mfu || !limit || mfu.value <= limit.value) continue;
      const [part] = context.pool(node, 'hardware');
      const tuned = limit.steps.find(({ label }) => label === 'tuned MFU')!.value;
      const says = path === 'mfu' ? 'An MFU of' : 'This step implies an MFU of';
      yield {
        at: valueSpan(input, node, path!),
        message: `${says} ${percent(mfu.value, 'short')}: well-tuned software reaches about ${percent(tuned, 'short')} here, and hardly ever more than ${percent(limit.value, 'short')}. The run will take longer.`,
        subject: node.name,
        ...(part && {
          related: [{ at: part.span, message: `The share is of the dense peak of ${part.hardware.name}.` }],
        }),
        fixes: () => fixes(input, node, path!, tuned),
      };
    }
  },
};

/** What tuned software reaches, or what the estimate takes. */
function fixes(input: RuleInput, node: Node, path: string, tuned: number): Fix[] {
  const reached = quantity(node, 'mfu', Math.round(tuned * 100) / 100, `${Math.round(tuned * 100)}%`, NUMBER);
  const choices = [
    ...(path === 'mfu' ? [{ written: [reached], title: `Set mfu to ${reached.text}` }] : []),
    ...(node.properties.has(path) ? [{ written: [without(path)], title: `Leave the ${path} to the estimate` }] : []),
  ];
  return choices.map(({ written, title }) =>
    fixOf(input, node, written, `${title}${timeWith(input, node, tried(input, node, written))}`),
  );
}
