import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import type { Context } from './context.ts';
import type { Sheet } from './sheet.ts';

/** Attention and feed-forward layers over tokens. */
export const isTransformer = (context: Context, model: Node): boolean =>
  ['transformer', 'moe'].includes(context.word(model, 'architecture') ?? '');

/** Adds the row `params`: as written, else counted from the sizes of a transformer. NaN where neither is known. */
export function useParams(sheet: Sheet, context: Context, model: Node): number {
  if (sheet.has('params')) return sheet.valueOf('params');
  const given = context.input(model, 'params');
  if (given) return sheet.use('params', given);
  const sizes = ['layers', 'hidden', 'heads', 'vocab', ...(isMixture(context, model) ? ['experts'] : ['intermediate'])];
  if (!isTransformer(context, model) || sizes.some((size) => !context.input(model, size))) {
    sheet.lacks(`\`params\` of \`${model.name}\``);
    return Number.NaN;
  }
  useHeads(sheet, context, model);
  size(sheet, context, model, 'hidden');
  size(sheet, context, model, 'vocab');
  useMatrices(sheet, context, model);
  const tied = isTied(context, model);
  sheet.fact('embedding matrices', tied ? 1 : 2, NUMBER, 'given', tied ? '`tied`' : '`tied` is not true');
  const attention = '2 * hidden * head_dim * (heads + kv_heads)';
  return sheet.step(
    'params',
    `layers * (${attention} + ${feedForward(sheet, context, model)}) + embedding_matrices * vocab * hidden`,
  );
}

/** Adds the row `active params`: those that one token (or example) passes through, embeddings included. */
export function useActiveParams(sheet: Sheet, context: Context, model: Node): number {
  if (sheet.has('active params')) return sheet.valueOf('active params');
  const given = context.input(model, 'active_params');
  if (given) return sheet.use('active params', given);
  useParams(sheet, context, model);
  if (!isMixture(context, model)) return sheet.step('active params', 'params');
  useExperts(sheet, context, model);
  for (const name of ['layers', 'hidden']) size(sheet, context, model, name);
  useMatrices(sheet, context, model);
  return sheet.step(
    'active params',
    'params - layers * (experts - experts_per_token) * feed_forward_matrices * hidden * moe_intermediate',
  );
}

/**
 * Adds the row `multiplied params`: the active ones without the input embedding, of which a token reads one row. An output layer that shares
 * its weights with the embedding is multiplied, but only models that write tokens have one.
 */
export function useMultipliedParams(sheet: Sheet, context: Context, model: Node): number {
  if (sheet.has('multiplied params')) return sheet.valueOf('multiplied params');
  useActiveParams(sheet, context, model);
  const embeds = isTransformer(context, model) && context.input(model, 'vocab') && context.input(model, 'hidden');
  if (!embeds || (isTied(context, model) && isWriter(context, model)))
    return sheet.step('multiplied params', 'active_params');
  for (const name of ['vocab', 'hidden']) size(sheet, context, model, name);
  return sheet.step('multiplied params', 'active_params - vocab * hidden');
}

/** Adds the rows `layers`, `heads`, `kv heads`, `head dim`; what the model does not say follows from the rest. */
export function useHeads(sheet: Sheet, context: Context, model: Node): void {
  size(sheet, context, model, 'layers');
  size(sheet, context, model, 'heads');
  if (!sheet.has('kv heads')) {
    const given = context.input(model, 'kv_heads');
    if (given) sheet.use('kv heads', given);
    else sheet.step('kv heads', 'heads');
  }
  if (sheet.has('head dim')) return;
  const given = context.input(model, 'head_dim');
  if (given) sheet.use('head dim', given);
  else {
    size(sheet, context, model, 'hidden');
    sheet.step('head dim', 'hidden / heads');
  }
}

/** True where the sizes that attention's own operations depend on are known. */
export const hasHeads = (context: Context, model: Node): boolean =>
  Boolean(
    context.input(model, 'layers') &&
      context.input(model, 'heads') &&
      (context.input(model, 'head_dim') ?? context.input(model, 'hidden')),
  );

/** Adds a row for one of a model's sizes, under its own name. */
export function size(sheet: Sheet, context: Context, model: Node, name: string): number {
  const label = name.replaceAll('_', ' ');
  if (sheet.has(label)) return sheet.valueOf(label);
  return sheet.use(label, context.input(model, name), `\`${name}\` of \`${model.name}\``);
}

export const isMixture = (context: Context, model: Node): boolean =>
  context.word(model, 'architecture') === 'moe' && context.input(model, 'experts') !== undefined;

/** Adds the rows `experts`, `experts per token`, `moe intermediate`. */
export function useExperts(sheet: Sheet, context: Context, model: Node): void {
  size(sheet, context, model, 'experts');
  size(sheet, context, model, 'experts_per_token');
  if (!sheet.has('moe intermediate')) {
    const width = context.input(model, 'moe_intermediate') ?? context.input(model, 'intermediate');
    sheet.use('moe intermediate', width, `\`moe_intermediate\` of \`${model.name}\``);
  }
}

/** Writes token after token: has an output layer over the vocabulary. */
const isWriter = (context: Context, model: Node): boolean => context.word(model, 'task') === 'generation';

function isTied(context: Context, model: Node): boolean {
  const value = context.value(model, 'tied');
  return value?.form === 'truth' && value.truth;
}

/** gated (SwiGLU) feed-forward layers have three matrices, those of the first transformers two */
function useMatrices(sheet: Sheet, context: Context, model: Node): void {
  if (sheet.has('feed forward matrices')) return;
  const gated = isWriter(context, model);
  sheet.fact(
    'feed forward matrices',
    gated ? 3 : 2,
    NUMBER,
    'default',
    gated ? 'Shazeer, GLU Variants Improve Transformer, arXiv:2002.05202' : 'Vaswani et al., arXiv:1706.03762',
  );
  sheet.assume(gated ? 'feed-forward layers are gated, with three matrices' : 'feed-forward layers have two matrices');
}

function feedForward(sheet: Sheet, context: Context, model: Node): string {
  if (!isMixture(context, model)) {
    size(sheet, context, model, 'intermediate');
    return 'feed_forward_matrices * hidden * intermediate';
  }
  useExperts(sheet, context, model);
  const shared = context.input(model, 'shared_experts');
  if (!shared) return 'experts * feed_forward_matrices * hidden * moe_intermediate';
  size(sheet, context, model, 'shared_experts');
  return '(experts + shared_experts) * feed_forward_matrices * hidden * moe_intermediate';
}
