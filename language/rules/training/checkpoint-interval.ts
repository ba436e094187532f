import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity, tried, without } from '../trial.ts';
import { roundTime } from './round-time.ts';

/** What is lost beyond the least loss before it is worth a word, as a share of the run: storage is faster or slower than taken by a factor. */
const WORTH = 0.05;

export const checkpointInterval: Rule = {
  name: 'training/checkpoint-interval',
  severity: 'warning',
  summary: 'Checkpoints are written so often, or so seldom, that much of the run is lost.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const given = context.given(node, 'checkpoint');
      const loss = figure(context, node, 'training.checkpoint_loss');
      const best = figure(context, node, 'training.checkpoint_interval');
      if (given?.dimension !== TIME || !(given.value > 0) || !loss || !best) continue;
      const least = figure(tried(input, node, [without('checkpoint')]), node, 'training.checkpoint_loss');
      const never = isNever(input, node, given.value, best.value);
      if (!never && (!least || loss.value - least.value < WORTH)) continue;
      const { text } = roundTime(best.value);
      const why =
        given.value < best.value
          ? `${percent(Math.min(1, loss.value), 'short')} of the time goes into writing them`
          : `${percent(Math.min(1, loss.value), 'short')} of the time goes into repeating what failures lost`;
      const time = figure(context, node, 'training.time');
      yield {
        at: valueSpan(input, node, 'checkpoint'),
        message: never
          ? `The run takes ${time!.display} and the first checkpoint comes after ${format(given.value, TIME)}: none is ever written. Saving every ${text} loses least time.`
          : `With a checkpoint every ${format(given.value, TIME)} ${why}. Every ${text} loses least, ${percent(least!.value, 'short')}.`,
        subject: node.name,
        related: context
          .pool(node, 'hardware')
          .map(({ span }) => ({ at: span, message: 'So many devices fail, and write.' })),
        fixes: () => fixes(input, node, best.value),
      };
    }
  },
};

/** The run is over before the first one, and is long enough to need one. */
function isNever({ context }: RuleInput, node: Node, interval: number, best: number): boolean {
  const time = figure(context, node, 'training.time');
  return time !== undefined && interval >= time.value && best < time.value;
}

function fixes(input: RuleInput, node: Node, best: number): Fix[] {
  const { text, seconds } = roundTime(best);
  return [fixOf(input, node, [quantity(node, 'checkpoint', seconds, `every ${text}`, TIME)], `Save every ${text}`)];
}
