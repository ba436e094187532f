import type * as ast from '../../generated/ast.ts';
import type { PropertySchema } from '../../schema/types.ts';
import { DIMENSIONS } from '../../units/dimension.ts';
import type { Column, Property, Span, Value } from '../design.ts';
import type { Reader } from './reader.ts';
import { lowerColumn, lowerValue } from './value.ts';

type Schema = Readonly<Record<string, PropertySchema>>;

/** The entries of a body as properties: the first of each name, and the repeats. `open`: what any other name takes. */
export function lowerBody(
  reader: Reader,
  entries: readonly ast.Entry[],
  schema: Schema,
  within: string,
  open?: PropertySchema,
) {
  const properties = new Map<string, Property>();
  const repeated: Property[] = [];
  for (const entry of entries) {
    const property = lowerEntry(reader, entry, schema, within, open);
    if (!property) continue;
    const first = properties.get(property.key);
    if (!first) properties.set(property.key, property);
    else {
      repeated.push(property);
      reader.problems.push({
        is: 'repeated-property',
        key: property.key,
        span: property.keySpan,
        first: first.keySpan,
        whole: reader.of(entry),
      });
    }
  }
  return { properties, repeated };
}

function lowerEntry(
  reader: Reader,
  entry: ast.Entry,
  schema: Schema,
  within: string,
  open?: PropertySchema,
): Property | undefined {
  const span = reader.of(entry);
  if (entry.$type === 'Stray') {
    strayEntry(reader, span, schema);
    return undefined;
  }
  const key =
    entry.$type === 'Assignment'
      ? entry.target
      : (entry as { key?: string; name?: string })[entry.$type === 'Block' ? 'name' : 'key'];
  if (!key) return undefined;
  const keySpan = reader.span(span.start, span.start + key.length);
  if (entry.$type === 'Assignment') {
    const sign = reader.text.indexOf('=', keySpan.end);
    reader.syntax(`A property has a colon: \`${key}: ...\`.`, reader.span(sign, sign + 1), ':');
  }
  const property = schema[key] ?? open;
  if (!property) {
    reader.problems.push({
      is: 'unknown-property',
      key,
      within,
      known: Object.keys(schema),
      span: keySpan,
      whole: span,
    });
    return undefined;
  }
  if (entry.$type === 'Block')
    return { key, keySpan, valueSpan: span, value: lowerBlock(reader, key, property, entry, keySpan) };
  if (!entry.value || entry.value.phrases.length === 0) {
    reader.syntax(`\`${key}\` needs a value, such as \`${key}: ${property.example}\`.`, keySpan);
    return undefined;
  }
  const valueSpan = reader.of(entry.value);
  trailingComma(reader, valueSpan);
  const value = lowerValue(reader, key, property.type, entry.value);
  return { key, keySpan, valueSpan, value: reader.isShattered(valueSpan) ? { form: 'broken' } : value };
}

/** A value without its key: half-typed, or its colon is missing. */
function strayEntry(reader: Reader, span: Span, schema: Schema): void {
  const text = reader.textOf(span);
  const known = schema[text];
  const [word = ''] = /^\w+(?=\s)/.exec(text) ?? [];
  if (known) reader.syntax(`\`${text}\` needs a value: \`${text}: ${known.example}\`.`, span);
  else if (schema[word])
    reader.syntax(
      `\`${word}\` needs a colon: \`${word}: ...\`.`,
      reader.span(span.start, span.start + word.length),
      `${word}:`,
    );
  else
    reader.syntax(
      `A property is written \`name: value\`; \`${text.length > 30 ? `${text.slice(0, 27)}...` : text}\` is not.`,
      span,
    );
}

function trailingComma(reader: Reader, span: Span): void {
  if (reader.text[span.end - 1] === ',')
    reader.syntax('A list ends without a comma.', reader.span(span.end - 1, span.end), '');
}

const ANY_QUANTITY: PropertySchema = { type: { is: 'quantity', dimensions: DIMENSIONS }, doc: '', example: '1' };

function lowerBlock(reader: Reader, key: string, property: PropertySchema, block: ast.Block, keySpan: Span): Value {
  if (property.type.is === 'columns') return { form: 'columns', columns: lowerColumns(reader, block) };
  if (property.type.is === 'block') {
    const { properties } = lowerBody(
      reader,
      block.entries,
      property.type.properties,
      key,
      property.type.open && ANY_QUANTITY,
    );
    return { form: 'block', properties };
  }
  reader.problems.push({
    is: 'wrong-value',
    key,
    message: `\`${key}\` takes a value, not a block: \`${key}: ${property.example}\``,
    span: keySpan,
  });
  return { form: 'broken' };
}

function lowerColumns(reader: Reader, block: ast.Block): Column[] {
  const named = new Map<string, Span>();
  return block.entries.flatMap((entry) => {
    if (entry.$type !== 'Property' || !entry.value || entry.value.phrases.length === 0) {
      reader.syntax('A column is written `name: type`, such as `amount: float32`.', reader.of(entry));
      return [];
    }
    const { key } = entry;
    const whole = reader.of(entry);
    const span = reader.span(whole.start, whole.start + key.length);
    const first = named.get(key);
    if (first) {
      reader.problems.push({ is: 'repeated-property', key, span, first, whole });
      return [];
    }
    named.set(key, span);
    const column = lowerColumn(reader, key, entry.value, whole);
    return column ? [column] : [];
  });
}
