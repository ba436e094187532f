import type { Severity } from '#language/index.ts';
import type { CheckReport, Diagnostic } from '#language/report.ts';
import { counted, type Paint, visible } from './output.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'gray' } as const;

/** The widest part of a source line that is shown. */
const WIDEST = 140;

/** Findings as a compiler prints them. `lineOf` gives a line of a file's text, counted from zero. */
export function checkText(report: CheckReport, lineOf: (file: string, line: number) => string, paint: Paint): string {
  const blocks = report.diagnostics.map((d) => findingText(d, lineOf(d.file, d.range.start.line), paint));
  return [...blocks, summary(report, paint)].join('\n\n');
}

function findingText(found: Diagnostic, line: string, paint: Paint): string {
  const { file, range, severity, rule, message, related, fixes } = found;
  const head = [
    paint('bold', place(file, range)),
    paint([COLOURS[severity], 'bold'], severity),
    paint(COLOURS[severity], rule),
    ` ${visible(message)}`,
  ];
  return [
    head.join(' '),
    ...marked(found, line, paint),
    ...related.map((r) => paint('gray', `    ${place(r.file, r.range)} ${visible(r.message)}`)),
    ...fixes.map((fix) => `    ${paint('green', 'fix:')} ${visible(fix.title)}`),
  ].join('\n');
}

const place = (file: string, { start }: Diagnostic['range']): string =>
  `${visible(file)}:${start.line + 1}:${start.character + 1}`;

/** The source line, with carets under what is meant. */
function marked({ range: { start, end }, severity }: Diagnostic, line: string, paint: Paint): string[] {
  const last = end.line === start.line ? end.character : line.length;
  const from = start.character < WIDEST - 20 ? 0 : start.character - 40;
  const shown = line.slice(from, from + WIDEST);
  if (shown.trim() === '') return [];
  const number = String(start.line + 1).padStart(5);
  const before = visible(shown.slice(0, start.character - from)).length;
  const under = visible(shown.slice(start.character - from, Math.max(last, start.character + 1) - from)).length;
  const caret = ' '.repeat(before) + '^'.repeat(Math.max(1, under));
  return [
    `${paint('gray', `${number} |`)} ${visible(shown)}`,
    `${paint('gray', '      |')} ${paint(COLOURS[severity], caret)}`,
  ];
}

/** `1 error, 0 warnings in 1 file` */
function summary({ errors, warnings, files, diagnostics }: CheckReport, paint: Paint): string {
  const others = (['info', 'hint'] as const).flatMap((severity: Severity) => {
    const count = diagnostics.filter((d) => d.severity === severity).length;
    return count > 0 ? [counted(count, severity)] : [];
  });
  const text = [counted(errors, 'error'), counted(warnings, 'warning'), ...others].join(', ');
  return `${paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', text)} in ${counted(files, 'file')}`;
}
