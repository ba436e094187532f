import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit } from 'vscode-languageserver';
import { codeActions } from '#language/editor/code-actions.ts';
import type { Document, Edit, Finding } from '#language/index.ts';
import { diagnosticOf } from './diagnostics.ts';
import { type Host, offsetOf, rangeOf } from './host.ts';

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
          ({ title, finding, edits, preferred }): CodeAction => ({
            title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [asSent(document, finding, context.diagnostics)],
            edit: { changes: changes(document, edits) },
            ...(preferred && { isPreferred: true }),
          }),
        );
      },
      [],
    ),
  );
}

/** The client joins actions to its own diagnostics, so it gets back the very one that it has. */
function asSent(document: Document, finding: Finding, sent: readonly Diagnostic[]): Diagnostic {
  const own = diagnosticOf(document, finding);
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
