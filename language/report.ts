import type { Analysis } from './estimate/analysis.ts';
import { generates } from './estimate/capacity.ts';
import { gpusByHardware } from './estimate/cluster/gpus_used.ts';
import { type Estimate, isMissing, type Missing, type Step } from './estimate/estimate.ts';
import { estimatorsByQuantity } from './estimate/index.ts';
import { intervalOf, type Reading, type Sensitivity, sensitivitiesOf } from './estimate/uncertainty.ts';
import type { Node, Span } from './model/design.ts';
import { RULES } from './rules/index.ts';
import type { Finding, Severity } from './rules/rule.ts';
import { findingsOf } from './rules/run.ts';
import type { Range } from './text.ts';
import type { Document } from './workspace.ts';
import { quantityOf } from './schema/quantities.ts';

/** The JSON of the command line, as plain data: `check --format json` and `estimate --format json` print these and nothing else. */

export interface CheckReport {
  readonly version: 1;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Diagnostic {
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: string | null;
  /** null in the design as written */
  readonly scenario: string | null;
  /** from zero, in UTF-16 code units, as in LSP */
  readonly range: Range;
  readonly fixes: readonly ReportedFix[];
  readonly related: readonly (Place & { readonly message: string })[];
}

export interface ReportedFix {
  readonly title: string;
  readonly edits: readonly (Place & { readonly newText: string })[];
}

export interface Place {
  readonly file: string;
  readonly range: Range;
}

/** Findings of documents, in the order given. `fileOf` names a file as its reader knows it; `scenario` is as in `findingsIn`. */
export function checkReport(
  documents: readonly Document[],
  fileOf: (uri: string) => string = (uri) => uri,
  scenario: string | null = null,
): CheckReport {
  const diagnostics = documents.flatMap((document) => {
    const findings = scenario === null ? document.findings : findingsIn(document, scenario);
    return findings.map((finding) => diagnostic(document, finding, fileOf));
  });
  const count = (severity: Severity) => diagnostics.filter((d) => d.severity === severity).length;
  return { version: 1, files: documents.length, errors: count('error'), warnings: count('warning'), diagnostics };
}

function diagnostic(document: Document, finding: Finding, fileOf: (uri: string) => string): Diagnostic {
  const { rule, severity, message, subject, scenario, at, fixes, related } = finding;
  const place = (span: Span): Place => ({
    file: fileOf(span.at.uri),
    range: document.linesOf(span.at.uri).range(span),
  });
  return {
    file: fileOf(document.uri),
    rule,
    severity,
    message,
    subject,
    scenario,
    range: document.linesOf(at.at.uri).range(at),
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ ...place(edit.at), newText: edit.text })),
    })),
    related: related.map((r) => ({ ...place(r.at), message: r.message })),
  };
}

/**
 * What of a document's findings holds in one scenario: those of the design as written that are still true there, and those
 * that the scenario brings. A part of `document.findings`: the words and figures are the same.
 */
export function findingsIn(document: Document, scenario: string): readonly Finding[] {
  const byFigures = RULES.filter((rule) => rule.inScenarios);
  const analysis = document.analysis(scenario);
  const there = new Set(findingsOf(document.file, analysis, () => analysis, byFigures).map(identity));
  const names = new Set(byFigures.map((rule) => rule.name));
  return document.findings.filter((finding) => {
    if (finding.scenario !== null) return finding.scenario === scenario;
    return !names.has(finding.rule) || there.has(identity(finding));
  });
}

const identity = ({ rule, subject, at }: Finding): string => `${rule} ${subject} ${at.at.offset + at.start}`;

export interface EstimateReport {
  readonly version: 1;
  readonly file: string;
  readonly scenario: string | null;
  readonly estimates: readonly ReportedEstimate[];
  /** figures that lack an input, and what would have to be written */
  readonly missing: readonly {
    readonly subject: string;
    readonly quantity: string;
    readonly needs: readonly string[];
  }[];
}

/** Values are in SI base units; a number that is not finite is null. */
export interface ReportedEstimate {
  readonly subject: string;
  readonly quantity: string;
  readonly value: number | null;
  readonly unit: string;
  /** the 90% interval; null where nothing is uncertain */
  readonly low: number | null;
  readonly high: number | null;
  readonly display: string;
  /** several numbers where one does not say it: the boundaries of a sequential test */
  readonly values?: readonly (number | null)[];
  readonly steps: readonly ReportedStep[];
  readonly assumptions: readonly string[];
  readonly sensitivity: readonly Sensitivity[];
}

