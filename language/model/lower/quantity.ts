import type * as ast from '../../generated/ast.ts';
import { typeInWords } from '../../schema/in-words.ts';
import type { ValueType } from '../../schema/types.ts';
import { DIMENSIONS, type Dimension, NUMBER, TIME } from '../../units/dimension.ts';
import { readLiteral } from '../../units/literal.ts';
import type { Expression, PoolPart, PoolValue, Value } from '../design.ts';
import { lowerExpression, nameOf, type Term, type Wanted } from './expression.ts';
import type { Reader } from './reader.ts';
import { unitSlip } from './unit-slips.ts';
import { partsOf, single, strayPart, wrong } from './value.ts';

type QuantityType = Extract<ValueType, { is: 'quantity' }>;

/** `20ms`, `15ms..30ms`, `p50 8ms p99 20ms`, `18ms on 4 x A100_80GB`, `5ms at 1, 14ms at 8`, `every 30min`, `auto`. */
export function lowerQuantity(reader: Reader, key: string, type: QuantityType, value: ast.Value): Value | undefined {
  const wanted = wantedBy(type);
  const word = nameOf(single(value));
  if (word !== undefined && type.auto && word === 'auto') return { form: 'auto' };
  if (word !== undefined && type.words && Object.hasOwn(type.words, word))
    return { form: 'words', words: [{ name: word, span: reader.of(value) }] };
  if (value.phrases.length > 1 && !type.at) {
    const text = reader.textOf(reader.of(value));
    const right = /^\$?\d{1,3}(,\d{3})+(?!\d)/.test(text) ? text.replaceAll(',', '_') : undefined;
    wrong(reader, key, value, 'one value', undefined, right);
    return undefined;
  }
  const phrases = value.phrases.map((p) => lowerPhrase(reader, key, type, p, wanted));
  const [first] = phrases;
  if (!first) return undefined;
  if (phrases.length === 1 && !first.batch)
    return { form: 'quantity', expression: first.expression, ...(first.on && { on: first.on }) };
  const at = phrases.flatMap((p) => (p?.batch ? [{ batch: p.batch, expression: p.expression }] : []));
  return { form: 'quantity', expression: first.expression, at };
}

function wantedBy({ dimensions }: QuantityType): Wanted {
  const sized = (d: Dimension) => (d.exponents[1] ?? 0) !== 0;
  if (dimensions === DIMENSIONS) return 'any';
  if (dimensions.some(sized) && dimensions.every((d) => d === NUMBER || sized(d))) return 'bytes';
  return dimensions.includes(TIME) ? 'time' : 'count';
}

interface PhraseValue {
  readonly expression: Expression;
  readonly on?: PoolValue;
  readonly batch?: Expression;
}

function lowerPhrase(
  reader: Reader,
  key: string,
  type: QuantityType,
  phrase: ast.Phrase,
  wanted: Wanted,
): PhraseValue | undefined {
  const parts = partsOf(phrase);
  if (type.every && nameOf(parts[0]) === 'every' && parts.length > 1) return rest(reader, key, parts.slice(1), wanted);
  if (nameOf(parts[0]) === 'every' && parts[1]?.$type === 'Quantity') {
    const right = reader.textOf(reader.of(parts[1]));
    const message = `\`${key}\` takes ${typeInWords(type)}, not a schedule: write \`${right}\``;
    reader.problems.push({ is: 'wrong-value', key, message, span: reader.of(phrase), rights: [right] });
    return undefined;
  }
  if (isPercentile(parts[0]) && parts.length > 1) {
    const expression = distribution(reader, key, phrase, wanted);
    if (expression && !type.spread)
      reader.problems.push({
        is: 'wrong-value',
        key,
        message: `\`${key}\` takes one value, not a distribution`,
        span: reader.of(phrase),
      });
    return expression && type.spread ? { expression } : undefined;
  }
  if (parts.length === 1) {
    const term = parts[0]!;
    if (term.$type === 'Text') {
      const right = 'wrong' in readLiteral(term.text) ? undefined : term.text;
      wrong(reader, key, term, `a quantity such as \`${exampleOf(type)}\``, undefined, right);
      return undefined;
    }
    const expression = lowerExpression(reader, term, wanted);
    if (type.whole && expression?.op === 'number' && expression.text.endsWith('%')) {
      wrong(reader, key, term, 'a count', undefined, expression.text.replace(/[ \t]*%$/, ''));
      return undefined;
    }
    return expression && { expression };
  }
  const second = nameOf(parts[1]);
  if (second === 'on' && type.on) return measurement(reader, key, parts, wanted);
  if (second === 'at' && type.at && parts.length === 3) {
    const expression = lowerExpression(reader, parts[0], wanted);
    const batch = lowerExpression(reader, parts[2], 'count');
    return expression && batch && { expression, batch };
  }
  if (second === 'on' || (second === 'x' && parts.length === 3)) {
    const right = second === 'on' ? reader.textOf(reader.of(parts[0]!)) : undefined;
    wrong(reader, key, phrase, typeInWords(type), undefined, right);
    return undefined;
  }
  return rest(reader, key, parts, wanted);
}

const exampleOf = (type: QuantityType): string => type.dimensions[0]!.words.replace(/^.*\((.*?)[,)].*$/, '$1');

