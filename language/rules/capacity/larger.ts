import type { Context } from '../../estimate/context.ts';
import { computeFormat, weightFormat } from '../../estimate/hardware.ts';
import type { Node, Value } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { insertion } from '../edits.ts';
import { figure, writing } from '../figures.ts';
import type { Edit, Fix, RuleInput } from '../rule.ts';
import { overOf, strainOf } from '../strain.ts';
import { type Change, consequences, numberValue, poolValue } from '../what-if.ts';
import { countOf } from './replicas.ts';

/** Another way than more of the same: one property of a serving that becomes another. */
interface Way {
  readonly edit: Edit;
  readonly values: readonly (readonly [path: string, value: Value])[];
  /** `Quantize to fp8` */
  readonly title: string;
}

/**
 * What makes a serving carry its load and keep its budget with fewer accelerators than more of the same would be, each with what it comes
 * to: `Quantize to fp8: 2 GPUs instead of 4`.
 */
export const larger = (input: RuleInput, node: Node): Fix[] =>
  waysOf(input, node).flatMap((ways) => firstOf(ways, (way) => enough(input, node, way)));

/** The same for a request that is late because of a serving: what makes it keep its budget with the replicas that there are. */
export const faster = (input: RuleInput, request: Node, node: Node): Fix[] =>
  waysOf(input, node).flatMap((ways) =>
    firstOf(ways, (way) => {
      const after = input.context.set(changeOf(node, way));
      const time = figure(after, request, 'request.latency_p99');
      if (!time || strainOf(after, node) || overOf(after, request).length > 0) return undefined;
      return fixOf(input, node, way, `${way.title} in \`${node.name}\`: p99 ${time.display}`, changeOf(node, way));
    }),
  );

/** Ways by their kind; of each kind the first that helps is offered. */
function waysOf(input: RuleInput, node: Node): readonly (readonly Way[])[] {
  return [narrower(input, node), successors(input, node), batches(input.context, node)];
}

function firstOf(ways: readonly Way[], fixFor: (way: Way) => Fix | undefined): Fix[] {
  for (const way of ways) {
    const fix = fixFor(way);
    if (fix) return [fix];
  }
  return [];
}

function narrower(input: RuleInput, node: Node): Way[] {
  const { context } = input;
  const model = context.reference(node, 'model');
  const part = context.pool(node, 'hardware')[0];
  const now = model && weightFormat(context, node, model);
  if (!part || !now || !['fp32', 'tf32', 'fp16', 'bf16'].includes(now) || isMeasured(context, node)) return [];
  const to = ['fp8', 'int8'].find((f) => computeFormat(context, part.hardware, f) === f);
  if (!to) return [];
  const value: Value = { form: 'words', words: [{ name: to, span: node.nameSpan }] };
  return [
    { edit: writing(input, node, 'quantization', to), values: [['quantization', value]], title: `Quantize to ${to}` },
  ];
}

/** How many of the catalog are tried: each is an analysis of its own. */
const NEAREST = 6;

/** The catalog lists the successors of an accelerator after it. */
function successors(input: RuleInput, node: Node): Way[] {
  const { context, design } = input;
  const part = context.pool(node, 'hardware')[0];
  if (!part || !Number.isInteger(part.count.value) || isMeasured(context, node)) return [];
  const list = design.catalog('hardware');
  const at = list.indexOf(part.hardware) + 1;
  return list.slice(at, at + NEAREST).map(({ name }) => ({
    edit: writing(input, node, 'hardware', `${format(part.count.value, NUMBER)} x ${name}`),
    values: [['hardware', poolValue(part.count.value, name, node.nameSpan)]],
    title: `Use ${name}`,
  }));
}

/** A speed that is written belongs to the hardware and the format that it was measured on. */
const isMeasured = (context: Context, node: Node): boolean =>
  context.given(node, 'latency') !== undefined || context.given(node, 'throughput') !== undefined;

/** Of eight, as the language's own gain is stated for. */
function batches(context: Context, node: Node): Way[] {
  if (node.properties.has('batching') || !context.given(node, 'latency') || context.given(node, 'throughput'))
    return [];
  const block: Value = { form: 'block', properties: new Map() };
  const values = [
    ['batching', block],
    ['batching.max', numberValue(8, NUMBER, node.nameSpan)],
  ] as const;
  return [{ edit: insertion(node, 'batching { max: 8 }'), values, title: 'Batch up to 8' }];
}

/** With as many replicas as it then takes, where these are fewer accelerators than more of the same would be. */
function enough(input: RuleInput, node: Node, way: Way): Fix | undefined {
  const { context } = input;
  const alone = changeOf(node, way);
  const needed = replicasFor(context.set(alone), node);
  if (needed === undefined) return undefined;
  const has = context.given(node, 'replicas')?.value;
  const more = has !== undefined && has < needed ? needed : undefined;
  const count = more === undefined ? undefined : countOf(input, node, more);
  const change = count ? new Map([...alone, ...count.change]) : alone;
  const now = replicasFor(context, node);
  const before = now && now * (context.pool(node, 'hardware')[0]?.count.value ?? 1);
  const gpus = figure(context.set(change), node, 'serving.gpus');
  if (!gpus || (before && gpus.value >= before) || strainOf(context.set(change), node)) return undefined;
  const instead = before ? ` instead of ${format(before, NUMBER)}` : '';
  return fixOf(input, node, way, `${way.title}: ${gpus.display}${instead}`, change, count?.edits);
}

/** The fewest replicas that carry the load and keep the budget; undefined where none do. */
function replicasFor(context: Context, node: Node): number | undefined {
  const load = figure(context, node, 'serving.replicas_for_load');
  const budget = context.value(node, 'budget') ? figure(context, node, 'serving.replicas_for_budget') : load;
  return load && budget && Math.max(load.value, budget.value);
}

const changeOf = (node: Node, { values }: Way): Change =>
  new Map(values.map(([path, value]) => [`${node.name}.${path}`, value]));

function fixOf(input: RuleInput, node: Node, way: Way, title: string, change: Change, also: readonly Edit[] = []): Fix {
  const broken = consequences(input, change, [node]).replace(/^: /, ', ');
  return { title: `${title}${broken}`, edits: [way.edit, ...also] };
}
