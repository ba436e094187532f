import type { Estimator } from '../context.ts';
import { key, Sheet } from '../sheet.ts';

/** Share of a cluster's accelerators in use, over all its hardware. */
export const utilization: Estimator = {
  quantities: ['cluster.utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('GPUs used', node, 'cluster.gpus_used');
    const pool = context.pool(node, 'pool');
    if (pool.length === 0) sheet.lacks('`pool`');
    const labels = pool.map(({ hardware }, i) =>
      `${hardware.name} in the pool ${pool.findIndex((p) => p.hardware === hardware) < i ? i + 1 : ''}`.trim(),
    );
    for (const [i, { count }] of pool.entries()) sheet.use(labels[i]!, count);
    sheet.step('share in use', `GPUs_used / (${labels.map(key).join(' + ')})`);
    return sheet.result();
  },
};
