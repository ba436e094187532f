import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import { RULES, type Range, type Severity } from '#language/index.ts';
import type { CheckReport, Diagnostic, Place } from '#language/report.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). `pageOf` gives a rule's page in Markdown, where it has one. */
export function sarif(report: CheckReport, version: string, pageOf: (rule: string) => string | undefined) {
  const rules = describedRules(report, pageOf);
  const results = report.diagnostics.map((diagnostic) => result(diagnostic, rules));
  const driver = { name: 'mlsys', version, rules };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
}

/** All rules, and those that the report names beside them. */
function describedRules({ diagnostics }: CheckReport, pageOf: (rule: string) => string | undefined) {
  const listed = RULES.map(({ name, severity, summary }) => ({ name, severity, summary }));
  const others = diagnostics
    .filter((d, i) => !RULES.some((r) => r.name === d.rule) && diagnostics.findIndex((o) => o.rule === d.rule) === i)
    .map(({ rule, severity }) => ({ name: rule, severity, summary: rule }));
  return [...listed, ...others].map(({ name, severity, summary }) => {
    const page = pageOf(name);
    return {
      id: name,
      shortDescription: { text: summary },
      help: { text: page ?? summary, ...(page && { markdown: page }) },
      defaultConfiguration: { level: LEVELS[severity] },
    };
  });
}

function result(diagnostic: Diagnostic, rules: readonly { readonly id: string }[]) {
  const { rule, severity, message, subject, scenario, related, fixes } = diagnostic;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((r) => r.id === rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ ...physical(diagnostic), ...(subject !== null && { logicalLocations: [{ name: subject }] }) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((r, id) => ({ id, ...physical(r), message: { text: r.message } })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map(fixed) }),
    properties: { scenario },
  };
}

function fixed({ title, edits }: Diagnostic['fixes'][number]) {
  const files = [...new Set(edits.map((edit) => edit.file))];
  const artifactChanges = files.map((file) => ({
    artifactLocation: { uri: uriOf(file) },
    replacements: edits
      .filter((edit) => edit.file === file)
      .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
  }));
  return { description: { text: title }, artifactChanges };
}

const physical = ({ file, range }: Place) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: region(range) },
});

/** Lines and columns count from one; the end is exclusive. */
const region = ({ start, end }: Range) => ({
  startLine: start.line + 1,
  startColumn: start.character + 1,
  endLine: end.line + 1,
  endColumn: end.character + 1,
});

/** A relative reference stays one: the reader knows the root. */
function uriOf(file: string): string {
  if (/^[a-z][\w+.-]+:/i.test(file)) return file;
  if (isAbsolute(file)) return pathToFileURL(file).href;
  const path = file.split(/[\\/]/).map(encodeURIComponent).join('/');
  return path;
}
