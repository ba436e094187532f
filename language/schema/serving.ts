import { NUMBER, TIME } from '../units/dimension.ts';
import {
  amount,
  budget,
  count,
  interval,
  LANGUAGE,
  latency,
  PRECISIONS,
  rate,
  reference,
  share,
  tech,
  time,
  versioned,
} from './common.ts';
import type { KindSchema, PropertySchema, ValueType } from './types.ts';

/** Tokens of one request: a mean, or how they spread. */
const tokens: ValueType = { is: 'quantity', dimensions: [NUMBER], min: 0, spread: true };

/** How many devices, and how they share the work. */
const scale: Readonly<Record<string, PropertySchema>> = {
  hardware: {
    type: { is: 'pool' },
    doc: 'The devices of one replica; `1/7 x H100` is a slice of one.',
    required: true,
    example: '1 x L4',
  },
  cluster: { type: reference('cluster'), doc: 'The cluster that the replicas run in.', example: 'Serving' },
  replicas: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 1, whole: true, auto: true },
    doc: 'How many copies run. With `auto`, as many as the load needs at the target utilization.',
    example: 'auto',
    defaults: [{ value: 'auto', why: 'what the load needs, as no number is declared', source: LANGUAGE }],
  },
  min_replicas: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 0, whole: true },
    doc: 'The fewest replicas that autoscaling leaves.',
    example: '2',
  },
  max_replicas: {
    type: count,
    doc: 'The most replicas that autoscaling starts. They have to carry the peak.',
    example: '40',
  },
  tensor_parallel: {
    type: count,
    doc: 'Over how many devices of the replica each layer is split. Without it, it follows from the pool.',
    example: '4',
  },
  pipeline_parallel: {
    type: count,
    doc: 'Into how many stages on devices of the replica the layers are split.',
    example: '2',
    defaults: [{ value: '1', why: 'the layers are not split into stages', source: LANGUAGE }],
  },
  expert_parallel: {
    type: count,
    doc: 'Over how many devices of the replica the experts are spread. Without it, over all of them.',
    example: '8',
  },
  data_parallel: {
    type: count,
    doc: 'How many copies of the attention layers one replica holds, each with requests of its own.',
    example: '8',
    defaults: [{ value: '1', why: 'one copy in a replica', source: LANGUAGE }],
  },
};

const batching: Readonly<Record<string, PropertySchema>> = {
  max: { type: count, doc: 'The most requests in one batch.', example: '8' },
  wait: {
    type: time,
    doc: 'How long the first request of a batch waits for others.',
    example: '2ms',
    defaults: [{ value: '0ms', why: 'a batch takes what is there and starts at once', source: LANGUAGE }],
  },
  gain: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 1 },
    doc: 'How many times the throughput of single requests a full batch reaches. Without it, `max ^ (2/3)`: 4 for a batch of 8.',
    example: '4',
  },
};

const cache: Readonly<Record<string, PropertySchema>> = {
  hit_rate: { type: share, doc: 'The share of requests that is answered from the cache.', example: '30%' },
  prefix_hit: {
    type: share,
    doc: 'The share of input tokens whose prefill is already in the cache.',
    example: '60%',
  },
  ttl: { type: time, doc: 'How long an answer stays in the cache.', example: '10min' },
  latency: { type: latency, doc: 'How long an answer from the cache takes.', example: '1ms' },
};

