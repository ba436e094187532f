import type { ViewResponse, WireLens, WireNode } from '#server/protocol.ts';

export type Lens = WireLens;

/** The kinds of figure that can stand on every part. */
export const LENSES: readonly (readonly [Lens, string])[] = [
  ['load', 'Load'],
  ['latency', 'Latency'],
  ['cost', 'Cost'],
  ['findings', 'Findings'],
];

/** The same view with another last line on each part: as many lines as before, so that nothing moves. */
export function lensed(response: ViewResponse, lens: Lens | null): ViewResponse {
  if (!lens) return response;
  const seen = new Map<string, string>();
  const nodes = response.model.nodes.map((node): WireNode => {
    const text = node.lenses?.[lens];
    if (text === undefined) return node;
    seen.set(node.id, text);
    return { ...node, lines: [...node.lines.slice(0, -1), text], label: `${node.label}, ${lens}: ${text}` };
  });
  const mermaid = response.mermaid.replace(LABEL, (whole, before: string, id: string, lines: string, after: string) => {
    const text = seen.get(id);
    return text === undefined ? whole : `${before}${id}["${lines}${escaped(text)}${after}`;
  });
  return { ...response, mermaid, model: { ...response.model, nodes } };
}

/** A part in the text: what stands before its last line, and what stands behind it. */
const LABEL = /^( *)(\w+)\["((?:[^"]*<br\/>)?)[^"]*?("\]@\{ shape)/gm;

/** Every sign that may mean something to Mermaid, by its number. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,·%$/≥≤–-]/gu, (character) => `#${character.codePointAt(0)};`);
