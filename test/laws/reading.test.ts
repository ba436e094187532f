import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '#language/model/design.ts';
import { readSource, type SourceFile } from '#language/model/source-file.ts';
import { Workspace } from '#language/workspace.ts';

const EXAMPLES = join(import.meta.dirname, '../designs/examples');
const texts = readdirSync(EXAMPLES)
  .filter((f) => f.endsWith('.mlsys'))
  .map((f) => readFileSync(join(EXAMPLES, f), 'utf8'));
const text = fc.constantFrom(...texts);

/** A file as plain data with absolute offsets, to compare two readings of one text. */
function flat(file: SourceFile): unknown {
  const isSpan = (v: unknown): v is Span =>
    typeof v === 'object' && v !== null && 'at' in v && 'start' in v && 'end' in v;
  const walk = (v: unknown): unknown => {
    if (isSpan(v)) return [v.at.uri, v.at.offset + v.start, v.at.offset + v.end];
    if (v instanceof Map) return [...v].map(([k, x]) => [k, walk(x)]);
    if (Array.isArray(v)) return v.map(walk);
    if (typeof v === 'object' && v !== null) return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, walk(x)]));
    return v;
  };
  return walk({
    ...file,
    entries: file.entries.map((e) => ({ identity: e.identity, offset: e.anchor.offset, item: e.item })),
  });
}

interface Change {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(40),
  insert: fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom(
      '\n',
      '}',
      '{',
      '"',
      '/*',
      '*/',
      '//',
      ' x ',
      '12k/s',
      'model A { params: 3B }\n',
      'param q = 3\n',
      'replicas: 4\n',
      'serving ',
      '(',
      '\r\n',
      '\uFEFF',
    ),
  ),
});

const apply = (before: string, { at, remove, insert }: Change): string => {
  const start = Math.floor(at * before.length);
  return before.slice(0, start) + insert + before.slice(start + remove);
};

describe('reading', () => {
  test('an edit gives what reading the text anew gives', () => {
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 8 }), (start, changes) => {
        let now = start;
        let file = readSource('file:///a.mlsys', now);
        for (const c of changes) {
          now = apply(now, c);
          file = readSource('file:///a.mlsys', now, file);
        }
        expect(flat(file)).toEqual(flat(readSource('file:///a.mlsys', now)));
      }),
      { numRuns: 150 },
    );
  });

  test('nothing throws, whatever the text: findings, figures and all', () => {
    fc.assert(
      fc.property(text, fc.array(change, { minLength: 1, maxLength: 12 }), (start, changes) => {
        const broken = changes.reduce(apply, start);
        const document = new Workspace().update('file:///a.mlsys', broken);
        for (const finding of document.findings) {
          const { start: from, end } = document.lines.range(finding.at);
          expect(document.lines.offset(from)).toBeLessThanOrEqual(document.lines.offset(end));
          expect(finding.message.length).toBeGreaterThan(5);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a mistake inside one declaration costs no other its lowered form', () => {
    fc.assert(
      fc.property(
        text,
        fc.nat(),
        fc.constantFrom('@', ': :', '"', '(', '3 3 3', ';;', '->', 'p99.9', '#', '= ='),
        (whole, pick, mistake) => {
          const before = readSource('file:///a.mlsys', whole);
          const nodes = before.entries.filter((e) => e.item.is === 'node');
          const victim = nodes[pick % nodes.length]!;
          if (victim.item.is !== 'node') return;
          const at = victim.anchor.offset + victim.item.node.bodySpan.start + 1;
          const after = readSource('file:///a.mlsys', `${whole.slice(0, at)} ${mistake} ${whole.slice(at)}`, before);
          expect(after.entries.length).toBe(before.entries.length);
          after.entries.forEach((entry, i) => {
            if (before.entries[i] !== victim) expect(entry).toBe(before.entries[i]);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test('a missing brace ends at the next declaration', () => {
    for (const whole of texts) {
      const braces = [...whole.matchAll(/^}$/gm)].map((m) => m.index);
      for (const at of braces) {
        const broken = whole.slice(0, at) + whole.slice(at + 1);
        const names = (t: string) =>
          readSource('file:///a.mlsys', t).entries.flatMap(({ item }) => (item.is === 'node' ? [item.node.name] : []));
        expect(names(broken)).toEqual(names(whole));
      }
    }
  });

  test('line ends, a byte order mark and emoji change no figure', () => {
    for (const whole of texts) {
      const count = (t: string) =>
        new Workspace().update('file:///a.mlsys', t).findings.map((f) => `${f.rule} ${f.subject} ${f.message}`);
      const plain = count(whole);
      expect(count(whole.replaceAll('\n', '\r\n'))).toEqual(plain);
      expect(count(`\uFEFF${whole}`)).toEqual(plain);
      expect(count(`// 🚀 ${whole.length}\n${whole}`)).toEqual(plain);
    }
  });

  test('huge and hostile numbers and nesting are read without harm', () => {
    for (const value of [
      '1e999',
      '0/0',
      '1/0',
      `${'('.repeat(10_000)}1${')'.repeat(10_000)}`,
      `${'-'.repeat(5000)}1`,
      '9'.repeat(400),
      '1'.repeat(60_000),
    ]) {
      const document = new Workspace().update(
        'file:///a.mlsys',
        `param a = ${value}\nrequest R { traffic: a  flow: S }\nservice S { latency: a }\n`,
      );
      expect(document.findings).toBeInstanceOf(Array);
    }
  });

  test('every prefix of every example is read, and says what it lacks', () => {
    for (const whole of texts) {
      // as in an editor while somebody types: slow advice waits
      const workspace = new Workspace();
      workspace.patient = true;
      for (let end = 0; end <= whole.length; end++) {
        const document = workspace.update('file:///a.mlsys', whole.slice(0, end));
        expect(document.findings).toBeInstanceOf(Array);
      }
      expect(workspace.get('file:///a.mlsys')!.findings.filter((f) => /^(syntax|type|name)\//.test(f.rule))).toEqual(
        [],
      );
    }
  }, 120_000);

  test('bytes of anything and five megabytes of text are read', () => {
    const bytes = String.fromCharCode(...Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 65536));
    for (const text of [
      bytes,
      `param a = 3 // ${'x'.repeat(5_000_000)}\n`,
      `${'x '.repeat(2_500_000)}`,
      '{'.repeat(50_000),
      '"'.repeat(50_000),
    ]) {
      const document = new Workspace().update('file:///a.mlsys', text);
      expect(document.findings).toBeInstanceOf(Array);
    }
  }, 60_000);

  test('an import that is open in two versions means the newer, and one that vanishes is said', () => {
    const files = new Map([['file:///b.mlsys', 'param x = 1/s\n']]);
    const workspace = new Workspace((uri) => files.get(uri));
    const text = 'import "./b.mlsys"\nrequest R { traffic: x  flow: G }\ngateway G { }\n';
    const traffic = () => {
      const document = workspace.get('file:///a.mlsys')!;
      return document.analysis().given(document.design.lookup('R')!, 'traffic')?.value;
    };
    workspace.update('file:///a.mlsys', text);
    expect(traffic()).toBe(1);
    workspace.update('file:///b.mlsys', 'param x = 2/s\n');
    expect(traffic()).toBe(2);
    workspace.close('file:///b.mlsys');
    expect(traffic()).toBe(1);
    files.delete('file:///b.mlsys');
    workspace.forget('file:///b.mlsys');
    expect(workspace.get('file:///a.mlsys')!.findings.map((f) => f.rule)).toContain('name/import-not-found');
  });
});
