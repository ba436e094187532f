import { describe, expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { type Estimate, isMissing } from '#language/estimate/estimate.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';
import { type Engine, simulated, type Times } from './continuous-batching.ts';
import { logNormal, restart } from './simulation.ts';

interface Case {
  readonly model: string;
  readonly runtime: string;
  readonly hardware: string;
  readonly input: number;
  /** p99 over p50 of the input, where it is spread */
  readonly tail?: number;
  readonly output: number;
  readonly traffic: number;
}

const CASES: readonly Case[] = [
  { model: 'Llama_3_1_8B', runtime: 'vLLM', hardware: '1 x H100', input: 1000, output: 300, traffic: 4 },
  { model: 'Llama_3_1_8B', runtime: 'vLLM', hardware: '1 x H100', input: 1000, output: 300, traffic: 10 },
  { model: 'Llama_3_1_8B', runtime: 'SGLang', hardware: '1 x H100', input: 4000, output: 500, traffic: 2 },
  { model: 'Llama_3_1_70B', runtime: 'vLLM', hardware: '4 x H100', input: 2000, output: 400, traffic: 2 },
  { model: 'Llama_3_1_70B', runtime: 'vLLM', hardware: '8 x H100', input: 6000, output: 200, traffic: 1.5 },
  { model: 'gpt_oss_120b', runtime: 'vLLM', hardware: '2 x B200', input: 2000, output: 500, traffic: 6 },
  { model: 'Llama_3_1_8B', runtime: 'vLLM', hardware: '1 x L4', input: 500, output: 100, traffic: 1 },
  { model: 'Llama_3_1_8B', runtime: 'vLLM', hardware: '1 x H100', input: 2000, tail: 4, output: 300, traffic: 5 },
  {
    model: 'Llama_3_1_70B',
    runtime: 'TensorRT_LLM',
    hardware: '4 x H200',
    input: 1500,
    tail: 3,
    output: 300,
    traffic: 3,
  },
];

const named = (c: Case) => `${c.model} on ${c.hardware}, ${c.input} + ${c.output} tokens, ${c.traffic}/s`;

describe('first tokens and the others at p50 and p95 are those of an engine simulated step by step', () => {
  for (const c of CASES)
    test(named(c), () => {
      const { figure, simulation } = compared(c);
      expect(figure('tpot_p50') / at(simulation.tpot, 0.5)).toBeGreaterThan(0.85);
      expect(figure('tpot_p50') / at(simulation.tpot, 0.5)).toBeLessThan(1.15);
      expect(figure('tpot_p95') / at(simulation.tpot, 0.95)).toBeGreaterThan(0.85);
      expect(figure('tpot_p95') / at(simulation.tpot, 0.95)).toBeLessThan(1.15);
      expect(figure('ttft_p95') / at(simulation.ttft, 0.95)).toBeGreaterThan(0.85);
      expect(figure('ttft_p95') / at(simulation.ttft, 0.95)).toBeLessThan(1.15);
    });
});

const at = (sorted: readonly number[], p: number): number => sorted[Math.floor(p * sorted.length)]!;

function compared(c: Case): { figure: (quantity: string) => number; simulation: Times } {
  const input = c.tail === undefined ? `${c.input} tokens` : `p50 ${c.input} p99 ${c.input * c.tail}`;
  const text = `serving Chat { model: ${c.model} runtime: ${c.runtime} hardware: ${c.hardware} replicas: 1
    quantization: fp8 input: ${input} output: ${c.output} tokens traffic: ${c.traffic}/s }`;
  const analysis = new Analysis(buildDesign([readSource('file:///law.mlsys', text)]), estimatorsByQuantity);
  const estimate = (quantity: string): Estimate => {
    const found = analysis.estimate(analysis.design.lookup('Chat')!, `serving.${quantity}`);
    if (isMissing(found)) throw new Error(`${quantity} needs ${found.missing.join(', ')}`);
    return found;
  };
  return {
    figure: (quantity) => estimate(quantity).value,
    simulation: simulated(engineOf(c, estimate('ttft_p95')), 6000),
  };
}

/** The engine that the rows of an estimate describe: what grows with the requests in flight, and what does not. */
function engineOf(c: Case, { steps }: Estimate): Engine {
  restart();
  const row = (label: string): number => steps.find((step) => step.label === label)!.value;
  const flying = row('concurrency');
  const each = row('matrix time') / flying;
  const cache = row('cache time') / flying;
  const sequence = row('overhead of a sequence') / row('GPUs per replica');
  const rest =
    row('launch time') -
    sequence * flying +
    (steps.some((s) => s.label === 'reduction time') ? row('reduction time') : 0);
  const long = c.tail === undefined ? () => 1 : logNormal(c.input, c.input * c.tail, 0.99);
  const mean = c.tail === undefined ? 1 : row('input');
  return {
    load: c.traffic,
    step: (n) => Math.max(row('weight time'), each * n) + (cache + sequence) * n + rest,
    prefill: () => (row('prefill time') * long()) / mean,
    output: c.output,
    overhead: row('overhead of a request'),
    release: row('TPOT') * row('steps of release') * Math.min(1, row('others in flight')),
  };
}
