import { inlayHints } from '#language/editor/inlay.ts';
import { type Host, markdown, offsetOf, rangeOf } from './host.ts';

export function provideInlayHints(host: Host): void {
  host.connection.languages.inlayHint.on(
    host.guard(
      'inlay hints',
      ({ textDocument, range }) => {
        const document = host.document(textDocument.uri);
        if (!document || !host.client.inlayHints) return [];
        return inlayHints(document, offsetOf(document, range.start), offsetOf(document, range.end)).map(
          ({ span, text, tooltip }) => ({
            position: rangeOf(document, span).end,
            label: text,
            paddingLeft: true,
            ...(tooltip && { tooltip: markdown(tooltip) }),
          }),
        );
      },
      [],
    ),
  );
}
