import { hoverAt } from '#language/editor/hover.ts';
import { type Host, markdown, offsetOf, rangeOf } from './host.ts';

/** Milliseconds after which a hover begins nothing more that takes long: typing must not wait for it. */
const PATIENCE = 60;

export function provideHover(host: Host): void {
  host.connection.onHover(
    host.guard(
      'hover',
      ({ textDocument, position }) => {
        const document = host.document(textDocument.uri);
        const end = performance.now() + PATIENCE;
        const hover = document && hoverAt(document, offsetOf(document, position), () => performance.now() < end);
        return hover ? { contents: markdown(hover.markdown), range: rangeOf(document, hover.span) } : null;
      },
      null,
    ),
  );
}
