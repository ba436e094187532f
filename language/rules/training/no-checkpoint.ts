import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { severityOfAbsence } from '../absence.ts';
import { figure, figured } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { fixOf, quantity } from '../trial.ts';
import { roundTime } from './round-time.ts';

export const noCheckpoint: Rule = {
  name: 'training/no-checkpoint',
  severity: 'info',
  summary: 'A training that is long enough for checkpoints saves none.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const time = figure(context, node, 'training.time');
      const best = figure(context, node, 'training.checkpoint_interval');
      if (!node.whole || context.value(node, 'checkpoint') || !time || !best || time.value <= best.value) continue;
      const between = best.steps.find(({ label }) => label === 'time between failures')?.value;
      const often =
        between === undefined ? '' : ` These devices fail about every ${format(between, TIME, 'short')} of work.`;
      const { text, seconds } = roundTime(best.value);
      yield {
        at: node.nameSpan,
        message: `A failure costs all that was done so far, up to ${time.display}: \`checkpoint\` is not given.${often} Saving every ${text} loses least time.`,
        subject: node.name,
        severity: severityOfAbsence(context),
        related: context
          .pool(node, 'hardware')
          .map(({ span }) => ({ at: span, message: `It runs here for ${time.display}.` })),
        fixes: () => [
          fixOf(input, node, [quantity(node, 'checkpoint', seconds, `every ${text}`, TIME)], `Save every ${text}`),
        ],
      };
    }
  },
};
