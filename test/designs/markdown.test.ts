import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const { fence, text } = read('syntaxes/markdown-mlsys.tmLanguage.json').repository;

/** A pattern of the grammar as one of ours; `\G` is where the line's own text begins. */
const pattern = (source: string): RegExp => new RegExp(source.replaceAll('\\G', '^'));

/** The lines of a Markdown text that are coloured as a design. */
function designsIn(markdown: string): string[] {
  const found: string[] = [];
  let end: RegExp | undefined;
  for (const line of markdown.split('\n')) {
    const begin = end ? null : pattern(fence.begin).exec(line);
    if (begin) end = pattern(fence.end.replaceAll('\\1', begin[1]!));
    else if (end?.test(line)) end = undefined;
    else if (end && pattern(text.while).test(line)) found.push(line);
  }
  return found;
}

describe('designs in Markdown', () => {
  test.each([
    ['a fence', '```mlsys\nparam a = 1\n```\ntext', ['param a = 1']],
    ['tildes, blanks, attributes and capitals', '  ~~~ MLSys title="x"\n  param a = 1\n  ~~~\ntext', ['  param a = 1']],
    ['an attribute list', '```{.mlsys}\nparam a = 1\n```', ['param a = 1']],
    ['a long fence around a short one', '````mlsys\n```\nparam a = 1\n````\ntext', ['param a = 1']],
    ['what is left open up to the fence', '```mlsys\n/* open\n```\ntext', ['/* open']],
    ['another language', '```mlsysx\nparam a = 1\n```\n```js\nparam b = 1\n```\n`mlsys`', []],
  ])('%s', (_, markdown, lines) => {
    expect(designsIn(markdown)).toEqual(lines);
  });

  test('are coloured by the grammar of designs, inside of VS Code’s Markdown', () => {
    const { contributes } = read('package.json');
    const [own, injected] = contributes.grammars;
    expect(text.patterns).toEqual([{ include: own.scopeName }]);
    expect(injected).toMatchObject({
      scopeName: read(injected.path).scopeName,
      injectTo: ['text.html.markdown'],
      embeddedLanguages: { [text.contentName]: own.language },
    });
  });
});
