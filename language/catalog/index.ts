import { CATALOG_FILES } from '../generated/catalog.ts';
import type { Node } from '../model/design.ts';
import { lowerItem } from '../model/lower/item.ts';
import { kindOf } from '../schema/index.ts';
import { cut, type Segment } from '../syntax/segments.ts';

export const CATALOG_SCHEME = 'mlsys-catalog';

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly uri: string;
  readonly segment: Segment;
  readonly text: string;
  node?: Node;
}

let rows: Map<string, Row> | undefined;

/** Every catalog entry by name. Cut at once, lowered one by one when asked for: most designs use a handful. */
function all(): Map<string, Row> {
  if (rows) return rows;
  rows = new Map();
  for (const file of CATALOG_FILES) {
    const uri = `${CATALOG_SCHEME}:/${file.name}`;
    for (const segment of cut(file.text, (word) => kindOf(word) !== undefined).segments) {
      if (segment.is !== 'declaration') continue;
      const text = file.text.slice(segment.start, segment.end);
      const head = /(?:^|\*\/)\s*([A-Za-z_]\w*)\s+([A-Za-z_]\w*)\s*\{/.exec(text);
      if (head) rows.set(head[2]!, { kind: head[1]!, name: head[2]!, uri, segment, text });
    }
  }
  return rows;
}

function nodeOf(row: Row): Node {
  if (!row.node) {
    const item = lowerItem(row.segment, row.text, { uri: row.uri, offset: row.segment.start });
    if (item.is !== 'node') throw new Error(`the catalog's ${row.name} cannot be read`);
    row.node = item.node;
  }
  return row.node;
}

export function catalogEntry(name: string): Node | undefined {
  const row = all().get(name);
  return row && nodeOf(row);
}

/** Entries of one kind, in the catalog's order; with `about`, only those whose text has that name, so that the others need not be read. */
export function catalogOf(kind: string, about?: string): readonly Node[] {
  const names = about === undefined ? undefined : new RegExp(`\\b${about}\\b`);
  return [...all().values()].filter((r) => r.kind === kind && (!names || names.test(r.text))).map(nodeOf);
}

/** Names and kinds alone, for completion and spelling: nothing is lowered. */
export const catalogNames = (): readonly { readonly name: string; readonly kind: string }[] => [...all().values()];

export const isCatalogUri = (uri: string): boolean => uri.startsWith(`${CATALOG_SCHEME}:`);

/** The text of a catalog file by its URI. */
export const catalogText = (uri: string): string | undefined =>
  CATALOG_FILES.find((f) => uri === `${CATALOG_SCHEME}:/${f.name}`)?.text;
