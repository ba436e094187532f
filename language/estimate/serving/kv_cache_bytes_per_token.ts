import { generates } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';
import { useCacheBytes } from '../token-cache.ts';

/** Key-value cache of one token in all layers: 2 × layers × kv heads × head dim × bytes, or layers × rank × bytes where attention is latent. */
export const kvCacheBytesPerToken: Estimator = {
  quantities: ['serving.kv_cache_bytes_per_token'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    if (!model || !generates(context, node)) return { missing: ['a `model` that generates'] };
    useCacheBytes(sheet, context, node, model);
    return sheet.result('cache bytes per token');
  },
};
