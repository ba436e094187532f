import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';
import { useStateBytes } from '../training-memory.ts';

/** Size of one checkpoint: the trained weights and what the optimizer keeps for them (bytes). */
export const checkpointBytes: Estimator = {
  quantities: ['training.checkpoint_bytes'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    if (model) useStateBytes(sheet, context, node, model);
    else sheet.lacks('`model`');
    const tables = model && context.input(model, 'embedding_bytes');
    if (tables) sheet.use('embedding bytes', tables);
    sheet.step(
      'checkpoint',
      `trained_params * (weight_bytes + master_bytes + moment_bytes)${tables ? ' + embedding_bytes' : ''}`,
    );
    sheet.assume('a checkpoint holds weights and optimizer, so that a run can go on from it');
    return sheet.result('checkpoint');
  },
};
