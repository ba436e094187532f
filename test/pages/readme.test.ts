import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workspace } from '#language/workspace.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const MANIFEST = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

test('the example of the README says what the README says that it says', () => {
  const [, text, output] = /```mlsys\n([\s\S]*?)```\n+```\n([\s\S]*?)```/.exec(README)!;
  const document = new Workspace().update('file:///rank.mlsys', text!);
  const lines = document.findings.flatMap((f) => {
    const { start } = document.lines.range(f.at);
    const fixes = f.fixes.slice(0, 1).map((fix) => `    fix: ${fix.title}`);
    return [`rank.mlsys:${start.line + 1}:${start.character + 1} ${f.severity} ${f.rule}  ${f.message}`, ...fixes];
  });
  expect(lines.join('\n')).toBe(output!.trimEnd());
});

test('every npm script that the README names exists', () => {
  const named = [...README.matchAll(/npm (?:run (?:-s )?(\w[\w:]*)|(start|test)\b)/g)].map((m) => m[1] ?? m[2]!);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !MANIFEST.scripts[name])).toEqual([]);
});
