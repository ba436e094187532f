import type * as ast from '../../generated/ast.ts';
import { ACTIONS, COLUMN_TYPES } from '../../schema/index.ts';
import type { ValueType } from '../../schema/types.ts';
import type { Column, Expression, PrimaryValue, Reference, Value, WordValue, Action } from '../design.ts';
import { lowerConditions } from './conditions.ts';
import { lowerExpression, nameOf, type Term } from './expression.ts';
import { lowerFlow } from './flow.ts';
import { lowerQuantity, lowerPool } from './quantity.ts';
import type { Reader } from './reader.ts';

const BROKEN: Value = { form: 'broken' };

type Typed<K extends ValueType['is']> = Extract<ValueType, { is: K }>;

/** Reads the value of one property as its type in the schema says. What cannot be read is noted, and the value is `broken`. */
export function lowerValue(reader: Reader, key: string, type: ValueType, value: ast.Value): Value {
  const term = single(value);
  switch (type.is) {
    case 'quantity':
      return lowerQuantity(reader, key, type, value) ?? BROKEN;
    case 'word':
    case 'words':
      return lowerWords(reader, key, type, value);
    case 'reference':
      return lowerReferences(reader, key, type, value);
    case 'pool':
      return lowerPool(reader, key, value, type.many === true) ?? BROKEN;
    case 'conditions':
      return { form: 'conditions', conditions: lowerConditions(reader, key, type, value) };
    case 'flow':
      return lowerFlowValue(reader, key, value, term);
    case 'text':
    case 'free':
      return lowerText(reader, key, type, value);
    case 'truth': {
      const word = nameOf(term);
      if (word === 'true' || word === 'false') return { form: 'truth', truth: word === 'true' };
      return wrong(reader, key, value, '`true` or `false`', ['true', 'false']);
    }
    case 'arm':
      return lowerArm(reader, key, value);
    case 'primary':
      return lowerPrimary(reader, key, value);
    case 'actions':
      return lowerActions(reader, key, value);
    default:
      return wrong(reader, key, value, `a block: \`${key} { ... }\``);
  }
}

/** One flow; names beside each other or in a list were most likely meant to follow each other. */
function lowerFlowValue(reader: Reader, key: string, value: ast.Value, term: Term | undefined): Value {
  const flow = term && lowerFlow(reader, term);
  if (flow) return { form: 'flow', flow };
  const [first, ...others] = value.phrases.flatMap((p) => p.parts) as readonly Term[];
  const stray = others.find((part) => reader.keys.has(reader.textOf(reader.of(part)).split(/\W/)[0]!));
  if (first && stray && value.phrases.length === 1) {
    strayPart(reader, key, stray);
    const start = lowerFlow(reader, first);
    return start && others[0] === stray ? { form: 'flow', flow: start } : BROKEN;
  }
  const names = [first, ...others].map(nameOf);
  const right = first && !term && names.every((name) => name !== undefined) ? names.join(' -> ') : undefined;
  return wrong(reader, key, value, 'a flow such as `Gateway -> (A & B) -> Model`', undefined, right);
}

/** the parts of a phrase: each an operator or an operand */
export const partsOf = (phrase: ast.Phrase | undefined): readonly Term[] => phrase?.parts ?? [];

/** the only part of a value of one part */
export function single(value: ast.Value): Term | undefined {
  const parts = partsOf(value.phrases[0]);
  return value.phrases.length === 1 && parts.length === 1 ? parts[0] : undefined;
}

/** `expected` in words; `right`: what was most likely meant. */
export function wrong(
  reader: Reader,
  key: string,
  at: ast.Value | ast.Phrase | Term,
  expected: string,
  allowed?: readonly string[],
  right?: string,
): Value {
  const span = reader.of(at);
  // where the parser had to recover, the syntax error is the finding
  reader.problems.push({
    is: 'wrong-value',
    key,
    message: `\`${key}\` takes ${expected}, not \`${shorten(reader.textOf(span))}\`${right === undefined ? '' : `: write \`${right}\``}`,
    span,
    ...(allowed && { allowed }),
    ...(right !== undefined && { rights: [right] }),
  });
  return BROKEN;
}

const shorten = (text: string): string =>
  text.length > 40 ? `${text.slice(0, 37).replace(/\s+/g, ' ')}...` : text.replace(/\s+/g, ' ');

/** A word may be written like a number: the strategy `3d`. */
const wordOf = (term: Term | undefined): string | undefined =>
  term?.$type === 'Quantity' ? term.text : term?.$type === 'Call' ? term.name : nameOf(term);

function lowerWords(reader: Reader, key: string, type: Typed<'word' | 'words'>, value: ast.Value): Value {
  const allowed = Object.keys(type.words);
  if (type.is === 'word' && value.phrases.length > 1) return wrong(reader, key, value, 'one word');
  const phrases = type.is === 'words' ? value.phrases : value.phrases.slice(0, 1);
  const words: WordValue[] = [];
  for (const phrase of phrases) {
    const term = partsOf(phrase)[0];
    const first = type.open && term?.$type === 'Text' ? term.text : wordOf(term);
    const word = phrase.parts.length === 1 ? first : undefined;
    if (phrase.parts.length > 1 && first !== undefined && (allowed.includes(first) || type.open)) {
      strayPart(reader, key, partsOf(phrase)[1]!);
      words.push({ name: first, span: reader.of(term!) });
      continue;
    }
    const measured = type.is === 'word' && term?.$type === 'Quantity';
    if (word === undefined || (!allowed.includes(word) && (!type.open || measured))) {
      const hyphenated = reader.textOf(reader.of(phrase));
      const unquoted = term?.$type === 'Text' && allowed.includes(term.text) ? term.text : undefined;
      if (type.open && /^[a-z]\w*(-\w+)+$/i.test(hyphenated)) return hyphens(reader, key, phrase, hyphenated);
      const expected = allowed.length > 0 ? `one of ${allowed.map((w) => `\`${w}\``).join(', ')}` : 'a word';
      wrong(reader, key, phrase, expected, allowed, unquoted);
      continue;
    }
    const argument = term?.$type === 'Call' ? lowerExpression(reader, term.arguments[0]) : undefined;
    words.push({ name: word, span: reader.of(phrase), ...(argument && { argument }) });
  }
  return words.length > 0 ? { form: 'words', words } : BROKEN;
}

function hyphens(reader: Reader, key: string, at: ast.Phrase, text: string): Value {
  const right = text.replaceAll('-', '_');
  reader.syntax(`\`${text}\` reads as a subtraction: in \`${key}\` write \`${right}\`.`, reader.of(at), right);
  return BROKEN;
}

