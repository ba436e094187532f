import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOG_FILES } from '#language/generated/catalog.ts';
import { changed, format, formatFile } from '#language/format.ts';
import { readSource } from '#language/model/source-file.ts';
import { figuresOf } from '#language/report.ts';
import { lexemesOf } from '#language/syntax/parser.ts';
import { Workspace } from '#language/workspace.ts';

const EXAMPLES = join(import.meta.dirname, '../designs/examples');
const texts = readdirSync(EXAMPLES)
  .filter((f) => f.endsWith('.mlsys'))
  .map((f) => readFileSync(join(EXAMPLES, f), 'utf8'));

/** Every form of a value, close together. */
const FORMS = `import "./other.mlsys"
// above
param a=(2+3)*max( 1 ,2 )^2/1d   // behind
param b = 12 h..15 h
param c = p50 8ms p99 20ms
param d = 1/7 x L4, 8 x H100 /* two */
require S.latency.p99<50ms "why: {x}"
request R { traffic:1500  tokens/s*-a flow : A->(B[ 50 ]&5%*~C)-> D  budget:p99<=50ms }
features F { entity:E type:batch
      source: S@2
  schema { x:float32[ 64 ]   y: category( 9 ) } }
experiment X {
  primary: rate baseline 5% mde -10%
  sequential: pocock(3)

  decision {

    ship: rate<4%
  }
}
scenario Q { S.replicas=2*base+ceil (a)
 a=5%..7% }
`;

const formatted = (text: string): string => changed(text, format(text));

/** What somebody types, most of it white space and comments. */
const typed = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', ' ', '   ', '\t', '\n', '\n\n\n', '\r\n', '\n    ', ' \n', '\u00A0') },
  { weight: 2, arbitrary: fc.constantFrom('/* c */', ' // c \n', '/** d\n\t* e  \n */', '\n/*\n    x\n  y*/\n', '//') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      '[',
      ':',
      ',',
      '..',
      '-',
      '->',
      '%',
      'h',
      'min',
      '5 h',
      '"',
      '=',
      '@',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
);

const mangled = fc
  .tuple(
    fc.constantFrom(...texts, FORMS, FORMS),
    fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(3), insert: typed }), {
      maxLength: 12,
    }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([text, edits, eol]) =>
    edits
      .reduce((t, { at, remove, insert }) => {
        const start = Math.floor(at * t.length);
        return t.slice(0, start) + insert + t.slice(start + remove);
      }, text)
      .replace(/\r?\n/g, eol),
  );

/** The words, numbers and signs of a document by item, and its comments: all but white space. */
function substance(text: string): unknown {
  const { entries, comments } = readSource('', text);
  const bare = (part: string) => part.replace(/\s+/g, ' ');
  return {
    items: entries.map(({ anchor: { offset }, length, item }) => [
      item.is,
      ...lexemesOf(text.slice(offset, offset + length)).map((lexeme) => `${lexeme.is} ${bare(lexeme.text)}`.trim()),
    ]),
    comments: comments.map(({ start, end }) => bare(text.slice(start, end)).trim()),
  };
}

