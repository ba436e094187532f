import { typeInWords } from '../schema/in-words.ts';
import { escapeMarkdown, figureLines, type Patience } from '../describe.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Node, Property } from '../model/design.ts';
import { propertyOf } from '../schema/index.ts';
import { ACTIONS } from '../schema/monitor.ts';
import type { DefaultValue, PropertySchema, ValueType, Words } from '../schema/types.ts';
import type { Document } from '../workspace.ts';
import { firstKnown, quantitiesOfProperty } from './figures.ts';
import { explained } from './hover-node.ts';

/** A property as written: what it means, and the figures that it bears on. */
export const aboutProperty = (
  document: Document,
  node: Node,
  path: string,
  property: Property,
  patience: Patience,
): readonly string[] => [...aboutSchema(node.kind, path), ...aboutEffect(document, node, path, property, patience)];

/** The figures that a property bears on, and how the first of them came about. */
export function aboutEffect(
  document: Document,
  node: Node,
  path: string,
  property: Property,
  patience: Patience,
): readonly string[] {
  const quantities = quantitiesOf(node, path, property);
  const known = firstKnown(document, node, quantities);
  const figures = figureLines(document.analysis(), node, quantities, NEVER).flatMap((f) =>
    f.display ? [`${escapeMarkdown(f.title)} **${escapeMarkdown(f.display)}**`] : [],
  );
  return [
    figures.join(' · '),
    known === undefined
      ? ''
      : isMissing(known)
        ? `No estimate: needs ${known.missing.join(', ')}`
        : explained(document, node, known, patience),
  ];
}

/** intervals do not stand in a line of figures */
const NEVER: Patience = () => false;

/** A budget bears on the very percentiles that it bounds. */
function quantitiesOf(node: Node, path: string, property: Property): readonly string[] {
  const all = quantitiesOfProperty(node.kind, path);
  if (property.value.form !== 'conditions') return all;
  const bounded = property.value.conditions.map(
    (c) => `${node.kind}.${c.metric}${c.percentile ? `_p${c.percentile}` : ''}`,
  );
  return [...bounded.filter((q) => all.includes(q)), ...all.filter((q) => !bounded.includes(q))];
}

/** A property as the schema knows it: doc, words, defaults. */
export function aboutSchema(kind: string, path: string): readonly string[] {
  const schema = propertyOf(kind, path);
  if (!schema) return [];
  return [
    `**${path}** of ${kind}${schema.required ? ' (required)' : ''}: ${typeInWords(schema.type)}`,
    schema.doc,
    wordList(wordsOf(schema.type)),
    ...(schema.defaults ?? []).map(defaultInWords),
  ];
}

export function aboutWord(kind: string, path: string, word: string): readonly string[] {
  const schema = propertyOf(kind, path);
  const words = schema ? wordsOf(schema.type) : {};
  const meaning = Object.hasOwn(words, word) ? words[word] : undefined;
  return schema ? [`**${escapeMarkdown(word)}**${meaning ? ` — ${meaning}` : ''}`, `${path}: ${schema.doc}`] : [];
}

/** The words that a type allows, with their meanings. */
export function wordsOf(type: ValueType): Words {
  if (type.is === 'actions') return ACTIONS;
  return 'words' in type ? (type.words ?? {}) : {};
}

const wordList = (words: Words): string =>
  Object.entries(words)
    .map(([word, meaning]) => `- \`${word}\` ${meaning}`)
    .join('\n');

export function defaultInWords({ value, why, source, when }: DefaultValue): string {
  const condition = Object.entries(when ?? {})
    .map(([key, word]) => ` with \`${key}: ${word}\``)
    .join('');
  return `Default${condition}: \`${value}\`, ${why} (${escapeMarkdown(source)}).`;
}

/** A property's doc for completion: the same, shorter. */
export const propertyDoc = (schema: PropertySchema): string =>
  [schema.doc, `Such as \`${schema.example}\`.`, ...(schema.defaults ?? []).map(defaultInWords)].join('\n\n');
