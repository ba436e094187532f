import type { Measured } from './measure.ts';
import type { Study, Summary } from './study.ts';

export const percent = (x: number): string =>
  Number.isFinite(x) ? `${(100 * x).toFixed(Math.abs(x) < 0.0995 ? 1 : 0)}%` : 'none';

const columnsOf = (s: Summary): string[] => [
  String(s.rows),
  percent(s.median),
  percent(s.p90),
  `${s.bias >= 0 ? '+' : ''}${percent(s.bias)}`,
  s.coverage === null ? '-' : percent(s.coverage),
  s.width === null ? '-' : `x/÷${s.width.toFixed(2)}`,
];

const HEAD = ['rows', 'median', 'p90', 'bias', 'inside', 'width'];

/** For a terminal: a line a study, and one for what was kept back of it. */
export function printed(results: readonly Measured[]): string {
  const lines = results.flatMap(({ study, all, held }) => [
    [study.name, ...columnsOf(all), targetOf(study)],
    ...(held ? [['  kept back', ...columnsOf(held), '']] : []),
  ]);
  const table = [['study', ...HEAD, 'target'], ...lines];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const targetOf = ({ target }: Study): string =>
  target
    ? [percent(target.median), percent(target.p90), ...(target.width ? [`x/÷${target.width}`] : [])].join(' ')
    : '';

/** For the page of the estimators. */
export function markdown(results: readonly Measured[]): string {
  const rows = results.map(({ study, all, held }) => {
    const of = (read: (s: Summary) => string) => (held ? `${read(all)} (${read(held)})` : read(all));
    const columns = columnsOf(all).map((_, i) => of((s) => columnsOf(s)[i]!));
    return `| ${[study.title, ...columns, study.peers ?? ''].join(' | ')} |`;
  });
  return [`| estimate | ${HEAD.join(' | ')} | others |`, `|${' --- |'.repeat(HEAD.length + 2)}`, ...rows].join('\n');
}
