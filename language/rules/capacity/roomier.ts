import type { PoolInput } from '../../estimate/context.ts';
import { computeFormat, weightFormat } from '../../estimate/hardware.ts';
import type { Node, Value } from '../../model/design.ts';
import { BYTES, NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, writing } from '../figures.ts';
import type { Edit, Fix, RuleInput } from '../rule.ts';
import { memoryOf } from '../strain.ts';
import { consequences, numberValue, poolValue } from '../what-if.ts';

/** Servers keep a tenth of the memory free. */
const USABLE = 0.9;

/** What would make a serving fit, each with what it costs in its title: more devices, larger ones, fewer bits, fewer requests at once. */
export function roomier(input: RuleInput, node: Node, part: PoolInput): Fix[] {
  const ways = [moreDevices, largerDevice, fewerBits, fewerRequests];
  return ways.flatMap((way) => way(input, node, part) ?? []);
}

type Way = (input: RuleInput, node: Node, part: PoolInput) => Fix | undefined;

/** Twice as many in a replica, until it fits. */
const moreDevices: Way = (input, node, { count, hardware }) => {
  for (let devices = Math.max(2, Math.ceil(count.value) * 2); devices <= 16; devices *= 2) {
    const changes = new Map([['hardware', poolValue(devices, hardware.name, node.nameSpan)]]);
    const edits = [writing(input, node, 'hardware', `${devices} x ${hardware.name}`)];
    if (node.properties.has('tensor_parallel')) {
      const tensor = Math.round((input.context.given(node, 'tensor_parallel')?.value ?? 1) * (devices / count.value));
      changes.set('tensor_parallel', numberValue(tensor, NUMBER, node.nameSpan));
      edits.push(writing(input, node, 'tensor_parallel', String(tensor)));
    }
    const fix = attempt(input, node, changes, edits, `Use ${devices} x ${hardware.name} a replica`);
    if (fix) return fix;
  }
  return undefined;
};

/** The next one in the catalog, which lists an accelerator's successors after it. */
const largerDevice: Way = (input, node, { count, hardware }) => {
  const list = input.design.catalog('hardware');
  for (const next of list.slice(list.indexOf(hardware) + 1)) {
    const changes = new Map([['hardware', poolValue(count.value, next.name, node.nameSpan)]]);
    const edits = [writing(input, node, 'hardware', `${format(count.value, NUMBER)} x ${next.name}`)];
    const fix = Number.isInteger(count.value) && attempt(input, node, changes, edits, `Use ${next.name}`);
    if (fix) return fix;
  }
  return undefined;
};

/** The widest format that fits; one that the hardware multiplies in before one that it only stores. */
const fewerBits: Way = (input, node, { hardware }) => {
  const model = input.context.reference(node, 'model');
  const now = model && weightFormat(input.context, node, model);
  const narrower = ['fp16', 'fp8', 'int8', 'int4'];
  const native = (f: string) => (computeFormat(input.context, hardware, f) === f ? 0 : 1);
  const formats = narrower.slice(now === 'fp32' || now === 'tf32' ? 0 : now === 'fp8' || now === 'int8' ? 3 : 1);
  if (!now || ['int4', 'fp4'].includes(now)) return undefined;
  for (const to of formats.sort((a, b) => native(a) - native(b))) {
    const word: Value = { form: 'words', words: [{ name: to, span: node.nameSpan }] };
    const edits = [writing(input, node, 'quantization', to)];
    const fix = attempt(input, node, new Map([['quantization', word]]), edits, `Quantize to ${to}`);
    if (fix) return fix;
  }
  return undefined;
};

/** Where a given concurrency is what does not fit. */
const fewerRequests: Way = (input, node) => {
  const fits = figure(input.context, node, 'serving.max_concurrency')?.value ?? 0;
  if (!input.context.given(node, 'concurrency') || fits < 1) return undefined;
  const changes = new Map([['concurrency', numberValue(fits, NUMBER, node.nameSpan)]]);
  const edits = [writing(input, node, 'concurrency', String(fits))];
  return attempt(input, node, changes, edits, `Set concurrency to ${fits}`, 1);
};

/** The fix, if it fits with it: `Quantize to fp8: 52 GB of 80 GB`. */
function attempt(
  input: RuleInput,
  node: Node,
  changes: ReadonlyMap<string, Value>,
  edits: readonly Edit[],
  title: string,
  usable = USABLE,
): Fix | undefined {
  const change = new Map([...changes].map(([path, value]) => [`${node.name}.${path}`, value]));
  const memory = memoryOf(input.context.set(change), node);
  if (!memory || memory.needs > usable * memory.has) return undefined;
  const room = `${format(memory.needs, BYTES)} of ${format(memory.has, BYTES)} each`;
  const after = figure(input.context.set(change), node, 'serving.gpus');
  const before = figure(input.context, node, 'serving.gpus');
  const gpus = after && before && after.value !== before.value ? `, ${after.display} instead of ${before.display}` : '';
  return { title: `${title}, ${room}${gpus}${consequences(input, change, [node])}`, edits };
}
