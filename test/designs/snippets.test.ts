import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { format } from '#language/format.ts';
import { Workspace } from '#language/workspace.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const ROOT = join(import.meta.dirname, '../..');
const snippets: Readonly<Record<string, Snippet>> = JSON.parse(
  readFileSync(join(ROOT, 'syntaxes/snippets.json'), 'utf8'),
);

const PLACE = /\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)\}|\$(\d+)/g;

/** What stands in the text when somebody accepts a snippet and every place to fill in as it is, by the n-th choice of each. */
function accepted({ body }: Snippet, choice = 0): string {
  const values = new Map([['0', '']]);
  const text = body.join('\n');
  for (const [, place = '', value, choices] of text.matchAll(PLACE)) {
    const given = value ?? choices?.split(',').at(choice % choices.split(',').length);
    if (given !== undefined) values.set(place, given);
  }
  return text.replace(PLACE, (_, place, __, ___, mirror) => {
    const value = values.get(place ?? mirror);
    expect(value, `place ${place ?? mirror}`).toBeDefined();
    return value!;
  });
}

describe.each(Object.entries(snippets))('the snippet %s', (_, snippet) => {
  test.each([0, 1, 2, 3, 4])('has no mistake, with its choices (%i)', (choice) => {
    const { findings, design } = new Workspace().update('file:///a.mlsys', accepted(snippet, choice));
    expect(findings.filter((f) => f.severity === 'error' || /^(syntax|type|name)\//.test(f.rule))).toEqual([]);
    expect(design.nodes.length).toBeGreaterThan(1);
  });

  test('has the form of formatted text', () => {
    expect(format(accepted(snippet))).toEqual([]);
  });

  test('has its places in order, each once', () => {
    const places = [...snippet.body.join('\n').matchAll(/\$\{(\d+)/g)].map(([, n]) => Number(n));
    expect(places).toEqual(places.map((__, i) => i + 1));
    expect(snippet.body.at(-1)).toBe('$0');
  });
});

test('VS Code gets the snippets', () => {
  const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(contributes.snippets).toEqual([{ language: 'mlsys', path: './syntaxes/snippets.json' }]);
});
