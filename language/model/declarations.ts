import type { Design, Item, Span } from './design.ts';

/** A name that a document gives to something, and where. */
export interface Declaration {
  readonly name: string;
  readonly at: Span;
}

/** What a document declares, scenarios and repeats too, in its order; and what the files that it imports declare. */
export function declarationsOf(
  design: Design,
  items: readonly Item[],
): { own: readonly Declaration[]; imported: readonly Declaration[] } {
  const own = items.flatMap((item): Declaration[] => {
    if (item.is === 'node') return [{ name: item.node.name, at: item.node.nameSpan }];
    if (item.is === 'param') return [{ name: item.param.name, at: item.param.nameSpan }];
    return item.is === 'scenario' ? [{ name: item.scenario.name, at: item.scenario.nameSpan }] : [];
  });
  const imported = [...design.visible, ...design.everyParam]
    .filter((d) => d.span.at.uri !== design.uri)
    .map((d): Declaration => ({ name: d.name, at: d.nameSpan }));
  return { own: own.filter((d) => d.name !== ''), imported: imported.filter((d) => d.name !== '') };
}

/** `Rank2` for `Rank`, `Rank_2` for what ends in a digit: the first that nothing visible has. */
export function freeName(design: Design, name: string, own: readonly Declaration[]): string {
  const taken = new Set([...own.map((d) => d.name), ...design.params.keys()]);
  for (let n = 2; ; n++) {
    const text = /\d$/.test(name) ? `${name}_${n}` : `${name}${n}`;
    if (!taken.has(text) && !design.lookup(text)) return text;
  }
}
