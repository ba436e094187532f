import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A rule's page, in Markdown. */
export function pageOf(rule: string): string | undefined {
  if (!/^[a-z-]+\/[a-z-]+$/.test(rule)) return undefined;
  const path = join(packageRoot(), 'language/rules', `${rule}.md`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export const packageVersion = (): string =>
  JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;

/** The folder of this package: where its manifest and the rules' pages are. */
export function packageRoot(): string {
  for (let folder = dirname(realpathSync(process.argv[1]!)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'mlsys') return folder;
    if (folder === dirname(folder)) throw new Error('The package of mlsys is not complete.');
  }
}
