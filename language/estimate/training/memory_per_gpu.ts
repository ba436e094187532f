import { BYTES } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { key, Sheet } from '../sheet.ts';
import { BUFFERS, RUNTIME_BYTES, SPLIT_BUFFERS } from '../training-constants.ts';
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
    const parts = [...useStates(sheet, context, node, model), ...useActivations(sheet, context, node, model)];
    useConstant(sheet, RUNTIME_BYTES);
    const layered = sheet.valueOf('tensor parallel') * sheet.valueOf('pipeline parallel') > 1;
    useConstant(sheet, layered ? SPLIT_BUFFERS : BUFFERS);
    sheet.step('memory', `(${parts.map(key).join(' + ')}) * buffer_factor + overhead`);
    const [largest] = [...parts, 'overhead'].sort((a, b) => sheet.valueOf(b) - sheet.valueOf(a));
    if (sheet.lacking.length === 0)
      sheet.assume(`the largest part: ${largest} (${format(sheet.valueOf(largest!), BYTES)})`);
    return sheet.result('memory');
  },
};
