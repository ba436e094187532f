import { isMissing } from '../estimate/estimate.ts';
import type { Node } from '../model/design.ts';
import { figureOf, ofKind, type ViewInput } from './input.ts';
import { money } from './words.ts';

/** A part with what it costs, in USD per second. */
export interface PartCost {
  readonly node: Node;
  readonly now: number;
  readonly base: number | undefined;
}

/** Everything that `system.cost` adds up, in the order of the text. */
export function costsOf(input: ViewInput): readonly PartCost[] {
  return ofKind(input, 'serving', 'training').flatMap((node) => {
    const now = costOf(input.now, node);
    return now === undefined ? [] : [{ node, now, base: costOf(input.base, node) }];
  });
}

/** Of a serving all the time, of a training where it repeats. */
function costOf(context: ViewInput['base'], node: Node): number | undefined {
  if (node.kind === 'serving') return figureOf(context, node, 'serving.cost');
  const every = context?.given(node, 'every')?.value;
  const run = figureOf(context, node, 'training.cost');
  return every && run !== undefined ? run / every : undefined;
}

/** What costs money too and is not in the sum, with the reason. */
export function unpriced(input: ViewInput): readonly { readonly node: Node; readonly why: string }[] {
  return input.nodes.flatMap((node) => {
    if (node.kind === 'serving' || node.kind === 'training')
      return costOf(input.now, node) === undefined ? [{ node, why: whyNot(input, node) }] : [];
    return RUNS.includes(node.kind) && !FREE.includes(input.now.word(node, 'type') ?? '')
      ? [{ node, why: 'the catalog has no price for it' }]
      : [];
  });
}

/** kinds that run on machines of their own */
const RUNS = ['featurestore', 'index', 'gateway', 'service'];
/** services that are no machines of this design */
const FREE = ['client', 'external', 'human_review'];

function whyNot(input: ViewInput, node: Node): string {
  const answer = input.now.estimate(node, `${node.kind}.cost`);
  if (!isMissing(answer)) return `runs once, for ${money(answer.value)}`;
  return `for lack of ${answer.missing.slice(0, 2).join(' and ').replaceAll('`', '')}`;
}
