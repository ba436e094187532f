import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import { codeActions, fixesOfAll } from '#language/editor/code-actions.ts';
import type { Document, Edit, Finding } from '#language/index.ts';
import { diagnosticOf } from './diagnostics.ts';
import { type Host, offsetOf, rangeOf } from './host.ts';

/** What an action without edits needs to find them when it is taken. */
interface All {
  readonly uri: string;
  readonly rule: string;
}

export function provideCodeActions(host: Host): void {
  host.connection.onCodeAction(
    host.guard(
      'code actions',
      ({ textDocument, range, context }) => {
        const document = host.document(textDocument.uri);
        if (
          !document ||
          (context.only && !context.only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix))
        )
          return [];
        return codeActions(document, offsetOf(document, range.start), offsetOf(document, range.end)).map(
          ({ title, finding, edits, preferred }): CodeAction => {
            const all: All = { uri: document.uri, rule: finding.rule };
            const later = !edits && host.client.resolvesEdits;
            return {
              title,
              kind: CodeActionKind.QuickFix,
              diagnostics: [asSent(host, document, finding, context.diagnostics)],
              ...(later
                ? { data: all }
                : { edit: { changes: changes(document, edits ?? fixesOfAll(document, finding.rule)) } }),
              ...(preferred && { isPreferred: true }),
            };
          },
        );
      },
      [],
    ),
  );
  host.connection.onCodeActionResolve((action) => host.guard('a code action', resolved(host), action)(action));
}

const resolved =
  (host: Host) =>
  (action: CodeAction): CodeAction => {
    const { uri, rule } = action.data as All;
    const document = host.document(uri);
    return document ? { ...action, edit: { changes: changes(document, fixesOfAll(document, rule)) } } : action;
  };

/** The client joins actions to its own diagnostics, so it gets back the very one that it has. */
function asSent(host: Host, document: Document, finding: Finding, sent: readonly Diagnostic[]): Diagnostic {
  const own = diagnosticOf(host, document, finding);
  return (
    sent.find(
      (d) =>
        d.code === own.code &&
        d.message === own.message &&
        d.range.start.line === own.range.start.line &&
        d.range.start.character === own.range.start.character,
    ) ?? own
  );
}

function changes(document: Document, edits: readonly Edit[]): Record<string, TextEdit[]> {
  const byFile: Record<string, TextEdit[]> = {};
  for (const { at, text } of edits) {
    byFile[at.at.uri] ??= [];
    byFile[at.at.uri]!.push({ range: rangeOf(document, at), newText: text });
  }
  return byFile;
}
