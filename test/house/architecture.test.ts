import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/**
 * The arrows of ARCHITECTURE.md ("Walls"): a file may import from its own layer and from the layers before it. The longest
 * prefix decides which layer a file belongs to.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['language/units', 'language/generated'],
  ['language/schema'],
  ['language/syntax'],
  ['language/model', 'language/text.ts'],
  ['language/catalog'],
  ['language/model/build.ts'],
  ['language/estimate'],
  ['language/rules', 'language/views', 'language/export'],
  [
    'language/describe.ts',
    'language/report.ts',
    'language/settings.ts',
    'language/solve',
    'language/format.ts',
    'language/format',
    'language/editor',
    'language/workspace.ts',
    'language/textmate.ts',
  ],
  ['language/index.ts'],
  ['server'],
  ['client'],
];

const layerOf = (file: string): number => {
  const fits = LAYERS.flatMap((prefixes, i) =>
    prefixes.filter((p) => file === p || file.startsWith(`${p}/`)).map((p) => ({ i, length: p.length })),
  );
  return fits.sort((a, b) => b.length - a.length)[0]?.i ?? -1;
};

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts'))
    .map((f) => join(folder, f));
}

function importsOf(file: string): { path: string; types: boolean }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm)].map((m) => ({
    path: m[2]!,
    types: m[1] !== undefined,
  }));
}

const inside = (file: string, path: string): string | undefined =>
  path.startsWith('.')
    ? relative(ROOT, resolve(ROOT, dirname(file), path))
    : path.startsWith('#')
      ? path.slice(1)
      : undefined;

const WALL =
  'ARCHITECTURE.md, "Walls": arrows go one way, units <- schema <- syntax <- model <- catalog <- estimate <- rules | views | export <- workspace <- index <- server; client takes types only.';

test('arrows go one way', () => {
  const wrong = ['language', 'server', 'client']
    .flatMap(filesIn)
    .filter((f) => f !== 'language/generate.ts')
    .flatMap((file) =>
      importsOf(file).flatMap(({ path, types }) => {
        const target = inside(file, path);
        if (!target || (file.startsWith('client') && !types && target.startsWith('client'))) return [];
        const [from, to] = [layerOf(file), layerOf(target)];
        if (file.startsWith('client') && target.startsWith('server') && !types && target !== 'server/protocol.ts')
          return [`${file} imports ${target}`];
        return to < 0 || to > from ? [`${file} imports ${target}`] : [];
      }),
    );
  expect(wrong, WALL).toEqual([]);
});

test('rules, views and exporters never import each other', () => {
  const rooms = ['language/rules', 'language/views', 'language/export'].filter((folder) =>
    existsSync(join(ROOT, folder)),
  );
  const wrong = rooms.flatMap((folder) =>
    filesIn(folder).flatMap((file) =>
      importsOf(file).flatMap(({ path, types }) => {
        const target = inside(file, path) ?? '';
        return !types && rooms.some((other) => other !== folder && target.startsWith(`${other}/`))
          ? [`${file} imports ${target}`]
          : [];
      }),
    ),
  );
  expect(wrong, WALL).toEqual([]);
});

test('the language imports nothing but itself and the libraries that are pure', () => {
  const pure = ['langium', 'fastest-levenshtein', 'jstat'];
  const wrong = filesIn('language')
    .filter((f) => f !== 'language/generate.ts' && !f.startsWith('language/generated'))
    .flatMap((file) =>
      importsOf(file).flatMap(({ path }) =>
        inside(file, path) || pure.includes(path) ? [] : [`${file} imports ${path}`],
      ),
    );
  expect(wrong, 'ARCHITECTURE.md, "Walls": the language is text in, data out: no Node, no DOM, no VS Code.').toEqual(
    [],
  );
});

test('only the client imports vscode', () => {
  const wrong = ['language', 'server']
    .flatMap(filesIn)
    .filter((file) => importsOf(file).some(({ path }) => path === 'vscode'));
  expect(wrong).toEqual([]);
});

test('only syntax and lowering see the syntax tree', () => {
  const wrong = filesIn('language')
    .filter((f) => !/^language\/(generated|syntax|model\/lower)\//.test(f))
    .filter((file) => importsOf(file).some(({ path }) => /generated\/(ast|module|grammar)/.test(path)));
  expect(wrong, 'ARCHITECTURE.md, "Walls": rules, estimators and views are functions of the design.').toEqual([]);
});
