import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Related, Rule, RuleInput, Severity } from '../rule.ts';
import { type Uneven, unevenOf } from '../training-strain.ts';
import { fixOf, pool, quantity } from '../trial.ts';

export const parallelismDivides: Rule = {
  name: 'training/parallelism-divides',
  severity: 'error',
  summary: 'Devices, heads, layers or batch of a training cannot be split evenly as its parallelism asks.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'training'))
      for (const uneven of unevenOf(input.context, node)) {
        const { message, severity } = said(uneven);
        yield {
          at: valueSpan(input, node, writtenAt(input, node, uneven.path) ? uneven.path : 'strategy'),
          message,
          subject: node.name,
          severity,
          related: relatedOf(input, node, uneven),
          fixes: () => fixes(input, node, uneven),
        };
      }
  },
};

function said({ what, count, by }: Uneven): { message: string; severity: Severity } {
  const [n, parts] = [format(count, NUMBER), format(by, NUMBER)];
  switch (what) {
    case 'devices':
      return {
        message: `A copy of the model takes ${parts} devices, and ${n} are no multiple of that: ${format(count % by, NUMBER)} would have nothing to do, and the job does not start.`,
        severity: 'error',
      };
    case 'heads':
      return {
        message: `Tensor parallelism of ${parts} splits the attention heads, and the model has ${n}: they cannot be split evenly.`,
        severity: 'error',
      };
    case 'layers':
      return {
        message: `${n} layers do not divide into ${parts} stages: the stages with one layer more make all others wait.`,
        severity: 'warning',
      };
    case 'batch':
      return {
        message: `A batch of ${n} does not divide by ${parts}, the examples that all copies of the model hold at a time: the last step of each batch would run partly empty.`,
        severity: 'warning',
      };
  }
}

function relatedOf({ context, design }: RuleInput, node: Node, { what }: Uneven): Related[] {
  const model = context.reference(node, 'model');
  const at = what === 'batch' ? context.pool(node, 'hardware')[0]?.span : model?.properties.get(what)?.valueSpan;
  const told = what === 'batch' || (model && !design.isCatalog(model));
  return at && told ? [{ at, message: what === 'batch' ? 'The devices.' : `The ${what} of \`${model!.name}\`.` }] : [];
}

/** The nearest that divides: below and above. */
function fixes(input: RuleInput, node: Node, { what, path, count, by }: Uneven): Fix[] {
  const [part, more] = input.context.pool(node, 'hardware');
  if (what === 'devices') {
    const sizes = part && !more ? [Math.ceil(count / by), Math.floor(count / by)] : [];
    return sizes
      .filter((n) => n > 0)
      .map((n) => {
        const use = pool(node, path, n * by, part!.hardware.name);
        return fixOf(input, node, [use], `Use ${use.text}, for ${n === 1 ? 'one copy' : `${n} copies`} of the model`);
      });
  }
  const near =
    what === 'batch'
      ? [Math.ceil(count / by) * by, Math.floor(count / by) * by]
      : [divisorOf(count, by, -1), divisorOf(count, by, 1)];
  return [...new Set(near)]
    .filter((n) => n >= 1)
    .map((n) => fixOf(input, node, [quantity(node, path, n)], `Set ${path} to ${n}`));
}

/** The next divisor of `count` below or above `from`. */
function divisorOf(count: number, from: number, by: 1 | -1): number {
  let n = from + by;
  while (n > 1 && n < count && count % n !== 0) n += by;
  return n >= count ? 0 : n;
}
