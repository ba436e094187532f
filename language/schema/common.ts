import { BANDWIDTH, BYTES, FLOPS, NUMBER, RATE, TIME } from '../units/dimension.ts';
import type { PropertySchema, ValueType, Words } from './types.ts';

/** Allowed in a declaration of every kind. */
export const COMMON: Readonly<Record<string, PropertySchema>> = {
  owner: {
    type: { is: 'free' },
    doc: 'The team or person who answers for this part. It is shown and exported, and changes no figure.',
    example: '"risk-ml"',
  },
  description: {
    type: { is: 'text' },
    doc: 'What this part is for, in a sentence or two. A `/** */` comment before the declaration says the same in Markdown.',
    example: '"Scores every card authorisation."',
  },
  tags: {
    type: { is: 'words', words: {}, open: true },
    doc: 'Words of your own to group parts by. They change no figure.',
    example: 'payments, tier_1',
  },
};

/** Where a default comes from that the language itself fixes, with no publication behind it. */
export const LANGUAGE = 'language definition';

/** A whole number of things of which there is at least one: layers, nodes, replicas. */
export const count: ValueType = { is: 'quantity', dimensions: [NUMBER], min: 1, whole: true };
/** How many of something that is measured or estimated, so a range or a product that is not whole is fine: keys, tokens. */
export const amount: ValueType = { is: 'quantity', dimensions: [NUMBER], min: 0 };
export const share: ValueType = { is: 'quantity', dimensions: [NUMBER], min: 0, max: 1 };
export const time: ValueType = { is: 'quantity', dimensions: [TIME], min: 0 };
/** How often something happens: `1d`, `every 1d`. */
export const interval: ValueType = { is: 'quantity', dimensions: [TIME], min: 0, every: true };
/** `5ms` or `p50 2ms p99 8ms` */
export const latency: ValueType = { is: 'quantity', dimensions: [TIME], min: 0, spread: true };
export const rate: ValueType = { is: 'quantity', dimensions: [RATE], min: 0 };
export const bytes: ValueType = { is: 'quantity', dimensions: [BYTES], min: 0 };
export const bandwidth: ValueType = { is: 'quantity', dimensions: [BANDWIDTH], min: 0 };
export const flops: ValueType = { is: 'quantity', dimensions: [FLOPS], min: 0 };

/** A product: of the catalog, of the document, or one that neither has, named freely. */
export const tech: ValueType = { is: 'reference', kinds: ['tech'], open: true };
export const reference = (...kinds: string[]): ValueType => ({ is: 'reference', kinds });
export const references = (...kinds: string[]): ValueType => ({ is: 'reference', kinds, many: true });
/** `FraudNet` or `FraudNet@2` */
export const versioned = (kind: string): ValueType => ({ is: 'reference', kinds: [kind], version: true });
export const featureViews: ValueType = { is: 'reference', kinds: ['features'], many: true, version: true };

/** What a latency budget may bound. A percentile alone (`p99 < 50ms`) is of `latency`. */
export const budget: ValueType = { is: 'conditions', metrics: { latency: TIME, ttft: TIME, tpot: TIME } };

export const PRECISIONS: Words = {
  fp32: '32-bit floating point, 4 bytes a value',
  tf32: '32-bit storage, multiplied with 19 bits on tensor cores, 4 bytes a value',
  fp16: '16-bit floating point, 2 bytes a value',
  bf16: '16 bits with the exponent range of fp32, 2 bytes a value',
  fp8: '8-bit floating point, 1 byte a value',
  int8: '8-bit integers, 1 byte a value and its scales',
  int4: '4-bit integers, half a byte a value and its scales',
  fp4: '4-bit floating point, half a byte a value and its scales',
};

export const STAGES: Words = {
  experimental: 'Being tried',
  staging: 'Being checked before it goes live',
  production: 'Serves users',
  deprecated: 'On its way out',
};
