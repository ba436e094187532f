import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '#language/rules/index.ts';
import { LANGUAGE } from './rooms.ts';

/** The index of the rules, which `npm run pages -- -u` writes. */
export const RULE_INDEX = join(LANGUAGE, 'rules/README.md');

export const ruleIndexOnDisk = (): string => readFileSync(RULE_INDEX, 'utf8');

export function ruleIndex(): string {
  const groups = [...new Set(RULES.map((rule) => rule.name.split('/')[0]!))];
  const table = (group: string) => [
    `## ${group}`,
    '',
    '| rule | kind | severity | what it says |',
    '| --- | --- | --- | --- |',
    ...RULES.filter((rule) => rule.name.startsWith(`${group}/`)).map(
      ({ name, severity, absence, summary }) =>
        `| [${name}](${name}.md) | ${absence ? 'absence' : 'contradiction'} | ${severity} | ${summary.replaceAll('|', '\\|')} |`,
    ),
    '',
  ];
  return [
    '# Rules',
    '',
    'Written by `npm run pages -- -u` from the rules. A contradiction is numbers that cannot hold together; an absence is something that good',
    'practice has and the design lacks. Severities are those without `mlsys.json`; an absence is a warning where the system has a `pattern`.',
    '`mlsys explain` lists the rules in the terminal, and `mlsys explain RULE` shows a page.',
    '',
    ...groups.flatMap(table),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
