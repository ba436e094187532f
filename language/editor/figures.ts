import { estimatorsByQuantity } from '../estimate/index.ts';
import { type Estimate, isMissing, type Missing } from '../estimate/estimate.ts';
import type { Node } from '../model/design.ts';
import { kindOf } from '../schema/index.ts';
import { quantitiesOf } from '../schema/quantities.ts';
import type { Document } from '../workspace.ts';

/** What people ask first of a declaration: symbols show the first that is known, hovers derive it. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  serving: ['serving.gpus', 'serving.latency_p99', 'serving.memory_per_gpu'],
  training: ['training.time', 'training.steps', 'training.memory_per_gpu'],
  features: ['features.online_bytes', 'features.freshness', 'features.bytes_per_key'],
  featurestore: ['featurestore.memory_utilization', 'featurestore.online_bytes'],
  source: ['source.bytes_per_second', 'source.retained_bytes'],
  request: ['request.latency_p99', 'request.availability'],
  experiment: ['experiment.duration', 'experiment.sample_per_arm'],
  cluster: ['cluster.utilization', 'cluster.gpus_used'],
  system: ['system.cost', 'system.gpus'],
};

/** What a property bears on, most important first, where that is not the first figure of its declaration. */
const OF_PROPERTY: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  serving: {
    replicas: ['serving.replicas', 'serving.replicas_for_load', 'serving.replicas_for_budget', 'serving.utilization'],
    utilization: ['serving.throughput_per_replica', 'serving.replicas_for_load', 'serving.utilization'],
    budget: [
      'serving.latency_p99',
      'serving.latency_p95',
      'serving.latency_p50',
      'serving.ttft_p95',
      'serving.tpot_p95',
      'serving.replicas_for_budget',
    ],
    latency: ['serving.throughput_per_replica', 'serving.latency_p99', 'serving.latency_p50'],
    throughput: ['serving.throughput_per_replica', 'serving.replicas_for_load'],
    batching: ['serving.throughput_per_replica', 'serving.latency_p99'],
    hardware: ['serving.gpus', 'serving.memory_per_gpu', 'serving.cost'],
    model: ['serving.memory_per_gpu', 'serving.kv_cache_bytes_per_token', 'serving.max_concurrency'],
    concurrency: ['serving.max_concurrency', 'serving.max_tokens_per_second'],
    traffic: ['serving.replicas_for_load', 'serving.utilization', 'serving.tokens_per_second'],
    quantization: ['serving.memory_per_gpu', 'serving.throughput_per_replica'],
    every: ['serving.duration'],
    examples: ['serving.duration'],
  },
  training: {
    examples: ['training.steps', 'training.time'],
    tokens: ['training.steps', 'training.time'],
    epochs: ['training.steps', 'training.time'],
    batch: ['training.steps', 'training.memory_per_gpu'],
    micro_batch: ['training.memory_per_gpu'],
    precision: ['training.memory_per_gpu'],
    strategy: ['training.memory_per_gpu', 'training.time'],
    recompute: ['training.memory_per_gpu'],
    optimizer: ['training.memory_per_gpu'],
    checkpoint: ['training.checkpoint_interval', 'training.checkpoint_bytes'],
    checkpoint_to: ['training.checkpoint_bytes'],
    failures: ['training.checkpoint_interval'],
    mfu: ['training.mfu', 'training.time'],
    hardware: ['training.time', 'training.gpu_hours', 'training.memory_per_gpu', 'training.cost'],
  },
  features: {
    freshness: ['features.freshness'],
    every: ['features.freshness', 'features.writes_per_second'],
    latency: ['features.latency_p99', 'features.latency_p50'],
    schema: ['features.bytes_per_key', 'features.online_bytes'],
    store: ['features.online_bytes', 'features.offline_bytes', 'features.latency_p99'],
  },
  featurestore: { latency: [], memory: ['featurestore.memory_utilization', 'featurestore.online_bytes'] },
  source: { retention: ['source.retained_bytes'] },
  request: {
    availability: ['request.availability'],
    budget: ['request.latency_p99', 'request.latency_p95', 'request.latency_p50'],
  },
  experiment: {
    primary: ['experiment.sample_per_arm', 'experiment.sample_treatment'],
    sequential: ['experiment.boundaries', 'experiment.sample_per_arm'],
  },
  system: { budget: ['system.cost'] },
};

/** The figures that a hover says the lack of. Others may simply not apply: no time to first token without tokens. */
export const isExpected = (kind: string, quantity: string): boolean =>
  FIRST[kind]?.includes(quantity) ?? quantitiesOf(kind)[0]?.quantity === quantity;

/** What a hover derives: the first figure, but of replicas that are given what they have to be. */
export function derivedFor(node: Node): readonly string[] {
  const given = node.kind === 'serving' && node.properties.get('replicas')?.value.form === 'quantity';
  return given ? ['serving.replicas_for_load', ...quantitiesFor(node.kind)] : quantitiesFor(node.kind);
}

/** Properties that only say what a thing is: no figure hangs on them. */
const PLAIN = new Set([
  'owner',
  'description',
  'tags',
  'version',
  'registry',
  'tracking',
  'tracker',
  'tech',
  'explain',
  'pii',
  'access',
  'stage',
  'validate',
  'join',
  'target',
  'segments',
  'flag',
  'region',
]);

/** Figures of a declaration, the most important first. */
export function quantitiesFor(kind: string): readonly string[] {
  if (!kindOf(kind)) return []; // `constructor X { }` has no figures
  const first = FIRST[kind] ?? [];
  return [
    ...first,
    ...quantitiesOf(kind)
      .map((q) => q.quantity)
      .filter((q) => !first.includes(q)),
  ].filter((q) => estimatorsByQuantity.has(q));
}

/** Figures that a property (`replicas`, `batching.max`) bears on. */
export function quantitiesOfProperty(kind: string, path: string): readonly string[] {
  const key = path.split('.')[0]!;
  if (PLAIN.has(key)) return [];
  const own = OF_PROPERTY[kind]?.[key];
  return own ? own.filter((q) => estimatorsByQuantity.has(q)) : quantitiesFor(kind).slice(0, 3);
}

/** The first of some figures that is known, else what the first one lacks. */
export function firstKnown(
  document: Document,
  node: Node,
  quantities: readonly string[],
): Estimate | Missing | undefined {
  let lacking: Missing | undefined;
  for (const quantity of quantities) {
    const answer = document.analysis().estimate(node, quantity);
    if (!isMissing(answer)) return answer;
    lacking ??= answer;
  }
  return lacking;
}
