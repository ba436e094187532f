import type { Context } from '../../estimate/context.ts';
import { computeFormat, weightFormat } from '../../estimate/hardware.ts';
import type { Node, Value } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, writing } from '../figures.ts';
import type { Fix, RuleInput } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { consequences, numberValue, poolValue } from '../what-if.ts';

/**
 * Other ways than more replicas of the same: faster hardware, narrower weights, batches. Each with the replicas that it then takes and
 * the accelerators it comes to: `Quantize to fp8: 2 GPUs instead of 4`. Only where it takes fewer, and the speed follows from what changes.
 */
export function larger(input: RuleInput, node: Node): Fix[] {
  return [quantized, replaced, batched].flatMap((way) => way(input, node) ?? []);
}

type Way = (input: RuleInput, node: Node) => Fix | undefined;

const quantized: Way = (input, node) => {
  const { context } = input;
  const model = context.reference(node, 'model');
  const part = context.pool(node, 'hardware')[0];
  const now = model && weightFormat(context, node, model);
  if (!part || !now || !['fp32', 'tf32', 'fp16', 'bf16'].includes(now) || measured(context, node)) return undefined;
  const to = ['fp8', 'int8'].find((f) => computeFormat(context, part.hardware, f) === f) ?? 'int8';
  const value: Value = { form: 'words', words: [{ name: to, span: node.nameSpan }] };
  return tried(input, node, { path: 'quantization', value, text: to, title: `Quantize to ${to}` });
};

/** The first that follows in the catalog, which lists successors of an accelerator after it, and takes fewer. */
const replaced: Way = (input, node) => {
  const part = input.context.pool(node, 'hardware')[0];
  if (!part || !Number.isInteger(part.count.value) || measured(input.context, node)) return undefined;
  const list = input.design.catalog('hardware');
  const next = list.slice(list.indexOf(part.hardware) + 1, list.indexOf(part.hardware) + 1 + NEAREST);
  for (const { name } of next) {
    const value = poolValue(part.count.value, name, node.nameSpan);
    const text = `${format(part.count.value, NUMBER)} x ${name}`;
    const fix = tried(input, node, { path: 'hardware', value, text, title: `Use ${name}` });
    if (fix) return fix;
  }
  return undefined;
};

/** How many of the catalog are tried: each is an analysis of its own. */
const NEAREST = 6;

/** A speed that is written belongs to the hardware and the format that it was measured on. */
const measured = (context: Context, node: Node): boolean =>
  context.given(node, 'latency') !== undefined || context.given(node, 'throughput') !== undefined;

/** Batches of eight, with what the language takes them to gain. */
const batched: Way = (input, node) => {
  const { context } = input;
  if (node.properties.has('batching') || !context.given(node, 'latency') || context.given(node, 'throughput')) return;
  const value = numberValue(8, NUMBER, node.nameSpan);
  return tried(input, node, {
    path: 'batching.max',
    write: 'batching',
    value,
    text: '{ max: 8 }',
    title: 'Batch up to 8',
  });
};

interface Try {
  readonly path: string;
  readonly write?: string;
  readonly value: Value;
  readonly text: string;
  readonly title: string;
}

/** With as many replicas as it then takes, where these are fewer accelerators than more of the same would be. */
function tried(input: RuleInput, node: Node, { path, write = path, value, text, title }: Try): Fix | undefined {
  const { context } = input;
  const alone = new Map([[`${node.name}.${path}`, value]]);
  const needed = replicasFor(context.set(alone), node);
  if (needed === undefined) return undefined;
  const has = context.given(node, 'replicas')?.value;
  const few = has !== undefined && has < needed;
  const change = few
    ? new Map([...alone, [`${node.name}.replicas`, numberValue(needed, NUMBER, node.nameSpan)]])
    : alone;
  const now = replicasFor(context, node);
  const before = now && now * devicesOf(context, node);
  const after = figure(context.set(change), node, 'serving.gpus');
  if (!after || (before && after.value >= before) || strainOf(context.set(change), node)) return undefined;
  const instead = before ? ` instead of ${format(before, NUMBER)}` : '';
  const broken = consequences(input, change, [node]).replace(/^: /, ', ');
  const edits = [writing(input, node, write, text)];
  return {
    title: `${title}: ${after.display}${instead}${broken}`,
    edits: few ? [...edits, writing(input, node, 'replicas', String(needed))] : edits,
  };
}

/** The fewest replicas that carry the load and keep the budget; undefined where none do. */
function replicasFor(context: Context, node: Node): number | undefined {
  const load = figure(context, node, 'serving.replicas_for_load');
  const budget = context.value(node, 'budget') ? figure(context, node, 'serving.replicas_for_budget') : load;
  return load && budget && Math.max(load.value, budget.value);
}

const devicesOf = (context: Context, node: Node): number => context.pool(node, 'hardware')[0]?.count.value ?? 1;
