import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { type Document, type Finding, isCatalogUri } from '#language/index.ts';
import { DID_ANALYSE, type DidAnalyse } from '../protocol.ts';
import { type Host, rangeOf } from './host.ts';

/** Publishes the findings of every text as soon as no newer one waits, for the document and for those that import it. */
export function publishDiagnostics(host: Host): { changed(uri: string): void; closed(uri: string): void } {
  const { connection, workspace } = host;
  /** when each document that waits for its analysis changed */
  const waiting = new Map<string, number>();
  let round = 0;

  const publish = host.guard(
    'diagnostics',
    (uri: string, since: number) => {
      const document = host.document(uri);
      if (!document) return;
      const version = host.version(uri);
      connection.sendDiagnostics({ uri, ...(version !== null && { version }), diagnostics: diagnosticsOf(document) });
      const done: DidAnalyse = { uri, version, ms: Math.round((performance.now() - since) * 100) / 100 };
      connection.sendNotification(DID_ANALYSE, done);
    },
    undefined,
  );

  const flush = () => {
    const all = [...waiting];
    waiting.clear();
    for (const [uri] of all) host.guard('reading', host.document, undefined)(uri);
    const affected = new Map(all);
    for (const [uri, since] of all)
      for (const d of workspace.documents) if (!affected.has(d.uri) && d.sees(uri)) affected.set(d.uri, since);
    for (const [uri, since] of affected) publish(uri, since);
  };

  /** Each turn of the event loop hands over one queued message: two turns without any mean that the newest text is here. */
  const soon = (handled = host.handled(), own = ++round) => {
    later(() =>
      later(() => {
        if (own !== round) return;
        if (handled === host.handled() || performance.now() - Math.min(...waiting.values()) > LONGEST)
          host.guard('analysis', flush, undefined)();
        else soon(host.handled(), own);
      }),
    );
  };

  return {
    changed(uri) {
      if (!waiting.has(uri)) waiting.set(uri, performance.now());
      soon();
    },
    closed(uri) {
      waiting.delete(uri);
      const affected = workspace.documents.filter((d) => d.uri !== uri && d.sees(uri));
      workspace.close(uri);
      connection.sendDiagnostics({ uri, diagnostics: [] });
      for (const d of affected) this.changed(d.uri);
    },
  };
}

/** A document waits at most so many milliseconds behind other messages. */
const LONGEST = 300;

/** browsers have no `setImmediate` */
const later: (task: () => void) => unknown =
  typeof setImmediate === 'function' ? setImmediate : (task) => setTimeout(task, 0);

const SEVERITIES: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The catalog's files are ours: what is said of them is said to us, in the tests. */
export function diagnosticsOf(document: Document): Diagnostic[] {
  if (isCatalogUri(document.uri)) return [];
  return document.findings
    .filter((finding) => finding.at.at.uri === document.uri)
    .map((finding) => diagnosticOf(document, finding));
}

export function diagnosticOf(document: Document, finding: Finding): Diagnostic {
  const related = finding.related.map(({ at, message }) => ({
    location: { uri: at.at.uri, range: rangeOf(document, at) },
    message,
  }));
  return {
    range: rangeOf(document, finding.at),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    source: 'mlsys',
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(finding.rule === 'style/unused-suppression' && { tags: [DiagnosticTag.Unnecessary] }),
    data: { subject: finding.subject, scenario: finding.scenario, fixes: finding.fixes.map(({ title }) => title) },
  };
}
