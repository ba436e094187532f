import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { useGeneration, useRows } from '../generation.ts';
import { Sheet } from '../sheet.ts';

/** Output tokens a second of one replica that always holds as many requests as fit: concurrency over the time per token. */
export const maxTokensPerSecond: Estimator = {
  quantities: ['serving.max_tokens_per_second'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    if (!generates(context, node)) return { missing: ['a `model` that generates'] };
    const throughput = context.given(node, 'throughput');
    if (throughput) {
      sheet.use('throughput', throughput);
      sheet.property('output');
      sheet.step('max tokens per second', 'throughput * output');
      return sheet.result();
    }
    const fits = sheet.take('concurrency', node, 'serving.max_concurrency');
    if (fits < 1)
      sheet.lacks('hardware with more memory, or a smaller model: the weights leave no room for one request');
    const generation = useGeneration(sheet, context, node);
    if (generation) useRows(sheet, generation.decode);
    sheet.step('max tokens per second', 'concurrency / TPOT');
    return sheet.result();
  },
};
