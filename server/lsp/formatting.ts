import type { TextEdit } from 'vscode-languageserver';
import { formatFile } from '#language/format.ts';
import type { Document } from '#language/index.ts';
import { type Host, offsetOf } from './host.ts';

/** Documents have one form: what the client says about tabs is of no account. */
export function provideFormatting(host: Host): void {
  const edits = (document: Document, range?: { start: number; end: number }): TextEdit[] =>
    formatFile(document.file, range).map(({ start, end, text }) => ({
      range: { start: document.lines.position(start), end: document.lines.position(end) },
      newText: text,
    }));
  host.connection.onDocumentFormatting(
    host.guard(
      'formatting',
      ({ textDocument: { uri } }) => {
        const document = host.document(uri);
        return document ? edits(document) : [];
      },
      [],
    ),
  );
  host.connection.onDocumentRangeFormatting(
    host.guard(
      'formatting of a range',
      ({ textDocument: { uri }, range }) => {
        const document = host.document(uri);
        if (!document) return [];
        return edits(document, { start: offsetOf(document, range.start), end: offsetOf(document, range.end) });
      },
      [],
    ),
  );
}
