import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { useParams } from '../architecture.ts';
import { generates } from '../capacity.ts';
import type { Context, Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { useLayout, useTokens } from '../generation.ts';
import { useDevices, useParameterBytes, weightFormat } from '../hardware.ts';
import { MEMORY_OVERHEAD } from '../serving-constants.ts';
import { useConstant } from '../constants.ts';
import { Sheet } from '../sheet.ts';
import { useCacheBytes, useShards } from '../token-cache.ts';
import { weightsOfAGpu } from './max_concurrency.ts';

/** Memory that one accelerator needs: its share of the weights, the key-value caches of the requests in flight, and overhead. */
export const memoryPerGpu: Estimator = {
  quantities: ['serving.memory_per_gpu'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    useDevices(sheet, context, node);
    if (!model) sheet.lacks('`model`');
    if (!model) return sheet.result();
    const tables = context.given(model, 'embedding_bytes');
    if (tables) sheet.use('embedding bytes', tables);
    useParams(sheet, context, model);
    useParameterBytes(sheet, weightFormat(context, node, model));
    useConstant(sheet, MEMORY_OVERHEAD);
    useLayout(sheet, context, node);
    sheet.step(
      'weights of a GPU',
      `${weightsOfAGpu(context.word(model, 'architecture') === 'moe')}${tables ? ' + embedding_bytes / max(1, GPUs_per_replica)' : ''}`,
    );
    if (!generates(context, node)) sheet.step('memory per GPU', 'weights_of_a_GPU + memory_overhead');
    else useCaches(sheet, context, node, model);
    return sheet.result();
  },
};

function useCaches(sheet: Sheet, context: Context, node: Node, model: Node): void {
  useTokens(sheet, context, node, model);
  useCacheBytes(sheet, context, node, model);
  useShards(sheet, context, model);
  useInFlight(sheet, context, node);
  sheet.step(
    'caches of a GPU',
    'requests_in_flight / data_parallel * tokens_in_cache * cache_bytes_per_token / cache_shards',
  );
  sheet.step('memory per GPU', 'weights_of_a_GPU + caches_of_a_GPU + memory_overhead');
}

/** What there is at this load; a replica that is overloaded is full, and one without a load is taken to have one request. */
function useInFlight(sheet: Sheet, context: Context, node: Node): void {
  const given = context.given(node, 'concurrency');
  if (given) {
    sheet.use('requests in flight', given);
    return;
  }
  const answer = context.estimate(node, 'serving.tpot_p50');
  const found = isMissing(answer) ? undefined : answer.steps.find((row) => row.label === 'concurrency');
  if (found) {
    sheet.fact('requests in flight', found.value, NUMBER, 'derived', "Little's law: see `tpot`");
    return;
  }
  const full = context.estimate(node, 'serving.max_concurrency');
  const loaded = !isMissing(context.estimate(node, 'serving.utilization'));
  if (loaded && !isMissing(full)) {
    sheet.cite('requests in flight', full);
    sheet.assume('the replicas are full');
    return;
  }
  sheet.fact('requests in flight', 1, NUMBER, 'default', 'no load is given');
  sheet.assume('one request is in flight, as no load is given');
}
