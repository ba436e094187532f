import { BYTES } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { useConstant } from '../constants.ts';
import type { Node } from '../../model/design.ts';
import type { Context, Estimator } from '../context.ts';
import { useFigure } from '../hardware.ts';
import { key, Sheet } from '../sheet.ts';
import { BUFFERS, RESERVED, RUNTIME_BYTES, SPLIT_BUFFERS } from '../training-constants.ts';
import { useActivations, useStates } from '../training-memory.ts';

/** Memory that one device needs: states as the strategy shards them, activations of a micro-batch, logits and overhead (bytes). */
export const memoryPerGpu: Estimator = {
  quantities: ['training.memory_per_gpu'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    if (!model) {
      sheet.lacks('`model`');
      return sheet.result();
    }
    const states = useStates(sheet, context, node, model);
    const activations = useActivations(sheet, context, node, model);
    const split = sheet.valueOf('tensor parallel') * sheet.valueOf('pipeline parallel') > 1;
    useOverhead(sheet, context, node, split);
    if (activations.length > 0) useConstant(sheet, split ? SPLIT_BUFFERS : BUFFERS);
    const kept = activations.length > 0 ? ` + buffer_factor * (${activations.map(key).join(' + ')})` : '';
    sheet.step('needed memory', `${states.map(key).join(' + ')}${kept} + overhead`);
    const parts = [...states, ...activations, 'overhead'];
    const [largest] = parts.sort((a, b) => sheet.valueOf(b) - sheet.valueOf(a));
    if (sheet.lacking.length === 0)
      sheet.assume(`the largest part: ${largest} (${format(sheet.valueOf(largest!), BYTES)})`);
    return sheet.result('needed memory');
  },
};

/** What the runtime takes: more where layers are split, as published peaks show. */
function useOverhead(sheet: Sheet, context: Context, node: Node, split: boolean): void {
  if (!split) {
    useConstant(sheet, RUNTIME_BYTES);
    return;
  }
  const hardware = context.pool(node, 'hardware')[0]?.hardware;
  useConstant(sheet, RESERVED);
  if (hardware) useFigure(sheet, context, hardware, 'memory');
  sheet.step('overhead', 'reserved_share * memory');
}
