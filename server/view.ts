import { knobsOf, hardwareOf } from '#language/editor/knobs.ts';
import { type WhatIf, whatIf } from '#language/editor/what-if.ts';
import type { Document, Finding } from '#language/index.ts';
import type { Span } from '#language/model/design.ts';
import { buildView, VIEWS } from '#language/views/index.ts';
import { printMermaid } from '#language/views/mermaid.ts';
import { toWire } from '#language/views/wire.ts';
import type { ViewRequest, ViewResponse, WireFinding, WireSets, WireWhatIf } from './protocol.ts';

/** One view of a document as the preview's page takes it. */
export function viewOf(
  document: Document,
  { view, subject, scenario, sets }: Omit<ViewRequest, 'uri'>,
  version: number | null,
): ViewResponse {
  const { design, broken } = document;
  const known = design.scenarios.some((s) => s.name === scenario) ? (scenario ?? null) : null;
  const varied = sets ? whatIf(document, known, sets) : null;
  const source = varied && Object.keys(sets!).length > 0 ? varied.source : document;
  const counted = source.findings.filter((f) => f.scenario === null || f.scenario === known);
  const count = (severity: string) => counted.filter((f) => f.severity === severity).length;
  const model = buildView(source, { view, subject, scenario: known });
  return {
    uri: document.uri,
    version,
    system: design.system?.name ?? '',
    views: VIEWS.map(({ id, title }) => ({ id, title })),
    scenarios: design.scenarios.map((s) => s.name),
    scenario: known,
    counts: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    broken,
    brokenNames: broken ? brokenNamesOf(document) : [],
    model: toWire(model, placeIn(document)),
    mermaid: printMermaid(model),
    whatIf: varied && wireOf(document, known, sets!, varied),
  };
}

const brokenNamesOf = ({ findings }: Document): readonly string[] => [
  ...new Set(findings.flatMap(({ rule, subject }) => (rule === 'syntax/error' && subject !== null ? [subject] : []))),
];

const placeIn = (document: Document) => (span: Span) => ({
  uri: span.at.uri,
  range: document.linesOf(span.at.uri).range(span),
});

function wireOf(document: Document, scenario: string | null, sets: WireSets, varied: WhatIf): WireWhatIf {
  const place = placeIn(document);
  const finding = ({ rule, severity, message, subject, at }: Finding): WireFinding[] =>
    severity === 'hint' ? [] : [{ rule, severity, message, target: { name: subject ?? rule, ...place(at) } }];
  return {
    sets,
    knobs: knobsOf(document, scenario).map(({ span: _, ...knob }) => knob),
    hardware: hardwareOf(document.design),
    problems: varied.problems,
    figures: varied.figures.map(({ node, ...figure }) => ({
      ...figure,
      name: node.name,
      target: { name: node.name, ...place(node.nameSpan) },
    })),
    appeared: varied.appeared.flatMap(finding),
    vanished: varied.vanished.flatMap(finding),
  };
}
