import type { PoolInput } from '../../estimate/context.ts';
import { computeFormat } from '../../estimate/hardware.ts';
import type { Node } from '../../model/design.ts';
import { FLOPS } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, pool, timeWith, tried, word, type Written } from '../trial.ts';

export const precisionUnsupported: Rule = {
  name: 'training/precision-unsupported',
  severity: 'warning',
  summary: 'A training asks for a number format that its accelerators do not multiply in.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const asked = context.value(node, 'precision') && context.word(node, 'precision');
      const [part] = context.pool(node, 'hardware');
      const found = asked && part && computeFormat(context, part.hardware, asked);
      if (!found || found === asked) continue;
      const name = part.hardware.name;
      const peak = context.input(part.hardware, found)!.value;
      yield {
        at: valueSpan(input, node, 'precision'),
        message: `${name} has no ${asked}: what is multiplied is converted to ${found} first, at ${format(peak, FLOPS)}. It is no faster than ${found}${found === 'fp16' ? ', whose smaller range needs loss scaling' : ''}.`,
        subject: node.name,
        related: [{ at: part.span, message: `The job runs on ${name}.` }],
        fixes: () => [...inFormat(input, node, found), ...onNext(input, node, part, asked, peak)],
      };
    }
  },
};

const inFormat = (input: RuleInput, node: Node, found: string): Fix[] => [
  choice(input, node, word(node, 'precision', found), `Train in ${found}`),
];

/** The next accelerator of the catalog that has the format, as much memory and as high a peak. */
function onNext(input: RuleInput, node: Node, { count, hardware }: PoolInput, asked: string, peak: number): Fix[] {
  const { context, design } = input;
  const list = design.catalog('hardware');
  const memory = (h: Node) => context.input(h, 'memory')?.value ?? 0;
  const next = list
    .slice(list.indexOf(hardware) + 1)
    .find((h) => (context.input(h, asked)?.value ?? 0) >= peak && memory(h) >= memory(hardware));
  if (!next || !Number.isInteger(count.value) || context.pool(node, 'hardware').length > 1) return [];
  return [choice(input, node, pool(node, 'hardware', count.value, next.name), `Use ${next.name}`)];
}

const choice = (input: RuleInput, node: Node, written: Written, title: string): Fix =>
  fixOf(input, node, [written], `${title}${timeWith(input, node, tried(input, node, [written]))}`);
