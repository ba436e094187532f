import { propertyOf } from '../schema/index.ts';
import type { DefaultValue } from '../schema/types.ts';
import type { Anchor, Property, Value } from './design.ts';
import { lowerItem } from './lower/item.ts';

export interface Preset {
  readonly value: Value;
  readonly why: string;
  readonly source: string;
}

const NOWHERE: Anchor = { uri: 'mlsys-default:/', offset: 0 };
const cache = new Map<string, Value | undefined>();

/** The schema's default of a property (`utilization`, `batching.max`). `word` gives the words of the declaration's other properties. */
export function defaultOf(kind: string, path: string, word: (key: string) => string | undefined): Preset | undefined {
  const defaults = propertyOf(kind, path)?.defaults;
  const row = defaults?.find((d) => holds(d, word));
  const value = row && read(kind, path, row.value);
  return row && value && { value, why: row.why, source: row.source };
}

const holds = (row: DefaultValue, word: (key: string) => string | undefined): boolean =>
  Object.entries(row.when ?? {}).every(([key, expected]) => word(key) === expected);

/** a default is written in the language, and read by it */
function read(kind: string, path: string, text: string): Value | undefined {
  const id = `${kind}.${path}=${text}`;
  if (!cache.has(id)) cache.set(id, lowered(kind, path, text));
  return cache.get(id);
}

function lowered(kind: string, path: string, text: string): Value | undefined {
  const keys = path.split('.');
  const body = keys.length === 2 ? `${keys[0]} { ${keys[1]}: ${text} }` : `${path}: ${text}`;
  const source = `${kind} X { ${body} }`;
  const item = lowerItem({ is: 'declaration', start: 0, end: source.length }, source, NOWHERE);
  if (item.is !== 'node') return undefined;
  const outer: Property | undefined = item.node.properties.get(keys[0]!);
  return keys.length === 2
    ? outer?.value.form === 'block'
      ? outer.value.properties.get(keys[1]!)?.value
      : undefined
    : outer?.value;
}
