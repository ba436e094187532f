import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { size } from './architecture.ts';
import { useConstant } from './constants.ts';
import type { Context } from './context.ts';
import type { Sheet } from './sheet.ts';
import { useGpus } from './training-compute.ts';
import { UPDATE_TIME } from './training-constants.ts';

/** the catalog's name of one server core */
const CORE = 'CPU';

/** True for gradient-boosted trees on cores. */
export function growsTrees(context: Context, node: Node): boolean {
  const model = context.reference(node, 'model');
  const hardware = context.pool(node, 'hardware')[0]?.hardware;
  return model !== undefined && context.word(model, 'architecture') === 'gbdt' && hardware?.name === CORE;
}

/** Each level of each tree goes once through every feature of every example, to add it to a histogram (Ke et al., LightGBM, 2017). */
export function fromTrees(sheet: Sheet, context: Context, node: Node, label: string): void {
  const model = context.reference(node, 'model')!;
  useGpus(sheet, context, node);
  sheet.property('examples');
  const columns = columnsOf(context, node, model);
  if (columns > 0) sheet.fact('columns', columns, NUMBER, 'given', '`schema` of the features');
  else sheet.lacks(`\`step\`, or \`features\` of \`${model.name}\` with their \`schema\``);
  for (const name of ['trees', 'depth']) size(sheet, context, model, name);
  useConstant(sheet, UPDATE_TIME);
  sheet.step(label, 'examples * columns * trees * depth * time_of_an_update / GPUs');
  sheet.assume('the cores share the work evenly, and all trees have their full depth');
}

/** Values of one example: the columns of all its feature views, arrays at their length. */
function columnsOf(context: Context, node: Node, model: Node): number {
  const own = context.references(node, 'features');
  const views = own.length > 0 ? own : context.references(model, 'features');
  return views.reduce((sum, view) => {
    const schema = context.value(view, 'schema');
    return sum + (schema?.form === 'columns' ? schema.columns.reduce((n, column) => n + (column.length ?? 1), 0) : 0);
  }, 0);
}
