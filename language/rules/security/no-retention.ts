import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { severityOfAbsence } from '../absence.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';
import { roundTime } from '../training/round-time.ts';
import { isPersonal } from './personal.ts';

export const noRetention: Rule = {
  name: 'security/no-retention',
  severity: 'info',
  summary: 'A source holds personal data and does not say how long it is kept.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'source')) {
      if (!node.whole || !isPersonal(context, node) || context.value(node, 'retention')) continue;
      if (context.word(node, 'type') === 'request') continue;
      yield {
        at: node.nameSpan,
        message: `\`${node.name}\` holds personal data and has no \`retention\`: it is kept for good, and nobody can say when a person's data is gone.`,
        subject: node.name,
        severity: severityOfAbsence(context),
        related: [{ at: valueSpan(input, node, 'pii'), message: 'It says that it is personal.' }],
        fixes: () => [kept(input, node)],
      };
    }
  },
};

/** As long as what is made from it needs it; where nothing says that, a period to put one's own in place of. */
function kept(input: RuleInput, source: Node): Fix {
  const needed = neededFor(input.context, source);
  const { text, seconds } = roundTime((needed?.seconds ?? 30 * 86400) * (needed ? 1.05 : 1));
  const title = needed
    ? `Keep it for ${text}, as \`${needed.by}\` needs`
    : `Keep it for ${text}, a period to put your own in place of`;
  return fixOf(input, source, [quantity(source, 'retention', seconds, text, TIME)], title);
}

/** The longest time that a feature view holds its values, or that labels of a training on it take. */
function neededFor(context: Context, source: Node): { by: string; seconds: number } | undefined {
  const views = context
    .referrers(source, 'features')
    .map((node) => ({ by: node.name, seconds: context.given(node, 'ttl')?.value }));
  const jobs = context
    .referrers(source, 'training')
    .flatMap((node) =>
      context.references(node, 'labels').map((l) => ({ by: node.name, seconds: context.given(l, 'delay')?.value })),
    );
  const all = [...views, ...jobs].flatMap(({ by, seconds }) => (seconds ? [{ by, seconds }] : []));
  return all.sort((a, b) => b.seconds - a.seconds)[0];
}
