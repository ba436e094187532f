import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity, timeWith, tried } from '../trial.ts';

/** Tokens for each parameter that make the best of a given compute (Hoffmann et al., arXiv:2203.15556). */
const BEST = 20;

export const undertrained: Rule = {
  name: 'training/undertrained',
  severity: 'hint',
  summary: 'A language model sees fewer tokens for its parameters than makes the best of the compute.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const model = context.reference(node, 'model');
      const each = figure(context, node, 'training.tokens_per_parameter');
      if (!model || !each || each.value >= BEST * 0.999 || !startsAnew(input, node, model)) continue;
      const params = each.steps.find(({ label }) => label === 'params')!.value;
      const wanted = format(BEST * params, NUMBER);
      yield {
        at: valueSpan(input, node, 'tokens'),
        message: `${format(each.value, NUMBER, 'short')} tokens for each of ${format(params, NUMBER)} parameters: a smaller model on more tokens would be better for the same compute. ${BEST} a parameter, ${wanted} here, make the best of it.`,
        subject: node.name,
        related: design.isCatalog(model)
          ? []
          : [{ at: model.nameSpan, message: `\`${model.name}\` is declared here.` }],
        fixes: () => moreTokens(input, node, BEST * params),
      };
    }
  },
};

/** A model that goes on from another has seen more than this run shows. */
const startsAnew = ({ context }: RuleInput, node: Node, model: Node): boolean =>
  !context.value(model, 'base') &&
  !context.value(model, 'distilled_from') &&
  !context.design.isCatalog(model) &&
  (context.word(node, 'method') ?? 'full') === 'full' &&
  (context.word(model, 'task') ?? 'generation') === 'generation' &&
  context.given(node, 'tokens') !== undefined;

function moreTokens(input: RuleInput, node: Node, tokens: number): Fix[] {
  if (input.context.given(node, 'steps')) return [];
  const epochs = input.context.given(node, 'epochs')?.value ?? 1;
  const text = format(tokens / epochs, NUMBER);
  const written = [quantity(node, 'tokens', tokens / epochs, text)];
  return [fixOf(input, node, written, `Train on ${text} tokens${timeWith(input, node, tried(input, node, written))}`)];
}
