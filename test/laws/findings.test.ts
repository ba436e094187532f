import { describe, expect, test } from 'vitest';
import { changed, format } from '#language/format.ts';
import { readSource } from '#language/model/source-file.ts';
import { editsOf } from '#language/rules/edits.ts';
import type { Finding, Fix } from '#language/rules/rule.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { designs, open, said } from './designs.ts';

const all = (document: Document): string[] => document.findings.map(said).sort();

const lineOf = (document: Document, f: Finding): number => document.lines.range(f.at).start.line;

describe('a suppression silences its rule on its line, and changes no other finding', () => {
  test.each(designs)('%s', (_, text) => {
    const document = open(text);
    const known = document.findings.filter((f) => f.rule !== 'style/unused-suppression');
    const places = new Map(known.map((f) => [`${f.rule} ${lineOf(document, f)}`, f]));
    for (const f of places.values()) {
      const line = lineOf(document, f);
      const rows = text.split('\n');
      const after = open(rows.toSpliced(line, 0, `// mlsys-ignore ${f.rule}: meant`).join('\n'));
      const left = document.findings.filter((g) => g.rule !== f.rule || lineOf(document, g) !== line);
      expect(all(after), `${f.rule} on line ${line + 1}`).toEqual(left.map(said).sort());
    }
  });
});

/** Order is what these are about: of two of one name the second is wrong, and a circle is told from the first of its members. */
const ORDERED = /^(name\/duplicate|name\/cycle|syntax\/.*)$/;

describe('the order of declarations changes no finding', () => {
  const unordered = designs.filter(
    ([, text]) => !text.includes('mlsys-ignore') && open(text).findings.every((f) => !ORDERED.test(f.rule)),
  );
  test.each(unordered)('%s', (_, text) => {
    const items = readSource('', text).entries.map(({ anchor, length }) =>
      text.slice(anchor.offset, anchor.offset + length),
    );
    const written = all(open(items.join('\n')));
    const half = Math.floor(items.length / 2);
    for (const order of [items.toReversed(), [...items.slice(half), ...items.slice(0, half)]])
      expect(all(open(order.join('\n')))).toEqual(written);
  });
});

test('the order of files and of imports changes no finding', () => {
  const files = {
    'load.mlsys': 'param peak = 2k/s\nrequest Search { traffic: peak  flow: Rank -> ~Review }\n',
    'model.mlsys': 'model Ranker { params: 100M }\ncluster Pool { pool: 8 x L4 }\n',
    'review.mlsys': 'import "./load.mlsys"\nservice Review { type: human_review  capacity: 20/s }\n',
  };
  const main = (imports: readonly string[]) =>
    `${imports.map((file) => `import "./${file}"\n`).join('')}serving Rank { model: Ranker  hardware: 1 x L4  replicas: 25  latency: 20ms }\nscenario Sale { peak = 2 * base }\n`;
  const uri = (file: string) => `file:///designs/${file}`;
  const findings = (order: readonly string[]) => {
    const workspace = new Workspace();
    const [first, ...others] = order;
    workspace.update(uri(first!), files[first as keyof typeof files]);
    workspace.update(uri('main.mlsys'), main(order));
    for (const file of others) workspace.update(uri(file), files[file as keyof typeof files]);
    return ['main.mlsys', ...order]
      .map((file) => workspace.document(uri(file))!)

      .flatMap((d) => d.findings.map(said))
      .sort();
  };
  const names = Object.keys(files);
  const written = findings(names);
  expect(written.length).toBeGreaterThan(2);
  expect(findings(names.toReversed())).toEqual(written);
  expect(findings([names[1]!, names[0]!, names[2]!])).toEqual(written);
});

describe('formatting changes no finding', () => {
  test.each(designs)('%s', (_, text) => {
    expect(all(open(changed(text, format(text))))).toEqual(all(open(text)));
  });
});

/** The text with fixes applied in their order; one that touches what another has changed waits for the next round. */
function applied(document: Document, fixes: readonly Fix[]): string {
  const taken: { start: number; end: number; newText: string }[] = [];
  for (const fix of fixes) {
    const edits = editsOf(document.lines, fix).map(({ range, newText }) => ({
      start: document.lines.offset(range.start),
      end: document.lines.offset(range.end),
      newText,
    }));
    if (edits.every((e) => taken.every((t) => areApart(e, t)))) taken.push(...edits);
  }
  return taken
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, newText }) => text.slice(0, start) + newText + text.slice(end), document.text);
}

interface Taken {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Two different insertions at one place are fine: a body gets both lines. */
function areApart(a: Taken, b: Taken): boolean {
  if (a.start === a.end && b.start === b.end && a.start === b.start) return a.newText !== b.newText;
  return a.end < b.start || a.start > b.end;
}

const ROUNDS = 5;

describe('fixes converge: all that can be mended is, within five rounds', () => {
  test.each(designs.flatMap(([name, text]) => [0, 1, 2].map((choice) => [name, choice, text] as const)))(
    '%s, choice %i',
    (_, choice, text) => {
      let document = open(text);
      const said: string[] = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const fixable = document.findings.filter((f) => f.fixes.length > 0);
        said.push(fixable.map((f) => `${f.rule}: ${f.message} -> ${chosen(f, choice).title}`).join('\n'));
        if (fixable.length === 0) return;
        document = open(
          applied(
            document,
            fixable.map((f) => chosen(f, choice)),
          ),
        );
      }
      expect.fail(`after ${ROUNDS} rounds:\n${said.join('\n--\n')}`);
    },
  );
});

const chosen = ({ fixes }: Finding, choice: number): Fix => fixes[Math.min(choice, fixes.length - 1)]!;