/** One value, then what does not belong to it: `80 gb` (a unit with a slip) or the next property without its colon. */
function rest(reader: Reader, key: string, parts: readonly Term[], wanted: Wanted): PhraseValue | undefined {
  const [first, second] = parts;
  const slip = unitSlip(reader, parts);
  if (slip) {
    reader.syntax(slip.message, reader.span(reader.of(first!).start, slip.end), slip.right);
    return undefined;
  }
  const expression = lowerExpression(reader, first, wanted);
  if (second) strayPart(reader, key, second);
  return expression && { expression };
}

const isPercentile = (term: Term | undefined): boolean => /^p\d{1,2}$/.test(nameOf(term) ?? '');

function distribution(reader: Reader, key: string, phrase: ast.Phrase, wanted: Wanted): Expression | undefined {
  const points: { percentile: number; value: Expression }[] = [];
  const parts = partsOf(phrase);
  for (let i = 0; i < parts.length; i += 2) {
    if (!isPercentile(parts[i])) {
      strayPart(reader, key, parts[i]!);
      break;
    }
    const value = lowerExpression(reader, parts[i + 1], wanted);
    if (!parts[i + 1])
      reader.syntax(
        `\`${nameOf(parts[i])}\` needs a value, such as \`${nameOf(parts[i])} 20ms\`.`,
        reader.of(parts[i]!),
      );
    if (!value) return undefined;
    points.push({ percentile: Number(nameOf(parts[i])!.slice(1)), value });
  }
  const span = reader.of(phrase);
  if (points.length < 2) {
    reader.syntax('A distribution needs two percentiles, such as `p50 8ms p99 20ms`.', span);
    return undefined;
  }
  return { op: 'distribution', points, span };
}

function measurement(reader: Reader, key: string, parts: readonly Term[], wanted: Wanted): PhraseValue | undefined {
  const expression = lowerExpression(reader, parts[0], wanted);
  const part = poolPart(reader, parts.slice(2));
  if (!part)
    reader.syntax(`After \`on\` comes where it was measured, such as \`on 4 x A100_80GB\`.`, reader.of(parts[1]!));
  for (const stray of parts.slice(part && 'count' in part ? 5 : 3)) strayPart(reader, key, stray);
  if (!expression) return undefined;
  return part && 'count' in part
    ? { expression, on: { form: 'pool', parts: [part] } }
    : part
      ? { expression, on: { form: 'pool', parts: [], param: part.param } }
      : { expression };
}

/** `8 x H100`, `1/7 x H100`, or a bare name: a `param` that holds a pool, else one of that hardware. */
export function poolPart(
  reader: Reader,
  parts: readonly Term[],
): PoolPart | { param: PoolPart['hardware'] } | undefined {
  const [count, x, hardware] = parts;
  if (parts.length === 1 && nameOf(count)) return { param: { name: nameOf(count)!, span: reader.of(count!) } };
  if (parts.length < 3 || nameOf(x) !== 'x' || !nameOf(hardware)) return undefined;
  const number = lowerExpression(reader, count, 'count');
  if (!number) return undefined;
  return {
    count: number,
    hardware: { name: nameOf(hardware)!, span: reader.of(hardware!) },
    span: reader.span(reader.of(count!).start, reader.of(hardware!).end),
  };
}

/** `8 H100`, `8 * H100`, `H100 x 8` and the like in the form that a pool has. */
function poolFrom(reader: Reader, phrase: ast.Phrase): string | undefined {
  const text = reader.textOf(reader.of(phrase));
  const [, count, hardware] = /^(\d[\d/]*)\s*[xX*]?\s+"?([A-Za-z_]\w*)"?$/.exec(text) ?? [];
  const [, first, second] = /^([A-Za-z_]\w*)\s*[xX*]\s*(\d[\d/]*)$/.exec(text) ?? [];
  return count ? `${count} x ${hardware}` : second ? `${second} x ${first}` : undefined;
}

export function lowerPool(reader: Reader, key: string, value: ast.Value, many: boolean): PoolValue | undefined {
  const parts: PoolPart[] = [];
  let param: PoolPart['hardware'] | undefined;
  for (const phrase of value.phrases) {
    const terms = partsOf(phrase);
    if (terms.length === 1 && terms[0]!.$type === 'Quantity') {
      lowerExpression(reader, terms[0]); // says `8xH100` best
      if (!reader.problems.some((p) => p.span.start === reader.of(phrase).start))
        wrong(reader, key, phrase, 'accelerators such as `8 x H100`');
      continue;
    }
    const part = poolPart(reader, phrase.parts);
    if (!part) {
      const right = poolFrom(reader, phrase);
      const known = !right && phrase.parts.length > 1 && nameOf(phrase.parts[0]) && nameOf(phrase.parts[1]) !== 'x';
      if (known) strayPart(reader, key, phrase.parts[1]!);
      else wrong(reader, key, phrase, 'accelerators such as `8 x H100`', undefined, right);
      if (known) param = { name: nameOf(phrase.parts[0])!, span: reader.of(phrase.parts[0]!) };
    } else if ('param' in part) param = part.param;
    else {
      parts.push(part);
      if (phrase.parts[3]) strayPart(reader, key, phrase.parts[3]);
    }
  }
  if (parts.length > 1 && !many)
    reader.problems.push({
      is: 'wrong-value',
      key,
      message: `\`${key}\` takes one kind of accelerator, not a list`,
      span: parts[1]!.span,
    });
  if (parts.length === 0 && !param) return undefined;
  return { form: 'pool', parts, ...(param && { param }) };
}
