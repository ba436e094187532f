import { documentLinks } from '#language/editor/document-links.ts';
import { type Host, rangeOf } from './host.ts';

export function provideDocumentLinks(host: Host): void {
  host.connection.onDocumentLinks(
    host.guard(
      'links',
      ({ textDocument: { uri } }) => {
        const document = host.document(uri);
        return (document ? documentLinks(document) : []).map((link) => ({
          range: rangeOf(document!, link.span),
          target: link.uri,
        }));
      },
      [],
    ),
  );
}
