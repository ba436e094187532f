import { BANDWIDTH, BYTES, type Dimension, ENERGY, MONEY, MONEY_RATE, NUMBER, RATE, TIME } from '../units/dimension.ts';

/** A figure that the tools compute. `A.gpus` in an expression reads `serving.gpus` of a serving A. */
export interface QuantitySchema {
  readonly quantity: string;
  readonly kind: string;
  readonly dimension: Dimension;
  /** what it counts, for displays: `400 GPUs` */
  readonly noun?: string;
  /** a share: shown as a percentage */
  readonly share?: true;
  /** a property without which it has no meaning, so that nobody is told what it lacks */
  readonly needs?: string;
  readonly doc: string;
}

type Row = readonly [
  name: string,
  dimension: Dimension,
  doc: string,
  extra?: Pick<QuantitySchema, 'noun' | 'share' | 'needs'>,
];

const of = (kind: string, rows: readonly Row[]): QuantitySchema[] =>
  rows.map(([name, dimension, doc, extra]) => ({ quantity: `${kind}.${name}`, kind, dimension, doc, ...extra }));

export const QUANTITIES: readonly QuantitySchema[] = [
  ...of('training', [
    ['steps', NUMBER, 'Optimizer steps of one run.', { noun: 'steps' }],
    ['time', TIME, 'How long one run takes.'],
    ['search_time', TIME, 'How long all trials of a search take.', { needs: 'trials' }],
    ['examples_per_second', RATE, 'Examples that its devices take while data arrives in time.'],
    ['gpu_hours', TIME, 'Accelerator time of one run, or of all trials of a search.'],
    ['cost', MONEY, 'What one run costs, or all trials of a search.'],
    ['energy', ENERGY, 'Electrical energy of one run, or of all trials of a search.'],
    ['memory_per_gpu', BYTES, 'Memory that one accelerator needs: states, activations, logits and overhead.'],
    [
      'mfu',
      NUMBER,
      "Model FLOPs utilization: the share of the peak that the model's own operations use.",
      { share: true },
    ],
    ['mfu_limit', NUMBER, 'The highest MFU that is believable.', { share: true }],
    ['checkpoint_bytes', BYTES, 'Size of one checkpoint.'],
    ['checkpoint_interval', TIME, 'The interval between checkpoints that loses least time.'],
    ['checkpoint_loss', NUMBER, 'Share of the time for writing checkpoints and repeating lost work.', { share: true }],
    ['tokens_per_parameter', NUMBER, 'Tokens that a run sees for each parameter of its model.'],
    ['labelled_examples', NUMBER, 'Records of the data that are kept until their label is known.'],
  ]),
  ...of('serving', [
    ['throughput_per_replica', RATE, 'Requests a second that one replica carries at the target utilization.'],
    ['throughput_for_budget', RATE, 'Requests a second that one replica carries within its latency budget.'],
    ['replicas', NUMBER, 'Replicas, given or chosen.', { noun: 'replicas' }],
    [
      'replicas_for_load',
      NUMBER,
      'The fewest replicas that carry the load at the target utilization.',
      { noun: 'replicas' },
    ],
    ['replicas_for_budget', NUMBER, 'The fewest replicas that hold the latency budget.', { noun: 'replicas' }],
    ['gpus', NUMBER, 'Accelerators of all replicas.', { noun: 'GPUs' }],
    ['utilization', NUMBER, 'The share of its time that a replica is busy.', { share: true }],
    ['memory_per_gpu', BYTES, 'Memory that one accelerator needs.'],
    ['latency_p50', TIME, 'Median latency under load.'],
    ['latency_p95', TIME, '95th percentile of latency under load.'],
    ['latency_p99', TIME, '99th percentile of latency under load.'],
    ['cost', MONEY_RATE, 'What its accelerators cost.'],
    ['cost_per_1k_requests', MONEY, 'Cost of a thousand requests.'],
    ['ttft_p50', TIME, 'Median time to first token.'],
    ['ttft_p95', TIME, '95th percentile of time to first token.'],
    ['tpot_p50', TIME, 'Median time per output token.'],
    ['tpot_p95', TIME, '95th percentile of time per output token.'],
    ['tokens_per_second', RATE, 'Output tokens a second that the traffic asks for.'],
    ['max_tokens_per_second', RATE, 'Output tokens a second of one saturated replica.'],
    ['kv_cache_bytes_per_token', BYTES, 'Key-value cache of one token.'],
    ['max_concurrency', NUMBER, 'Requests whose key-value cache fits in one replica.', { noun: 'requests' }],
    ['concurrency_for_load', NUMBER, 'Requests that the load keeps in flight in one replica.', { noun: 'requests' }],
    ['batch_wait', TIME, 'How long the first request of a batch waits for others.', { needs: 'batching' }],
    ['cost_per_1m_tokens', MONEY, 'Cost of a million output tokens.'],
    ['duration', TIME, 'How long one batch run takes.'],
  ]),
  ...of('features', [
    ['online_bytes', BYTES, 'Size in the online store.'],
    ['offline_bytes', BYTES, 'Size of the history in the offline store.'],
    ['reads_per_second', RATE, 'Rows read from the online store.'],
    ['writes_per_second', RATE, 'Rows written to the online store.'],
    ['bytes_per_key', BYTES, 'Size of one row.'],
    ['freshness', TIME, 'How old a value may be when it is read.'],
    ['latency_p50', TIME, 'Median latency of a read.'],
    ['latency_p99', TIME, '99th percentile of the latency of a read.'],
  ]),
  ...of('featurestore', [
    ['online_bytes', BYTES, 'Online store with keys, overhead and replication.'],
    ['memory_utilization', NUMBER, "Share of the online store's memory in use.", { share: true }],
    ['reads_per_second', RATE, 'Rows read from all views of the online store.'],
    ['throughput_utilization', NUMBER, 'Share of the reads that the nodes can answer.', { share: true }],
  ]),
  ...of('source', [
    ['bytes_per_second', BANDWIDTH, 'Data rate.'],
    ['retained_bytes', BYTES, 'Data kept over the retention.'],
    ['partition_utilization', NUMBER, 'Share of what the partitions can take.', { share: true }],
  ]),
  ...of('pipeline', [['lag', TIME, 'How far the pipeline is behind its source.']]),
  ...of('index', [['memory_bytes', BYTES, 'Memory of the vector index.']]),
  ...of('service', [['utilization', NUMBER, 'Share of the capacity in use.', { share: true, needs: 'capacity' }]]),
  ...of('request', [
    ['latency_p50', TIME, 'Median latency of the whole path.'],
    ['latency_p95', TIME, '95th percentile of the latency of the whole path.'],
    ['latency_p99', TIME, '99th percentile of the latency of the whole path.'],
    ['availability', NUMBER, 'Share of requests that every needed part answers.', { share: true }],
    ['cost_per_1k_requests', MONEY, 'What a thousand requests cost in the servings that they reach.'],
  ]),
  ...of('experiment', [
    ['sample_per_arm', NUMBER, 'Units that the control arm needs.', { noun: 'units' }],
    ['sample_treatment', NUMBER, 'Units that the treatment arm needs.', { noun: 'units' }],
    ['duration', TIME, 'Time until both arms have their sample, in whole weeks.'],
    ['decision_time', TIME, 'Time until the result can be read: the duration and the delay of the labels.'],
    [
      'boundaries',
      NUMBER,
      'z-values of the looks of a sequential test; the value is the last.',
      { needs: 'sequential' },
    ],
  ]),
  ...of('monitor', [
    ['min_sample', NUMBER, 'Smallest window for which the threshold is no noise.', { noun: 'rows' }],
    ['noise', NUMBER, 'What the test shows in one window of twenty without drift.'],
  ]),
  ...of('cluster', [
    ['gpus_used', NUMBER, 'Accelerators that run at once.', { noun: 'GPUs' }],
    ['utilization', NUMBER, 'Share of the accelerators in use.', { share: true }],
  ]),
  ...of('system', [
    ['gpus', NUMBER, 'Accelerators of the whole design.', { noun: 'GPUs' }],
    ['cost', MONEY_RATE, 'What servings and repeated trainings cost.'],
  ]),
];

const byName = new Map(QUANTITIES.map((q) => [q.quantity, q]));

export const quantityOf = (quantity: string): QuantitySchema | undefined => byName.get(quantity);

export const quantitiesOf = (kind: string): readonly QuantitySchema[] => QUANTITIES.filter((q) => q.kind === kind);
