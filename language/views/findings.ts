import type { Finding } from '../rules/rule.ts';
import type { ViewInput } from './input.ts';
import type { Table } from './view.ts';
import { list } from './words.ts';

/** The findings, worst first, one line each; a click leads to the place. */
export function findingsTable(findings: readonly Finding[], { design }: Pick<ViewInput, 'design'>): readonly Table[] {
  if (findings.length === 0) return [];
  const rows = findings.flatMap(({ severity, subject, message, at, rule }) => {
    if (severity === 'hint') return [];
    const name = subject ?? (rule.startsWith('require/') ? 'require' : (design.system?.name ?? ''));
    return [{ cells: [name || 'Design', message.replaceAll('`', '')], severity, target: { name, span: at } }];
  });
  return [{ title: 'Findings', columns: [{ title: 'Part' }, { title: 'Finding' }], rows }];
}

/** `Error on FraudScorer.`, of all parts or of some: for descriptions. */
export function newsOf(
  { severities }: Pick<ViewInput, 'severities'>,
  among?: readonly (string | undefined)[],
): readonly string[] {
  return (['error', 'warning'] as const).flatMap((severity) => {
    const names = [...severities]
      .filter(([name, s]) => s === severity && (among?.includes(name) ?? true))
      .map(([n]) => n);
    if (names.length === 0) return [];
    return [`${severity === 'error' ? 'Error' : 'Warning'}${names.length === 1 ? '' : 's'} on ${list(names)}.`];
  });
}
