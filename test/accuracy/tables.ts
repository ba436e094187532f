import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Published measurements that lie beside the repository; undefined where they do not. */
export const SHARED: string | undefined = [
  process.env.MLSYS_TRUTH,
  join(import.meta.dirname, '../../../shared/truth'),
].find((folder) => folder !== undefined && existsSync(join(folder, 'FORMULAS.md')));

export type Row = Readonly<Record<string, string>>;

/** A table that lies beside the repository. */
export const sharedTable = (file: string): Row[] => (SHARED === undefined ? [] : read(join(SHARED, file)));

/** A table that the repository holds. */
export const publishedTable = (file: string): Row[] => read(join(import.meta.dirname, 'published', file));

const tables = new Map<string, Row[]>();

function read(path: string): Row[] {
  const known = tables.get(path);
  if (known) return known;
  const [head = [], ...lines] = parsed(readFileSync(path, 'utf8'));
  const rows = lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])));
  tables.set(path, rows);
  return rows;
}

/** Comma-separated values as in RFC 4180; lines that begin with # are comments. */
function parsed(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
        m[1] === undefined ? m[2]! : m[1].replaceAll('""', '"'),
      ),
    );
}
