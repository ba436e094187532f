import { catalogNames } from '../catalog/index.ts';
import { KINDS, propertiesOf } from '../schema/index.ts';
import type { PropertySchema } from '../schema/types.ts';
import type { Document } from '../workspace.ts';

/** Text inside of a place to fill in: LSP snippets give `$`, `}` and `\` a meaning. */
export const placeholder = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A whole declaration: its name, and every property that it needs. */
export function declarationSnippet(document: Document, kind: string): string {
  if (kind === 'scenario') return 'scenario ${1:Name} {\n  ${2:peak} = ${3:30k/s}\n}';
  const required = Object.entries(propertiesOf(kind)).filter(([, property]) => property.required);
  const lines = required.map(([key, property], i) => `  ${propertySnippet(document, key, property, i + 2)}\n`);
  return `${kind} \${1:${nameFor(kind)}} {\n${lines.join('') || '  $0\n'}}`;
}

/** `OnlineStore` for what the schema's example calls it */
const nameFor = (kind: string): string =>
  /^\w+\s+(\w+)/.exec(KINDS.find((k) => k.kind === kind)?.example ?? '')?.[1] ?? 'Name';

/** A property with its value to fill in: a choice of words, a name that exists, or the schema's example. */
export function propertySnippet(document: Document, key: string, property: PropertySchema, index = 1): string {
  const { type, example } = property;
  if (type.is === 'columns') return `${key} { \${${index}:name: int32} }`;
  if (type.is === 'block') return `${key} { \${${index}:${placeholder(firstOf(type.properties))}} }`;
  if (type.is === 'word' && !type.open) return `${key}: \${${index}|${Object.keys(type.words).join(',')}|}`;
  if (type.is === 'truth') return `${key}: \${${index}|true,false|}`;
  if (type.is === 'reference')
    return `${key}: \${${index}:${placeholder(nameOf(document, type.kinds) ?? (type.open ? example : ''))}}`;
  return `${key}: \${${index}:${placeholder(example)}}`;
}

function firstOf(properties: Readonly<Record<string, PropertySchema>>): string {
  const [key, property] = Object.entries(properties)[0] ?? [];
  return key && property ? `${key}: ${property.example}` : '';
}

const nameOf = ({ design }: Document, kinds: readonly string[]): string | undefined =>
  design.visible.find((n) => kinds.includes(n.kind))?.name ??
  (kinds.includes('model') ? catalogNames().find((row) => kinds.includes(row.kind))?.name : undefined);
