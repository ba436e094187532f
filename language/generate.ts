// Writes what is generated beside the grammar: the catalog as a module, for the language itself reads no files.
// `node language/generate.ts` writes, `--check` compares and fails on a difference. (Langium's own output: see package.json.)
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const files = readdirSync(join(here, 'catalog')).filter((f) => f.endsWith('.mlsys')).sort();
const rows = files.map((name) => `  { name: ${JSON.stringify(name)}, text: ${JSON.stringify(readFileSync(join(here, 'catalog', name), 'utf8'))} },`);
const text = `// Written by language/generate.ts from language/catalog/*.mlsys. Do not edit.\nexport const CATALOG_FILES: readonly { readonly name: string; readonly text: string }[] = [\n${rows.join('\n')}\n];\n`;
const target = join(here, 'generated/catalog.ts');

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('language/generated/catalog.ts is not what language/catalog says: run `npm run generate`.');
    process.exit(1);
  }
} else writeFileSync(target, text);
