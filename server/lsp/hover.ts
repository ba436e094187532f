import { hoverAt } from '#language/editor/hover.ts';
import { type Host, markdown, offsetOf, rangeOf } from './host.ts';

export function provideHover(host: Host): void {
  host.connection.onHover(host.guard('hover', ({ textDocument, position }) => {
    const document = host.document(textDocument.uri);
    const hover = document && hoverAt(document, offsetOf(document, position));
    return hover ? { contents: markdown(hover.markdown), range: rangeOf(document, hover.span) } : null;
  }, null));
}
