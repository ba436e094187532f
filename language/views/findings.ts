import type { Finding } from '../rules/rule.ts';
import type { ViewInput } from './input.ts';
import type { Table } from './view.ts';

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
