import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import { hoverAt } from '#language/editor/hover.ts';
import { type Host, later, markdown, offsetOf, rangeOf } from './host.ts';

/** Milliseconds that a hover works before other messages get their turn, and after which it is shown as far as it is. */
const SLICE = 15;
const PATIENCE = 1500;

export function provideHover(host: Host): void {
  const answer = ({ params, token }: { params: HoverParams; token: CancellationToken }) => hoverOf(host, params, token);
  const guarded = host.guard('hover', answer, Promise.resolve(null));
  host.connection.onHover((params, token) => guarded({ params, token }));
}

/** Intervals repeat an estimate hundreds of times: they are worked out in slices, and not for a text that has changed. */
async function hoverOf(
  host: Host,
  { textDocument: { uri }, position }: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const document = host.document(uri);
  if (!document) return null;
  const begin = performance.now();
  for (;;) {
    const end = performance.now() + SLICE;
    const hover = hoverAt(document, offsetOf(document, position), () => performance.now() < end);
    const enough = performance.now() - begin > PATIENCE || token.isCancellationRequested;
    if (!hover) return null;
    if (hover.complete || enough || host.document(uri) !== document)
      return { contents: markdown(hover.markdown), range: rangeOf(document, hover.span) };
    await new Promise<void>((resolve) => later(resolve));
  }
}