function lowerReferences(reader: Reader, key: string, type: Typed<'reference'>, value: ast.Value): Value {
  const references: Reference[] = [];
  const listed = !type.many && value.phrases.length > 1;
  if (listed && !nameOf(value.phrases[0]!.parts[0])) return wrong(reader, key, value, 'one name');
  const phrases = type.many ? value.phrases : value.phrases.slice(0, 1);
  for (const phrase of phrases) {
    const term = phrase.parts.length === 1 ? partsOf(phrase)[0] : undefined;
    const name = term?.$type === 'Versioned' ? nameOf(term.of as Term) : nameOf(term);
    if (name !== undefined && type.words && Object.hasOwn(type.words, name)) {
      if (value.phrases.length === 1) return { form: 'words', words: [{ name, span: reader.of(phrase) }] };
    }
    if (name === undefined && type.open && term?.$type === 'Text') return { form: 'text', text: term.text };
    if (name === undefined) {
      const stray = phrase.parts.length > 1 && nameOf(phrase.parts[0]) !== undefined;
      const text = reader.textOf(reader.of(phrase));
      const right = /^"?[A-Za-z_][\w.-]*"?$/.test(text) ? nameFrom(text) : undefined;
      if (stray) strayPart(reader, key, phrase.parts[1]!);
      else wrong(reader, key, phrase, `the name of ${kindsInWords(type.kinds)}`, undefined, right);
      if (stray) references.push({ name: nameOf(phrase.parts[0])!, span: reader.of(phrase.parts[0]!) });
      continue;
    }
    const named = term?.$type === 'Versioned' ? term.of : term!;
    references.push({
      name,
      span: reader.of(named),
      ...(term?.$type === 'Versioned' && { version: String(term.version), versionedSpan: reader.of(term) }),
    });
  }
  if (!type.many && value.phrases.length > 1) wrong(reader, key, value, 'one name');
  return references.length > 0 ? { form: 'references', references } : BROKEN;
}

/** `type: stream rete`: what follows a whole value is most often a property whose colon is not yet written */
export function strayPart(reader: Reader, key: string, part: Term): void {
  const span = reader.of(part);
  const text = shorten(reader.textOf(span));
  const [word = ''] = /^\w+/.exec(text) ?? [];
  if (reader.keys.has(word)) {
    const name = reader.span(span.start, span.start + word.length);
    reader.syntax(`\`${word}\` needs a colon: \`${word}: ...\`.`, name, `${word}:`);
  } else reader.syntax(`\`${text}\` does not belong to \`${key}\`. A property is written \`name: value\`.`, span);
}

/** What a name would be without the signs that a name cannot have: `Llama_3_1_70B` for `Llama-3.1-70B`. */
export const nameFrom = (text: string): string => {
  const name = text
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/\W+/g, '_');
  return /^\d/.test(name) ? `_${name}` : name;
};

export const kindsInWords = (kinds: readonly string[]): string =>
  kinds
    .map((k, i) => (i === 0 ? article(k) : i === kinds.length - 1 ? ` or ${article(k)}` : `, ${article(k)}`))
    .join('');

const LONG: Readonly<Record<string, string>> = {
  tech: 'technology',
  features: 'feature view',
  featurestore: 'feature store',
  hardware: 'kind of hardware',
};