export interface ReportedStep {
  readonly label: string;
  readonly formula: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly from: Step['from'];
  readonly source: string | null;
  readonly method?: string;
  readonly of?: Step['of'];
  readonly spread?: { readonly p50: number | null; readonly p99: number | null };
}

/** Every figure of the nodes given, with its derivation. `file` is the document's base name. */
export function estimateReport(
  file: string,
  scenario: string | null,
  analysis: Analysis,
  nodes: readonly Node[] = analysis.design.nodes,
): EstimateReport {
  const figures = figuresOf(analysis, nodes);
  return {
    version: 1,
    file,
    scenario,
    estimates: figures.flatMap((f) => (isMissing(f.answer) ? [] : [reported(analysis, f, f.answer)])),
    missing: figures.flatMap(({ subject, quantity, answer }) =>
      isMissing(answer) ? [{ subject, quantity, needs: answer.missing }] : [],
    ),
  };
}

export interface Figure {
  readonly node: Node;
  /** the declaration's name, or `Cluster.H100` */
  readonly subject: string;
  readonly quantity: string;
  readonly answer: Estimate | Missing;
  readonly read: Reading;
}

/** By declaration, then in the order of the estimators. Only the first declaration of a name has figures. */
export function figuresOf(analysis: Analysis, nodes: readonly Node[] = analysis.design.nodes): Figure[] {
  const quantities = [...estimatorsByQuantity.keys()];
  return nodes
    .filter((node) => node.name !== '' && analysis.design.lookup(node.name) === node)
    .flatMap((node) => {
      const own = quantities.filter((q) => q.startsWith(`${node.kind}.`) && applies(analysis, node, q));
      return own.flatMap((quantity) => readings(analysis, node, quantity));
    });
}

const OF_GENERATION = /^serving\.(ttft|tpot|kv_cache|max_concurrency|concurrency_for_load|cost_per_1m|(max_)?tokens)/;

/** Not every figure of a kind has a meaning for each of it: a classifier has no time to first token. */
function applies(analysis: Analysis, node: Node, quantity: string): boolean {
  const needs = quantityOf(quantity)?.needs;
  if (needs && !analysis.value(node, needs)) return false;
  if (OF_GENERATION.test(quantity)) return generates(analysis, node);
  return quantity !== 'serving.duration' || analysis.word(node, 'pattern') === 'batch';
}

/** The accelerators of a cluster come once for each hardware. */
function readings(analysis: Analysis, node: Node, quantity: string): Figure[] {
  const figure = (subject: string, read: Reading): Figure => ({
    node,
    subject,
    quantity,
    answer: read(analysis),
    read,
  });
  if (quantity !== 'cluster.gpus_used') return [figure(node.name, (a) => a.estimate(node, quantity))];
  return [...gpusByHardware(analysis, node).keys()].map((hardware) =>
    figure(`${node.name}.${hardware.name}`, (a) => gpusByHardware(a, node).get(hardware) ?? { missing: ['`pool`'] }),
  );
}

function reported(analysis: Analysis, { node, quantity, read }: Figure, estimate: Estimate): ReportedEstimate {
  const interval = intervalOf(analysis, node, quantity, read);
  const { subject, value, dimension, display, values, steps, assumptions } = estimate;
  return {
    subject,
    quantity,
    value: finite(value),
    unit: dimension.unit,
    low: finite(interval?.low),
    high: finite(interval?.high),
    display,
    ...(values && { values: values.map(finite) }),
    steps: steps.map(reportedStep),
    assumptions,
    sensitivity: sensitivitiesOf(analysis, node, quantity, read).filter((s) => Number.isFinite(s.effect)),
  };
}

function reportedStep({ label, formula, value, dimension, from, source, method, of, spread }: Step): ReportedStep {
  return {
    label,
    formula,
    value: finite(value),
    unit: dimension.unit,
    from,
    source,
    ...(method && { method }),
    ...(of && { of }),
    ...(spread && { spread: { p50: finite(spread.p50), p99: finite(spread.p99) } }),
  };
}

/** JSON has no infinity and no NaN. */
const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