/** what is written, and what comes of it */
const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  'blanks around signs': ['param a=(2+3)*-max( 1 ,b )^2/1d-1\n', 'param a = (2 + 3) * -max(1, b) ^ 2 / 1d - 1\n'],
  'values of every form': [
    'param a=5ms .. 8ms\nparam b = 1/7  x L4,8  x H100\nparam c=1500  tokens\nrequire S . latency.p99<50ms"why"\n',
    'param a = 5ms..8ms\nparam b = 1/7 x L4, 8 x H100\nparam c = 1500 tokens\nrequire S.latency.p99 < 50ms"why"\n',
  ],
  'a unit that a dot would cut off': ['param a = 12 h .. 15 h\n', 'param a = 12 h .. 15 h\n'],
  flows: [
    'request R {\nflow:A->(B [50]&2*C)->5% *  ~ D\n}\n',
    'request R {\n  flow: A -> (B[50] & 2 * C) -> 5% * ~D\n}\n',
  ],
  'an effect with its sign': [
    'experiment E { primary:rate baseline 5% mde -10% }\n',
    'experiment E { primary: rate baseline 5% mde -10% }\n',
  ],
  'two blanks between the properties of a line, and columns as they are': [
    'model A   { params:1M task :ranking     tags: x }\nmodel Bcd { }\nmodel E  {\n}\n',
    'model A   { params: 1M  task: ranking     tags: x }\nmodel Bcd { }\n\nmodel E {\n}\n',
  ],
  'two blanks a level, one more in a value of several lines': [
    'features F {\n      schema {\n\tx: int32\n}\n  source: A,\nB\n   tech:\n Flink }\nrequest R {\nflow: A -> (\nB\n& C\n) -> D\n}\n',
    'features F {\n  schema {\n    x: int32\n  }\n  source: A,\n    B\n  tech:\n    Flink }\n\nrequest R {\n  flow: A -> (\n    B\n    & C\n  ) -> D\n}\n',
  ],
  'blank lines': [
    '\n\nparam a = 1\n\n\n\nparam b = 2\n// of S\nsource S {\n\n  type: stream\n\n\n  rate: 1/s\n\n}\nparam c = 3',
    'param a = 1\n\nparam b = 2\n\n// of S\nsource S {\n  type: stream\n\n  rate: 1/s\n}\n\nparam c = 3\n',
  ],
  'comments, moved with what they stand at': [
    '  /**\n     Text\n       of two lines  \n   */\nparam a = 1      // far   \n   /* x\n   * y\n   */\nmodel A {\n// in\n params:/* how many */1M\n}\n',
    '/**\n   Text\n     of two lines  \n */\nparam a = 1      // far\n\n/* x\n * y\n */\nmodel A {\n  // in\n  params: /* how many */ 1M\n}\n',
  ],
  'line ends and a byte order mark as they are': [
    '\uFEFFparam a=1 \r\n\r\n\r\nmodel A {\r\nparams:1M\r\n}',
    '\uFEFFparam a = 1\r\n\r\nmodel A {\r\n  params: 1M\r\n}\r\n',
  ],
  'what cannot be read stays': [
    'param a=1\n\n\n   model A {\n params:;\n   }\n\n\nsource  S{ type:stream }\n',
    'param a = 1\n\n\n   model A {\n params:;\n   }\n\n\nsource S { type: stream }\n',
  ],
  'nothing but white space': [' \n\t\n', ''],
};

describe('formatting', () => {
  test.each(Object.entries(SHAPES))('%s', (_, [before, after]) => {
    expect(formatted(before)).toBe(after);
    expect(formatted(after)).toBe(after);
  });

  test('leaves the examples and the catalog as they are', () => {
    for (const text of [...texts, ...CATALOG_FILES.filter((f) => f.name === 'models.mlsys').map((f) => f.text)])
      expect(formatted(text)).toBe(text);
  });

  test('of a range touches its lines and no other, and of all lines is that of the whole', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(mangled, place, place, (text, from, to) => {
        const range = {
          start: Math.floor(Math.min(from, to) * text.length),
          end: Math.floor(Math.max(from, to) * text.length),
        };
        const above = text.slice(0, text.slice(0, range.start).lastIndexOf('\n') + 1);
        const below = text.slice(text.indexOf('\n', range.end) < 0 ? text.length : text.indexOf('\n', range.end));
        const made = changed(text, formatFile(readSource('', text), range));
        expect(made.startsWith(above)).toBe(true);
        expect(made.endsWith(below)).toBe(true);
        expect(formatFile(readSource('', text), { start: 0, end: text.length })).toEqual(format(text));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps items with mistakes of syntax byte for byte', () => {
    fc.assert(
      fc.property(mangled, (text) => {
        const document = new Workspace().update('file:///a.mlsys', text);
        const mistakes = document.findings
          .filter((f) => f.rule === 'syntax/error')
          .map((f) => f.at.at.offset + f.at.start);
        const broken = document.file.entries
          .map(({ anchor: { offset }, length }) => ({ start: offset, end: offset + length }))
          .filter(({ start, end }) => mistakes.some((at) => at >= start && at < end));
        for (const { start, end } of format(text))
          expect(broken.some((item) => start < item.end && end > item.start)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('done twice is done once', () => {
    fc.assert(
      fc.property(mangled, (text) => {
        expect(format(formatted(text))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('keeps every word, number, sign and comment', () => {
    fc.assert(
      fc.property(mangled, (text) => {
        expect(substance(formatted(text))).toEqual(substance(text));
      }),
      { numRuns: 100 },
    );
  });

  test('keeps every finding and every figure', () => {
    const meaning = (text: string) => {
      const document = new Workspace().update('file:///a.mlsys', text);
      const findings = document.findings.map(
        ({ rule, severity, subject, scenario, message }) =>
          `${rule} ${severity} ${subject} ${scenario} ${message.replace(/\s/g, '')}`,
      );
      const figures = figuresOf(document.analysis()).map(({ subject, quantity, answer }) => [
        `${subject} ${quantity}`,
        'value' in answer ? answer.value : answer.missing,
      ]);
      return { findings, figures };
    };
    fc.assert(
      fc.property(mangled, (text) => {
        expect(meaning(formatted(text))).toEqual(meaning(text));
      }),
      { numRuns: 30 },
    );
  });
});
