import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ESTIMATORS } from '#language/estimate/index.ts';
import { RULES } from '#language/rules/index.ts';
import type { Room } from './page.ts';

export const LANGUAGE = join(import.meta.dirname, '../../language');

export interface RoomFiles extends Room {
  readonly code: string;
  readonly page: string;
}

/** The file of an estimator: its quantity's name, or what the quantities of a family share (`latency` of `latency_p50`, `latency_p99`). */
export function estimatorRoom(quantities: readonly string[]): RoomFiles {
  const [kind = '', first = ''] = quantities[0]!.split('.');
  const names = [first, ...prefixes(first)];
  const name = names.find((n) => existsSync(join(LANGUAGE, 'estimate', kind, `${n}.ts`))) ?? first;
  const path = join('estimate', kind, name);
  return { is: 'estimator', name: `${kind}.${name}`, code: `${path}.ts`, page: `${path}.md` };
}

const prefixes = (name: string): string[] =>
  name
    .split('_')
    .map((_, i, all) => all.slice(0, i + 1).join('_'))
    .reverse();

export const ruleRoom = (name: string): RoomFiles => ({
  is: 'rule',
  name,
  code: `rules/${name}.ts`,
  page: `rules/${name}.md`,
});

export const viewRoom = (id: string): RoomFiles => ({
  is: 'view',
  name: id,
  code: `views/${id}.ts`,
  page: `views/${id}.md`,
});

/** Every room of the house, from the folders' own lists. */
export async function rooms(): Promise<RoomFiles[]> {
  const views = existsSync(join(LANGUAGE, 'views/index.ts')) ? (await import('#language/views/index.ts')).VIEWS : [];
  return [
    ...RULES.map((r) => ruleRoom(r.name)),
    ...ESTIMATORS.map((e) => estimatorRoom(e.quantities)),
    ...views.map((v) => viewRoom(v.id)),
  ];
}

/** Pages on disk, relative to `language/`. A README is about a folder, not a room. */
export function pagesOnDisk(): string[] {
  return ['rules', 'estimate', 'views'].flatMap((folder) =>
    readdirSync(join(LANGUAGE, folder), { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.md') && !f.endsWith('README.md'))
      .map((f) => join(folder, f)),
  );
}
