import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DidChangeWatchedFilesParams,
} from 'vscode-languageserver';
import { type Document, type Finding, isCatalogUri } from '#language/index.ts';
import { DID_ANALYSE, type DidAnalyse } from '../protocol.ts';
import { type Host, later, rangeOf } from './host.ts';

/** Publishes the findings of every text as soon as no newer one waits, for the document and for those that import it. */
export function provideDiagnostics(host: Host): void {
  const { connection, options, severities, texts, workspace } = host;
  const pause = whenPausing(host);
  const afterwards = inTurns((uri, since) => {
    publish(host, uri, since);
    pause([uri]);
  });
  const analyse = whenQuiet(host, (waiting) => {
    for (const [uri, since] of waiting) publish(host, uri, since);
    pause(waiting.keys());
    for (const [uri, since] of importing(host, waiting)) afterwards(uri, since);
  });
  texts.onDidChangeContent(({ document }) => analyse(document.uri));
  texts.onDidClose(({ document: { uri } }) => {
    const affected = workspace.documents.filter((d) => d.uri !== uri && d.sees(uri));
    workspace.close(uri);
    options.late?.reread(uri);
    send(connection.sendDiagnostics({ uri, diagnostics: [] }));
    for (const d of affected) analyse(d.uri);
  });
  severities.onChange(() => {
    for (const { uri } of workspace.documents) analyse(uri);
  });
  const changed = (uri: string) => {
    if (severities.forget(uri)) return;
    for (const affected of workspace.forget(uri)) analyse(affected.uri);
  };
  options.late?.onArrival(host.guard('an arriving file', changed, undefined));
  const watched = host.guard(
    'watched files',
    ({ changes }: DidChangeWatchedFilesParams) => {
      for (const { uri } of changes) options.late ? options.late.reread(uri) : changed(uri);
    },
    undefined,
  );
  connection.onDidChangeWatchedFiles(watched);
}

/** Collects the documents that changed, with the time of their first change, until no message waits behind it. */
function whenQuiet(host: Host, task: (waiting: ReadonlyMap<string, number>) => void): (uri: string) => void {
  const waiting = new Map<string, number>();
  let round = 0;
  const run = () => {
    const all = new Map(waiting);
    waiting.clear();
    host.attempt('analysis', () => task(all), undefined);
  };
  /** Each turn of the event loop hands over one queued message: two turns without any mean that the newest text is here. */
  const wait = (handled: number, own: number) => {
    later(() =>
      later(() => {
        if (own !== round) return;
        const late = performance.now() - Math.min(...waiting.values()) > LONGEST;
        if (late || handled === host.handled()) run();
        else wait(host.handled(), own);
      }),
    );
  };
  return (uri) => {
    if (!waiting.has(uri)) waiting.set(uri, performance.now());
    wait(host.handled(), ++round);
  };
}

/** Slow advice waits until nothing is typed for a while, and is then published with everything else. */
function whenPausing(host: Host): (uris: Iterable<string>) => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    const since = performance.now();
    for (const uri of waiting) {
      const complete = () => host.document(uri)?.complete() ?? false;
      if (host.attempt('slow rules', complete, false)) publish(host, uri, since);
    }
    waiting.clear();
  };
  return (uris) => {
    for (const uri of uris) waiting.add(uri);
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  };
}

/** One document in each turn of the event loop, so that what is typed meanwhile comes before the rest. Who waits keeps its place. */
function inTurns(task: (uri: string, since: number) => void): (uri: string, since: number) => void {
  const line = new Map<string, number>();
  const next = () => {
    const [uri, since] = [...line][0]!;
    line.delete(uri);
    task(uri, since);
    if (line.size > 0) later(next);
  };
  return (uri, since) => {
    if (line.size === 0) later(next);
    if (!line.has(uri)) line.set(uri, since);
  };
}

/** The open documents that import one of those that changed, with the time of its change. */
function importing(host: Host, changed: ReadonlyMap<string, number>): [uri: string, since: number][] {
  const open = [...changed].filter(([uri]) => host.document(uri));
  return host.workspace.documents.flatMap((document): [string, number][] => {
    const imported = changed.has(document.uri) ? undefined : open.find(([uri]) => document.sees(uri));
    return imported ? [[document.uri, imported[1]]] : [];
  });
}

function publish(host: Host, uri: string, since: number): void {
  const act = () => {
    const document = host.document(uri);
    if (!document) return;
    const version = host.version(uri);
    const diagnostics = diagnosticsOf(host, document);
    send(host.connection.sendDiagnostics({ uri, ...(version !== null && { version }), diagnostics }));
    const done: DidAnalyse = { uri, version, ms: Math.round((performance.now() - since) * 100) / 100 };
    send(host.connection.sendNotification(DID_ANALYSE, done));
  };
  host.attempt('diagnostics', act, undefined);
}

/** A client that has gone takes no more messages. */
const send = (message: Promise<void>): void => void message.catch(() => undefined);

/** Typing pauses when nothing comes for so many milliseconds. */
const PAUSE = 300;

/** A document waits at most so many milliseconds behind other messages. */
const LONGEST = 300;

const SEVERITIES: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The catalog's files are ours: what is said of them is said to us, in the tests. */
export function diagnosticsOf(host: Host, document: Document): Diagnostic[] {
  if (isCatalogUri(document.uri)) return [];
  return document.findings
    .filter((finding) => finding.at.at.uri === document.uri)
    .map((finding) => diagnosticOf(host, document, finding));
}

export function diagnosticOf({ client }: Host, document: Document, finding: Finding): Diagnostic {
  const related = finding.related.map(({ at, message }) => ({
    location: { uri: at.at.uri, range: rangeOf(document, at) },
    message,
  }));
  return {
    range: rangeOf(document, finding.at),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    ...(client.pages && { codeDescription: { href: `${client.pages}/${finding.rule}.md` } }),
    source: 'mlsys',
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
    ...(/^(style\/unused-suppression|name\/unused)$/.test(finding.rule) && { tags: [DiagnosticTag.Unnecessary] }),
    data: { subject: finding.subject, scenario: finding.scenario },
  };
}
