import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { writing } from '../figures.ts';
import type { Fix, RuleInput } from '../rule.ts';

const truth = (context: Context, node: Node): boolean | undefined => {
  const value = context.value(node, 'pii');
  return value?.form === 'truth' ? value.truth : undefined;
};

/** Whether a source or feature view holds personal data: as it says, else as what it is made from does. */
export function isPersonal(context: Context, node: Node): boolean {
  const own = truth(context, node);
  if (own !== undefined || node.kind !== 'features') return own ?? false;
  const pipes = context.referrers(node, 'pipeline').filter((p) => context.references(p, 'to').includes(node));
  const from = [...context.references(node, 'source'), ...pipes.flatMap((p) => context.references(p, 'from'))];
  return from.some((source) => source !== node && truth(context, source) === true);
}

/** What says that it is personal: its own `pii`, or that of what it is made from. */
export function personalAt(context: Context, node: Node): readonly Node[] {
  if (truth(context, node) !== undefined) return [node];
  const pipes = context.referrers(node, 'pipeline').filter((p) => context.references(p, 'to').includes(node));
  return [...context.references(node, 'source'), ...pipes.flatMap((p) => context.references(p, 'from'))].filter(
    (source) => truth(context, source) === true,
  );
}

/** For values that are counts or embeddings of nobody. */
export const notPersonal = (input: RuleInput, node: Node): Fix[] =>
  node.span.at.uri === input.design.uri
    ? [{ title: `Say that \`${node.name}\` holds no personal data`, edits: [writing(input, node, 'pii', 'false')] }]
    : [];
