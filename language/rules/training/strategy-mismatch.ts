import { layoutOf, machineOf } from '../../estimate/training-layout.ts';
import type { Node } from '../../model/design.ts';
import { BYTES, NUMBER } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Fix, Report, Rule, RuleInput } from '../rule.ts';
import { isTooLarge, leastMemoryOf } from '../training-strain.ts';
import { fixOf, pool, timeWith, tried, without, word, type Written } from '../trial.ts';
import { fitsWith, hasWrongStrategy, withStrategy } from './strategy.ts';

export const strategyMismatch: Rule = {
  name: 'training/strategy-mismatch',
  severity: 'warning',
  summary:
    'The strategy of a training does not go with its devices: one node where there are several, copies that do not fit, or split layers that need not be.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'training'))
      yield* overNodes(input, node) ?? copies(input, node) ?? split(input, node) ?? [];
  },
};

type Found = readonly Report[] | undefined;

/** `single_node` on more devices than a node has. */
function overNodes(input: RuleInput, node: Node): Found {
  const layout = layoutOf(input.context, node);
  const machine = machineOf(input.context, node);
  const [part, more] = input.context.pool(node, 'hardware');
  if (!machine || !part || more || layout?.strategy !== 'single_node' || layout.devices <= machine.devices)
    return undefined;
  const nodes = Math.ceil(layout.devices / machine.devices);
  const name = part.hardware.name;
  const who = machine.from === 'cluster' ? 'a node of the cluster has' : 'the largest machine that is listed has';
  const one = pool(node, 'hardware', machine.devices, name);
  const spread = fitsWith(input.context, node, 'ddp') ? 'ddp' : 'fsdp';
  const at = valueSpan(input, node, 'strategy');
  const message = `\`single_node\` on ${format(layout.devices, NUMBER)} x ${name}: ${who} ${format(machine.devices, NUMBER)}, so these are ${nodes} nodes, and ${nodes - 1} of them would stand idle.`;
  const fixes = () => [
    choice(input, node, [word(node, 'strategy', spread)], `Use \`${spread}\` over the ${nodes} nodes`),
    choice(input, node, [one], `Use ${machine.devices} x ${name}`),
  ];
  return [{ at, message, subject: node.name, severity: 'error', related: placeOf(input, node), fixes }];
}

/** A copy of the model on each device, where a device cannot hold one. */
function copies(input: RuleInput, node: Node): Found {
  const { context } = input;
  const memory = leastMemoryOf(context, node);
  if (!memory || !hasWrongStrategy(context, node)) return undefined;
  const sharded = leastMemoryOf(withStrategy(context, node, 'fsdp'), node)!;
  const message = `With \`ddp\` each device holds the whole model and its optimizer: ${format(memory.needs, BYTES)}, where it has ${format(memory.has, BYTES)}. Sharded over all devices it is ${format(sharded.needs, BYTES)}.`;
  const options = ['zero1', 'zero2', 'fsdp'].filter((strategy) => fitsWith(context, node, strategy));
  const fixes = () =>
    options
      .toReversed()
      .map((strategy) => choice(input, node, [word(node, 'strategy', strategy)], `Use \`${strategy}\``));
  const at = valueSpan(input, node, 'strategy');
  return [{ at, message, subject: node.name, severity: 'error', related: placeOf(input, node), fixes }];
}

/** Layers that are split although a copy of the model fits with room to spare. */
function split(input: RuleInput, node: Node): Found {
  const { context } = input;
  const layout = layoutOf(context, node);
  const batch = context.given(node, 'batch')?.value;
  if (!layout || layout.tensor * layout.pipeline <= 1 || isTooLarge(context, node)) return undefined;
  const whole = leastMemoryOf(withStrategy(context, node, 'ddp'), node);
  if (!whole || whole.needs > ROOM * whole.has || whole.least || batch === undefined || batch < layout.devices)
    return undefined;
  const ways = [layout.tensor > 1 && 'tensor', layout.pipeline > 1 && 'pipeline'].filter(Boolean).join(' and ');
  const message = `A copy of the model takes ${format(whole.needs, BYTES)} of the ${format(whole.has, BYTES)} of a device: ${ways} parallelism makes the devices wait for each other in every layer or stage, and is not needed.`;
  const written = [word(node, 'strategy', 'ddp'), without('tensor_parallel'), without('pipeline_parallel')];
  const at = valueSpan(input, node, 'strategy');
  const fixes = () => [choice(input, node, written, 'Use `ddp`')];
  return [{ at, message, subject: node.name, related: placeOf(input, node), fixes }];
}

/** A copy that nearly fills its device may be split for a reason. */
const ROOM = 0.8;

function placeOf({ context }: RuleInput, node: Node) {
  return context.pool(node, 'hardware').map(({ span }) => ({ at: span, message: 'The job runs here.' }));
}

/** `Use fsdp, 21 GB of 80 GB each, 12.3 h instead of 10.1 h` */
function choice(input: RuleInput, node: Node, written: readonly Written[], title: string): Fix {
  const after = tried(input, node, written);
  const memory = leastMemoryOf(after, node);
  const room =
    memory && memory.needs <= memory.has ? `, ${format(memory.needs, BYTES)} of ${format(memory.has, BYTES)} each` : '';
  return fixOf(input, node, written, `${title}${room}${timeWith(input, node, after)}`);
}