/** The load, and what is known about the speed. */
const speed: Readonly<Record<string, PropertySchema>> = {
  traffic: {
    type: rate,
    doc: 'Requests per time. Without it the load follows from the requests whose flows lead here.',
    example: '10k/s',
  },
  latency: {
    type: { is: 'quantity', dimensions: [TIME], min: 0, spread: true, on: true, at: true },
    doc: 'The measured time of one request alone, or by batch: `5ms at 1, 14ms at 8`. Without it, it is estimated from the model and the hardware.',
    example: '20ms',
  },
  throughput: {
    type: rate,
    doc: 'The requests (examples, for a batch) per time that one saturated replica was measured to handle.',
    example: '180/s',
  },
  utilization: {
    type: share,
    doc: 'How busy replicas may be at the peak. Replicas are counted by it.',
    example: '60%',
    defaults: [
      { value: '80%', why: 'nobody waits for a single answer', source: LANGUAGE, when: { pattern: 'batch' } },
      { value: '50%', why: 'room for random arrivals, so that queues stay short', source: LANGUAGE },
    ],
  },
  batching: {
    type: { is: 'block', properties: batching },
    doc: 'Requests are put together into batches. Without it, a replica handles one at a time, but for generation, which always batches.',
    example: '{ max: 8  wait: 2ms }',
  },
  cache: {
    type: { is: 'block', properties: cache },
    doc: 'Answers, or prefixes of inputs, that are kept and used again. Hits take their load off the replicas.',
    example: '{ hit_rate: 30%  ttl: 10min }',
  },
  quantization: {
    type: { is: 'word', words: { none: 'As the model is', ...PRECISIONS } },
    doc: 'The format that the weights are converted to for serving.',
    example: 'fp8',
    defaults: [{ value: 'none', why: 'the weights stay in the precision of the model', source: LANGUAGE }],
  },
  input: { type: tokens, doc: 'The tokens that go in with one request.', example: '2500 tokens' },
  output: { type: tokens, doc: 'The tokens that one request has written for it.', example: '350 tokens' },
  items: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 1 },
    doc: 'The examples that one request brings to be scored.',
    example: '200',
    defaults: [{ value: '1', why: 'one example a request, as no other number is declared', source: LANGUAGE }],
  },
};

/** What it works through besides requests, what is promised, and where the model comes from. */
const operation: Readonly<Record<string, PropertySchema>> = {
  source: { type: reference('source'), doc: 'The source that a streaming serving scores.', example: 'Authorizations' },
  examples: { type: amount, doc: 'The examples that one batch run scores.', example: '50M' },
  every: { type: interval, doc: 'How often the batch runs.', example: '1d' },
  concurrency: {
    type: { is: 'quantity', dimensions: [NUMBER], min: 0 },
    doc: "The requests in flight in one replica, all the time. Without it they follow from the load (Little's law).",
    example: '32',
  },
  budget: {
    type: budget,
    doc: 'The latency that has to be kept under load: `p99`, or `ttft` and `tpot` for generation. Without it the budgets of the requests count.',
    example: 'p99 < 20ms',
  },
  availability: {
    type: share,
    doc: 'The share of the time that it is up. It multiplies into the availability of the requests through it.',
    example: '99.95%',
  },
  registry: { type: reference('registry'), doc: 'The registry that the model is taken from.', example: 'Models' },
};

export const serving: KindSchema = {
  kind: 'serving',
  doc: 'A deployed model: its replicas, the hardware of each, and the latency that it has to keep.',
  example: `serving FraudScorer {
  model: FraudNet
  pattern: online
  runtime: Triton
  hardware: 1 x L4
  replicas: auto
  latency: 2ms
  budget: p99 < 20ms
}`,
  properties: {
    model: { type: versioned('model'), doc: 'The model that is deployed.', required: true, example: 'FraudNet' },
    pattern: {
      type: {
        is: 'word',
        words: {
          online: 'Answers requests while somebody waits',
          batch: 'Scores a data set on a schedule',
          streaming: 'Scores the events of a source as they arrive',
          embedded: 'Runs inside the application or on the device',
        },
      },
      doc: 'How the model is used.',
      example: 'online',
      defaults: [{ value: 'online', why: 'no other pattern is declared', source: LANGUAGE }],
    },
    runtime: { type: tech, doc: 'The server that runs the model.', example: 'Triton' },
    ...scale,
    ...speed,
    ...operation,
  },
};
