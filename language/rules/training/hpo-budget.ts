import type { Node } from '../../model/design.ts';
import { NUMBER, TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { exceeded } from '../training-strain.ts';
import { fixOf, quantity } from '../trial.ts';

export const hpoBudget: Rule = {
  name: 'training/hpo-budget',
  severity: 'error',
  summary: 'The trials of a hyperparameter search are not done before its deadline.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const late = exceeded(context, node, 'training.search_time', 'deadline');
      const trials = context.given(node, 'trials')?.value ?? 1;
      if (!late || trials <= 1 || exceeded(context, node, 'training.time', 'deadline')) continue;
      const { figure: search, limit } = late;
      const run = figure(context, node, 'training.time')!;
      const together = context.input(node, 'parallel_trials')?.value ?? 1;
      const done = Math.floor(limit / run.value) * together;
      yield {
        at: valueSpan(input, node, 'trials'),
        message: `${format(trials, NUMBER)} trials of ${run.display}, ${format(together, NUMBER)} at a time, take ${search.display}: ${format(done, NUMBER)} of them are done at the deadline of ${format(limit, TIME)}.`,
        subject: node.name,
        related: [{ at: valueSpan(input, node, 'deadline'), message: 'The deadline.' }],
        fixes: () => fixes(input, node, trials, Math.floor(limit / run.value), done),
      };
    }
  },
};

/** More at once, or fewer in all. */
function fixes(input: RuleInput, node: Node, trials: number, rounds: number, done: number): Fix[] {
  const more = Math.ceil(trials / rounds - 1e-9);
  const devices = more * (input.context.pool(node, 'hardware')[0]?.count.value ?? 0);
  const at = writtenAt(input, node, 'trials');
  return [
    fixOf(input, node, [quantity(node, 'parallel_trials', more)], `Run ${more} trials at once, on ${devices} devices`),
    ...(at && done >= 2 ? [fixOf(input, node, [quantity(node, 'trials', done)], `Try ${done}`)] : []),
  ];
}
