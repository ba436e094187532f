import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../language');

const codeOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.ts'))
    .map((f) => join(folder, f));

const catalogued = [...readFileSync(join(ROOT, 'catalog/models.mlsys'), 'utf8').matchAll(/^model (\w+)/gm)].map(
  (m) => m[1]!,
);

test('no estimate depends on the name of a model: what is known of one stands in the catalog', () => {
  expect(catalogued.length).toBeGreaterThan(80);
  const keyed = codeOf('estimate').flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    // a source may speak of a model that was measured: what counts is a name that is compared with, or looked up by
    return catalogued
      .filter((name) => new RegExp(`['"\`]${name}['"\`]|\\b${name}\\s*:`).test(text))
      .map((name) => `${file} names ${name}`);
  });
  expect(keyed).toEqual([]);
});

test('no estimate reads the name of a model', () => {
  const asked = codeOf('estimate').flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return [...text.matchAll(/model\??\.name\s*(===|!==|\.(includes|startsWith|match)|\])/g)].map(
      (m) => `${file}: ${m[0]}`,
    );
  });
  expect(asked).toEqual([]);
});
