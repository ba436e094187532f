/** The formulas of generation that depend on the row `concurrency`, as rows of a sheet. */
export type Row = readonly [label: string, text: string];

/** What the formulas depend on besides numbers. */
export interface Form {
  readonly mixture: boolean;
  /** devices exchange what they computed, over a link of known speed */
  readonly linked: boolean;
  /** how the formulas write what the hardware reaches */
  readonly peak: string;
  readonly bandwidth: string;
}

/** Where requests come at random, as many come while one is written as are in flight; where it is always so many, those besides itself. */
export function decodeRows({ mixture, linked, peak, bandwidth }: Form, closed: boolean): Row[] {
  const touched = '(1 - (1 - experts_per_token / experts) ^ concurrency)';
  const shared = mixture ? 'shared_params' : 'multiplied_params';
  const read = `${shared} * data_parallel${mixture ? ` + expert_params * ${touched}` : ''}`;
  const reduce = 'latency_of_a_reduction * ln(tensor_parallel) / ln(2)';
  const carry =
    '2 * (tensor_parallel - 1) / tensor_parallel * concurrency / data_parallel * hidden * bytes_per_activation / (share_of_the_link * interconnect / 2)';
  return [
    ['weight time', `(${read}) * bytes_per_parameter / (GPUs_per_replica * ${bandwidth})`],
    [
      'matrix time',
      `operations_per_parameter * multiplied_params * concurrency / (GPUs_per_replica * ${peak} * share_of_peak_in_decode)`,
    ],
    [
      'cache time',
      'concurrency / data_parallel * tokens_in_cache * cache_bytes_per_token / (cache_shards * bandwidth * share_of_bandwidth_for_caches)',
    ],
    ...(linked ? [['reduction time', `2 * layers * (${reduce} + ${carry})`] as Row] : []),
    [
      'launch time',
      `layers * ${mixture ? '(overhead_of_a_layer + routing_of_a_layer)' : 'overhead_of_a_layer'} + overhead_of_a_step + overhead_of_a_sequence * concurrency / GPUs_per_replica`,
    ],
    ['prefills of others', `${closed ? 'max(0, concurrency - 1)' : 'concurrency'} * prefill_time / output`],
    [
      'TPOT',
      `(max(weight_time, matrix_time) + cache_time${linked ? ' + reduction_time' : ''} + launch_time + prefills_of_others) * measured_over_estimated`,
    ],
  ];
}

/** The mean wait of those that wait, in prefills, in a queue of one server (Pollaczek and Khinchine). */
const QUEUE = '(1 + spread_of_prefills ^ 2) / 2 / (1 - prefill_load)';

/**
 * `closed`: a replica always holds so many requests, as a load test does, where prefills come in waves; the wait is the fitted one. Otherwise they come at
 * random, and prefills wait for each other as in a queue of one server, whose waits fall off exponentially.
 */
export function firstTokenRows(closed: boolean): Row[] {
  return [
    ['others in flight', 'max(0, concurrency - 1)'],
    ['prefill load', 'min(0.95, concurrency * prefill_time / (output * TPOT))'],
    [
      'prefills waited for',
      closed
        ? 'waiting_for_prefills * others_in_flight ^ growth_of_the_wait'
        : `${QUEUE} * max(0, ln(max(1, prefill_load / 0.5)))`,
    ],
    ['steps waited for', '1 + steps_of_release * min(1, others_in_flight)'],
    [
      'TTFT',
      '(overhead_of_a_request + prefill_time * (1 + prefills_waited_for) + TPOT * steps_waited_for) * measured_TTFT_over_estimated',
    ],
  ];
}

/**
 * By how much the 95th percentiles exceed the medians. How many requests are in flight, and how many prefills come while one is written, are numbers of random
 * arrivals (Poisson); prefills that come make room for more of them to come. Simulated step by step in test/laws/continuous-batching.test.ts.
 */
export function tailRows(closed: boolean): Row[] {
  const prefills = 'prefills_of_others * sqrt(1 + spread_of_prefills ^ 2) / (1 - prefill_load)';
  return [
    [
      'TPOT tail',
      `1 + 1.645 * (${closed ? '' : 'cache_time * sqrt(2 / 3) + '}${prefills}) / sqrt(max(1, concurrency)) * measured_over_estimated / TPOT`,
    ],
    ['later prefills', `prefill_time * ${QUEUE} * (ln(max(1, prefill_load / 0.05)) - ln(max(1, prefill_load / 0.5)))`],
    [
      'TTFT tail',
      '1 + sqrt(later_prefills ^ 2 + (prefill_time * later_inputs) ^ 2 + (0.45 * TPOT) ^ 2 + (TPOT * steps_waited_for * (TPOT_tail - 1)) ^ 2) * measured_TTFT_over_estimated / TTFT',
    ],
  ];
}
