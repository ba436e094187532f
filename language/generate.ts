// Writes everything that is generated: Langium's parser tables, the catalog as a module (the language reads no files), the
// TextMate grammar. `npm run generate` writes; with `--check` it compares and fails on a difference.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { textMateGrammar } from './textmate.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

/** target, relative to the root, and what it should say */
const outputs = new Map<string, string>([
  ...langium(),
  ['language/generated/catalog.ts', catalog()],
  ['syntaxes/mlsys.tmLanguage.json', `${JSON.stringify(textMateGrammar(), null, 2)}\n`],
]);

const stale = [...outputs]
  .filter(([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text)
  .map(([path]) => path);
if (!check) for (const path of stale) writeFileSync(join(root, path), outputs.get(path)!);
for (const path of stale)
  console.log(check ? `${path} is not what its source says: run \`npm run generate\`` : `wrote ${path}`);
if (check && stale.length > 0) process.exit(1);

/** Langium writes into a scratch folder inside node_modules, so that a check changes nothing. */
function langium(): [string, string][] {
  const scratch = join(root, 'node_modules/.cache/mlsys-langium');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const config = JSON.parse(readFileSync(join(root, 'langium-config.json'), 'utf8')) as {
    languages: { grammar: string }[];
    out: string;
  };
  const target = config.out;
  for (const language of config.languages) language.grammar = relative(scratch, join(root, language.grammar));
  writeFileSync(join(scratch, 'config.json'), JSON.stringify({ ...config, out: 'out' }));
  const cli = join(root, 'node_modules/langium-cli/bin/langium.js');
  const run = spawnSync(process.execPath, [cli, 'generate', '-f', join(scratch, 'config.json')], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`langium generate failed\n${run.stdout}${run.stderr}`);
  const out = join(scratch, 'out');
  return readdirSync(out).map((file) => [`${target}/${file}`, readFileSync(join(out, file), 'utf8')]);
}

function catalog(): string {
  const folder = join(root, 'language/catalog');
  const files = readdirSync(folder)
    .filter((f) => f.endsWith('.mlsys'))
    .sort();
  const rows = files.map(
    (name) => `  { name: ${JSON.stringify(name)}, text: ${JSON.stringify(readFileSync(join(folder, name), 'utf8'))} },`,
  );
  return `// Written by language/generate.ts from language/catalog/*.mlsys. Do not edit.\nexport const CATALOG_FILES: readonly { readonly name: string; readonly text: string }[] = [\n${rows.join('\n')}\n];\n`;
}