function article(kind: string): string {
  const word = LONG[kind] ?? kind;
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

function lowerText(reader: Reader, key: string, type: Typed<'text' | 'free'>, value: ast.Value): Value {
  const term = single(value);
  if (term?.$type === 'Text') return { form: 'text', text: term.text };
  const span = reader.of(value);
  const text = reader.textOf(span);
  if (type.is === 'free' && value.phrases.every((p) => p.parts.length === 1) && /^[\w.,@%$ -]+$/.test(text)) {
    if (/^[a-z]+(-\w+)+$/i.test(text)) {
      reader.syntax(
        `\`${text}\` reads as a subtraction: write \`"${text}"\` or \`${text.replaceAll('-', '_')}\`.`,
        span,
        text.replaceAll('-', '_'),
      );
      return BROKEN;
    }
    return { form: 'text', text };
  }
  const first = partsOf(value.phrases[0]);
  if (type.is === 'free' && first.length > 1 && (nameOf(first[0]) || first[0]!.$type === 'Text')) {
    strayPart(reader, key, first[1]!);
    return { form: 'text', text: reader.textOf(reader.of(first[0]!)).replaceAll('"', '') };
  }
  if (type.is === 'text' && /^[\w -]+$/.test(text)) {
    reader.problems.push({
      is: 'wrong-value',
      key,
      message: `\`${key}\` takes a text in quotes`,
      span,
      rights: [`"${text}"`],
    });
    return BROKEN;
  }
  return wrong(reader, key, value, 'a text in quotes');
}

function lowerArm(reader: Reader, key: string, value: ast.Value): Value {
  const parts = value.phrases.length === 1 ? value.phrases[0]!.parts : [];
  const name = nameOf(parts[0]);
  if (!name || parts.length > 2) return wrong(reader, key, value, 'a serving and its share, such as `Scorer 90%`');
  const share = lowerExpression(reader, parts[1]);
  return { form: 'arm', serving: { name, span: reader.of(parts[0]!) }, ...(share && { share }) };
}

/** `fraud_rate baseline 0.12% mde -10%`; `mde -10%` arrives as a subtraction */
function lowerPrimary(reader: Reader, key: string, value: ast.Value): Value {
  const parts = value.phrases.length === 1 ? [...value.phrases[0]!.parts] : [];
  const name = nameOf(parts[0]);
  if (!name)
    return wrong(reader, key, value, 'a metric with its baseline and effect: `click_rate baseline 5% mde 10%`');
  const found: { baseline?: Expression; mde?: Expression } = {};
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i]!;
    const signed = part.$type === 'Binary' && part.operator === '-' ? part : undefined;
    const word = nameOf(signed ? signed.left : part);
    if (word !== 'baseline' && word !== 'mde') {
      strayPart(reader, key, part);
      continue;
    }
    const read = lowerExpression(reader, signed ? signed.right : parts[++i]);
    if (read) found[word] = signed ? { op: 'negative', of: read, span: reader.of(signed) } : read;
    else if (!signed && !parts[i]) reader.syntax(`\`${word}\` needs a value, such as \`${word} 5%\`.`, reader.of(part));
  }
  const primary: PrimaryValue = { form: 'primary', metric: { name, span: reader.of(parts[0]!) }, ...found };
  return primary;
}

function lowerActions(reader: Reader, key: string, value: ast.Value): Value {
  const allowed = Object.keys(ACTIONS);
  const actions: Action[] = [];
  for (const phrase of value.phrases) {
    const name = nameOf(phrase.parts[0]);
    if (!name || !allowed.includes(name) || phrase.parts.length > 2) {
      wrong(reader, key, phrase, 'an action: `continue`, `investigate`, `retrain NAME`, `page` or `rollback`', allowed);
      continue;
    }
    const second = phrase.parts[1];
    const target = nameOf(second);
    if (second && (!target || name !== 'retrain')) strayPart(reader, key, second);
    actions.push({
      name,
      span: reader.of(phrase),
      ...(target && name === 'retrain' && { target: { name: target, span: reader.of(second!) } }),
    });
  }
  return actions.length > 0 ? { form: 'actions', actions } : BROKEN;
}

/** `merchant_embedding: float32[64]`, `home_country: category(250)` */
export function lowerColumn(reader: Reader, name: string, value: ast.Value, span: Column['span']): Column | undefined {
  let term = single(value);
  let length: number | undefined;
  if (term?.$type === 'Rows') {
    length = wholeNumber(reader, term.rows as Term | undefined);
    term = term.of as Term;
  }
  const type = term?.$type === 'Call' ? term.name : nameOf(term);
  if (!type || !Object.hasOwn(COLUMN_TYPES, type)) {
    wrong(
      reader,
      name,
      value,
      `a column type: ${Object.keys(COLUMN_TYPES)
        .map((t) => (t === 'string' || t === 'category' ? `\`${t}(N)\`` : `\`${t}\``))
        .join(', ')}`,
      Object.keys(COLUMN_TYPES),
    );
    return undefined;
  }
  const size = term?.$type === 'Call' ? wholeNumber(reader, term.arguments[0]) : undefined;
  const typeSpan = reader.of(term!);
  return { name, type, span, typeSpan, ...(size !== undefined && { size }), ...(length !== undefined && { length }) };
}

function wholeNumber(reader: Reader, term: Term | undefined): number | undefined {
  const e = lowerExpression(reader, term);
  return e?.op === 'number' ? e.value : undefined;
}
