import { isMissing } from '../estimate/estimate.ts';
import { sharesOf } from '../estimate/load.ts';
import type { Node } from '../model/design.ts';
import { RATE } from '../units/dimension.ts';
import { TIME_UNITS } from '../units/literal.ts';
import { ofKind, type Pair, pairOf, type ViewInput } from './input.ts';
import { quantity } from './words.ts';

/** One side of a test. */
export interface Arm {
  readonly side: 'control' | 'treatment';
  readonly node: Node;
  readonly share: number;
  /** units that it needs */
  readonly sample: Pair;
  /** units that it gets in a second */
  readonly rate: number | undefined;
  /** seconds until it has them */
  readonly time: number | undefined;
}

/** When a test can be decided, in seconds. */
export interface Plan {
  readonly arms: readonly Arm[];
  /** until both arms have their units */
  readonly exposed: number | undefined;
  /** until the labels of the last unit are known */
  readonly known: number | undefined;
  /** how long a label takes */
  readonly delay: number | undefined;
  /** how long the test is declared to run */
  readonly end: number | undefined;
  readonly looks: number;
}

export function planOf(input: ViewInput, test: Node): Plan {
  const arms = armsIn(input, test);
  const answer = input.now.estimate(test, 'experiment.duration');
  const exposed = isMissing(answer) ? undefined : answer.steps.find(({ label }) => label === 'time to sample')?.value;
  const delay = labelDelay(input, arms);
  return {
    arms,
    exposed,
    known: exposed !== undefined && delay !== undefined ? exposed + delay : undefined,
    delay,
    end: input.now.given(test, 'duration')?.value,
    looks: looksOf(input, test),
  };
}

/** The test takes too long, with the labels of its last units. */
export const overrun = ({ exposed, known, end }: Plan): number | undefined => {
  const needed = known ?? exposed;
  return needed !== undefined && end !== undefined && needed > end * (1 + 1e-9) ? needed - end : undefined;
};

function armsIn(input: ViewInput, test: Node): readonly Arm[] {
  const { now } = input;
  const shares = sharesOf(now, test);
  const exposure = now.given(test, 'exposure')?.value;
  return (['control', 'treatment'] as const).flatMap((side) => {
    const node = now.reference(test, side);
    if (!node) return [];
    const name = side === 'control' ? 'experiment.sample_per_arm' : 'experiment.sample_treatment';
    const sample = pairOf(input, test, name);
    const rate = exposure === undefined ? undefined : exposure * shares[side];
    return [
      {
        side,
        node,
        share: shares[side],
        sample,
        rate,
        time: rate && sample.now !== undefined ? sample.now / rate : undefined,
      },
    ];
  });
}

/** The longest delay of the labels that the models of the arms, or what is trained for them, are trained on. */
function labelDelay(input: ViewInput, arms: readonly Arm[]): number | undefined {
  const { now } = input;
  const models = arms.flatMap(({ node }) => now.references(node, 'model'));
  const delays = ofKind(input, 'training')
    .filter((job) => now.references(job, 'model').some((model) => models.includes(model)))
    .flatMap((job) => now.references(job, 'labels'))
    .flatMap((source) => now.given(source, 'delay')?.value ?? []);
  return delays.length > 0 ? Math.max(...delays) : undefined;
}

/** `obrien_fleming(4)` looks four times, the last at the end. */
function looksOf({ now }: ViewInput, test: Node): number {
  const value = now.value(test, 'sequential');
  const argument = value?.form === 'words' ? value.words[0]?.argument : undefined;
  const looks = argument && now.evaluate(argument, `${test.name}.sequential`)?.value;
  return looks !== undefined && Number.isInteger(looks) && looks >= 1 && looks <= 50 ? looks : 1;
}

/** `cards`, or `units` where nothing says what is counted. */
export function unitsOf({ now }: ViewInput, test: Node): string {
  const name = now.reference(test, 'unit')?.name;
  if (!name || name.length > 12) return 'units';
  const word = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll('_', ' ');
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** `4M/d`: in the unit of the exposure as written. */
export function perTime({ now }: ViewInput, test: Node, value: number): string {
  const written = now.value(test, 'exposure');
  const text = written?.form === 'quantity' && written.expression.op === 'number' ? written.expression.text : '';
  const unit = /\/([a-z]+)$/.exec(text)?.[1];
  const seconds = unit && TIME_UNITS[unit];
  return seconds ? `${quantity(value * seconds, RATE).replace(/\/s$/, '')}/${unit}` : quantity(value, RATE);
}
