import type { Severity } from '#language/index.ts';
import type { CheckReport, Diagnostic } from '#language/report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Workflow commands of GitHub Actions: a note at the line of each finding. */
export const githubText = (report: CheckReport): string => report.diagnostics.map(command).join('\n');

function command({ file, rule, severity, message, range: { start, end }, fixes }: Diagnostic): string {
  const columns = start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {};
  const properties = { file, line: start.line + 1, endLine: end.line + 1, ...columns, title: rule };
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  const text = [message, ...fixes.map((fix) => `Fix: ${fix.title}`)].join('\n');
  return `::${COMMANDS[severity]} ${listed.join(',')}::${escaped(text)}`;
}

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
