import type { Span } from '../model/design.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { Finding } from './rule.ts';

/**
 * Findings of the text before, at the places in a new one that say the same. What was edited has lost its findings; fixes and related
 * places are left out, as they were worked out for another text.
 */
export function carriedOver(findings: readonly Finding[], before: string, file: SourceFile): readonly Finding[] {
  if (findings.length === 0) return [];
  const anchors = new Set(file.entries.map(({ anchor }) => anchor));
  return findings.flatMap((finding) => {
    if (anchors.has(finding.at.at)) return finding;
    const at = movedTo(finding, before, file);
    return at ? [{ ...finding, at, related: [], fixes: [] }] : [];
  });
}

/** In the declaration of the same name, as far from its begin or from its end as before. */
function movedTo({ at, subject }: Finding, before: string, file: SourceFile): Span | undefined {
  const node = file.entries
    .flatMap(({ item }) => (item.is === 'node' ? [item.node] : []))
    .find((n) => n.name === subject);
  if (!node) return undefined;
  const said = before.slice(at.at.offset + at.start, at.at.offset + at.end);
  const anchor = node.span.at;
  const fromEnd = file.text.length - (before.length - at.at.offset);
  return [anchor.offset, fromEnd].flatMap((base): Span[] => {
    const start = base - anchor.offset + at.start;
    const moved = { at: anchor, start, end: start + at.end - at.start };
    return file.text.slice(anchor.offset + start, anchor.offset + moved.end) === said ? [moved] : [];
  })[0];
}
