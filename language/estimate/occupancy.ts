import type { Node } from '../model/design.ts';
import type { Context } from './context.ts';
import { isMissing } from './estimate.ts';
import { clusterOf } from './price.ts';
import type { Sheet } from './sheet.ts';

/** A serving or training, and the hardware that it takes. */
export interface Occupant {
  readonly node: Node;
  readonly hardware: Node;
}

/** Everything that takes accelerators: servings and trainings, in their order. */
export const occupantsOf = (context: Context): readonly Occupant[] =>
  context.once('occupants', () =>
    [...context.all('serving'), ...context.all('training')].flatMap((node) => {
      const hardware = context.pool(node, 'hardware')[0]?.hardware;
      return hardware ? [{ node, hardware }] : [];
    }),
  );

/** What runs in a cluster: what names it, and what has hardware that this cluster alone has. */
export const occupantsIn = (context: Context, cluster: Node): readonly Occupant[] =>
  occupantsOf(context).filter(({ node, hardware }) => clusterOf(context, node, hardware) === cluster);

/**
 * Adds the rows of what occupants take, and their sum under `label`. What has no figure is named in an assumption; where nothing has one
 * the sheet lacks it.
 */
export function useOccupancy(sheet: Sheet, context: Context, occupants: readonly Occupant[], label: string): void {
  const terms: string[] = [];
  const unknown: string[] = [];
  for (const { node } of occupants) {
    const term =
      node.kind === 'serving' ? useServing(sheet, context, node, unknown) : useTraining(sheet, context, node);
    if (term) terms.push(term);
  }
  if (terms.length === 0 && unknown.length > 0) for (const m of unknown) sheet.lacks(m);
  sheet.step(label, terms.join(' + ') || '0');
}

function useServing(sheet: Sheet, context: Context, node: Node, unknown: string[]): string | undefined {
  const gpus = context.estimate(node, 'serving.gpus');
  if (!isMissing(gpus)) {
    sheet.cite(`${node.name} GPUs`, gpus);
    return `${node.name}_GPUs`;
  }
  sheet.assume(`${node.name} is not counted: its size is not known`);
  unknown.push(...gpus.missing.map((m) => `${m} of \`${node.name}\``));
  return undefined;
}

/** Trials of a search that run at once have a pool each. */
function useTraining(sheet: Sheet, context: Context, node: Node): string {
  sheet.use(`${node.name} GPUs`, context.pool(node, 'hardware')[0]?.count);
  const parallel = context.given(node, 'parallel_trials');
  if (!parallel) return `${node.name}_GPUs`;
  sheet.use(`${node.name} parallel trials`, parallel);
  return `${node.name}_GPUs * ${node.name}_parallel_trials`;
}
