import type { PoolInput } from '../../estimate/context.ts';
import { type Spread, spreadsThatFit, TIGHT, trainingMemoryOf } from '../../estimate/training-strategy.ts';
import type { Node } from '../../model/design.ts';
import { BYTES } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import type { Fix, RuleInput } from '../rule.ts';
import { leastMemoryOf } from '../training-strain.ts';
import { fixOf, pool, timeWith, tried, word, type Written } from '../trial.ts';

/** What would make a training fit, each with what it takes and costs in its title: spread otherwise, on more or larger devices, with smaller states. */
export function smaller(input: RuleInput, node: Node, part: PoolInput): Fix[] {
  return [
    ...spreadOtherwise(input, node),
    ...[moreDevices, largerDevice, smallerStates].flatMap((way) => way(input, node, part) ?? []),
  ];
}

/** The ways on the same devices that change least, and the one with the shortest run. */
function spreadOtherwise(input: RuleInput, node: Node): Fix[] {
  const ways = spreadsThatFit(input.context, node).filter(({ changes }) => changes.size > 0);
  const fewest = Math.min(...ways.map(({ changes }) => changes.size));
  const least = ways.filter(({ changes }) => changes.size === fewest).slice(0, 2);
  return [...new Set([...least, ...ways.slice(0, 1)])].map((way) => {
    const written = writtenBy(node, way);
    const words = [...way.changes].map(([path, text]) => `${path}: ${text}`).join(', ');
    const room = roomText(way.memory, trainingMemoryOf(input.context, node)!.has);
    return fixOf(
      input,
      node,
      written,
      `Spread it with ${words}${room}${timeWith(input, node, tried(input, node, written))}`,
    );
  });
}

const writtenBy = (node: Node, { changes, values }: Spread): Written[] =>
  [...changes].map(([path, text]) => ({ path, text, value: values.get(`${node.name}.${path}`)! }));

type Way = (input: RuleInput, node: Node, part: PoolInput) => Fix | undefined;

/** Doubled until it fits: helps where something is sharded. */
const moreDevices: Way = (input, node, { count, hardware }) => {
  if (!Number.isInteger(count.value)) return undefined;
  for (let devices = count.value * 2; devices <= count.value * 16; devices *= 2) {
    const use = pool(node, 'hardware', devices, hardware.name);
    const fix = attempt(input, node, [use], `Use ${use.text}`);
    if (fix) return fix;
  }
  return undefined;
};

/** The next one in the catalog, which lists an accelerator's successors after it. */
const largerDevice: Way = (input, node, { count, hardware }) => {
  const list = input.design.catalog('hardware');
  for (const next of Number.isInteger(count.value) ? list.slice(list.indexOf(hardware) + 1) : []) {
    const fix = attempt(input, node, [pool(node, 'hardware', count.value, next.name)], `Use ${next.name}`);
    if (fix) return fix;
  }
  return undefined;
};

const smallerStates: Way = (input, node) =>
  ['adamw', 'adam', undefined].includes(input.context.word(node, 'optimizer'))
    ? attempt(input, node, [word(node, 'optimizer', 'adam_8bit')], 'Keep the moments in 8 bits with `adam_8bit`')
    : undefined;

/** The fix, if the job fits with it: `Use 16 x H100, 66 GB of 80 GB each, 12.3 h instead of 10.1 h`. */
function attempt(input: RuleInput, node: Node, written: readonly Written[], title: string): Fix | undefined {
  const after = tried(input, node, written);
  const memory = leastMemoryOf(after, node);
  if (!memory || memory.needs > TIGHT * memory.has) return undefined;
  return fixOf(input, node, written, `${title}${roomText(memory.needs, memory.has)}${timeWith(input, node, after)}`);
}

const roomText = (needs: number, has: number): string => `, ${format(needs, BYTES)} of ${format(has, BYTES)} each`;
