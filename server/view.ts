import type { Document } from '#language/index.ts';
import { buildView, VIEWS } from '#language/views/index.ts';
import { printMermaid } from '#language/views/mermaid.ts';
import { toWire } from '#language/views/wire.ts';
import type { ViewRequest, ViewResponse } from './protocol.ts';

/** One view of a document as the preview's page takes it. */
export function viewOf(
  document: Document,
  { view, subject, scenario }: Omit<ViewRequest, 'uri'>,
  version: number | null,
): ViewResponse {
  const { design, findings, broken } = document;
  const known = design.scenarios.some((s) => s.name === scenario) ? (scenario ?? null) : null;
  const counted = findings.filter((f) => f.scenario === null || f.scenario === known);
  const count = (severity: string) => counted.filter((f) => f.severity === severity).length;
  const model = buildView(document, { view, subject, scenario: known });
  return {
    uri: document.uri,
    version,
    system: design.system?.name ?? '',
    views: VIEWS.map(({ id, title }) => ({ id, title })),
    scenarios: design.scenarios.map((s) => s.name),
    scenario: known,
    counts: { errors: count('error'), warnings: count('warning'), infos: count('info') },
    broken,
    model: toWire(model, (span) => ({ uri: span.at.uri, range: document.linesOf(span.at.uri).range(span) })),
    mermaid: printMermaid(model),
  };
}
