import { describe, expect, test } from 'vitest';
import { KINDS, propertiesOf } from '#language/schema/index.ts';
import type { PropertySchema } from '#language/schema/types.ts';
import { Workspace } from '#language/workspace.ts';

/** What the schema shows as examples is what the language reads. */
const wrong = (text: string): string[] =>
  new Workspace()
    .update('file:///a.mlsys', text)
    .findings.filter((f) => /^(syntax|type)\//.test(f.rule) && f.rule !== 'type/missing-property')
    .map((f) => `${f.rule}: ${f.message}`);

const written = (key: string, { type, example }: PropertySchema): string =>
  type.is === 'columns' || type.is === 'block' ? `${key} ${example}` : `${key}: ${example}`;

describe('examples of the schema are read without a finding', () => {
  for (const { kind, example } of KINDS) {
    if (kind === 'scenario') continue;
    test(kind, () => {
      expect(wrong(example)).toEqual([]);
      const properties = Object.entries(propertiesOf(kind));
      for (const [key, property] of properties)
        expect(wrong(`${kind} A { ${written(key, property)} }`), `${kind}.${key}`).toEqual([]);
      expect(wrong(`${kind} A {\n${properties.map(([key, p]) => `  ${written(key, p)}`).join('\n')}\n}\n`)).toEqual([]);
    });

    test(`${kind}: every word that a property allows`, () => {
      for (const [key, { type }] of Object.entries(propertiesOf(kind))) {
        const words =
          type.is === 'word' || type.is === 'words' || type.is === 'reference' || type.is === 'quantity'
            ? (type.words ?? {})
            : {};
        const calls = type.is === 'word' ? (type.call ?? []) : [];
        for (const word of Object.keys(words)) {
          const value = calls.includes(word) ? `${word}(4)` : word;
          expect(wrong(`${kind} A { ${key}: ${value} }`), `${kind}.${key}: ${value}`).toEqual([]);
        }
      }
    });
  }
});
