import { oneTime, readLiteral, secondsIn, TIME_UNITS } from '../../units/literal.ts';
import { nameOf, type Term } from './expression.ts';
import type { Reader } from './reader.ts';

/** A number whose unit is written in another way, with the right form. */
export interface UnitSlip {
  readonly message: string;
  readonly right: string;
  /** where the last word of it ends */
  readonly end: number;
}

/** What is counted needs no word: `100 requests/s` is `100/s`. */
const COUNTED = new Set(
  'request req event record row user query image example item message msg key vector call transaction lookup'
    .split(' ')
    .flatMap((word) => [word, word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`]),
);

/** `80 gb`, `1h 30min`, `100 requests/s`, `100 per second`, `15ms to 30ms`: what follows a number and is meant to belong to it. */
export function unitSlip(reader: Reader, parts: readonly Term[]): UnitSlip | undefined {
  const [first, second, third, fourth] = parts;
  if (first?.$type !== 'Quantity' || !second) return undefined;
  const text = (term: Term | undefined) => (term ? reader.textOf(reader.of(term)) : '');
  const is = (wrong: string, right: string | undefined, last: Term | undefined): UnitSlip | undefined =>
    right === undefined || !last
      ? undefined
      : { message: `${wrong}: write \`${right}\`.`, right, end: reader.of(last).end };
  const number = text(first);
  const word = nameOf(second);
  if (second.$type === 'Quantity') {
    const other = parts.findIndex((part) => part.$type !== 'Quantity');
    const times = other < 0 ? parts : parts.slice(0, other);
    return is('A time has one unit', oneTime(times.map(text).join(' ')), times.at(-1));
  }
  if (word === 'to' && third?.$type === 'Quantity')
    return is('A range is written with two dots', `${number}..${text(third)}`, third);
  const counted = COUNTED.has(word ?? '');
  if (word === 'per') return is('A rate is written with `/`', rated(number, text(third)), third);
  if (counted && nameOf(third) === 'per') return is('A rate is written with `/`', rated(number, text(fourth)), fourth);
  if (second.$type === 'Binary' && second.operator === '/' && COUNTED.has(nameOf(second.left as Term) ?? ''))
    return is('A rate needs no word for what is counted', rated(number, text(second.right as Term)), second);
  if (word === undefined || /[A-Za-z%]/.test(number)) return undefined;
  const literal = readLiteral(`${number}${word}`);
  const right = counted ? number : 'wrong' in literal ? literal.right : undefined;
  return is(`\`${word}\` is not a unit`, right, second);
}

/** a number for each of a time: `100/s`, from `s`, `sec` or `second` */
function rated(number: string, word: string): string | undefined {
  if (secondsIn(word) !== undefined) return `${number}/${word}`;
  const literal = readLiteral(`1${word}`);
  const unit = 'wrong' in literal ? literal.right?.slice(1) : undefined;
  return unit !== undefined && Object.hasOwn(TIME_UNITS, unit) ? `${number}/${unit}` : undefined;
}
