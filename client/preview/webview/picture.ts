import type { ViewResponse, WireNode } from '#server/protocol.ts';
import { dress, PART, partOf, ring, stops } from './dress.ts';
import { panZoom, type Zoom } from './panzoom.ts';
import { patch, structureOf } from './patch.ts';
import { render } from './render.ts';

/** The diagram on the screen: drawn off-screen and swapped at once, or changed in place where only figures changed. */
export function picture(viewport: HTMLElement, start: Zoom | null, zoomed: (at: Zoom | null) => void) {
  const camera = panZoom(viewport, start, zoomed);
  let current: SVGSVGElement | null = null;
  let nodes = new Map<string, WireNode>();
  let structure = '';
  let subject: string | null = null;
  let marked: readonly string[] = [];

  async function draw(response: ViewResponse, outdated: () => boolean): Promise<'drawn' | 'patched' | 'empty' | null> {
    const { model, mermaid, uri } = response;
    if (model.empty !== null) {
      clear();
      return 'empty';
    }
    const next = { structure: structureOf(mermaid), subject: JSON.stringify([uri, model.view, model.subject]) };
    const same = next.structure === structure && next.subject === subject;
    nodes = same ? new Map(model.nodes.map((node) => [node.id, node])) : nodes;
    if (current && same && patch(current, model.nodes, mermaid)) return 'patched';

    const drawn = await render(mermaid);
    if (outdated()) return null;
    dress(drawn, model.nodes, model.title);
    nodes = new Map(model.nodes.map((node) => [node.id, node]));
    swap(drawn, subject !== null && subject !== next.subject);
    ({ structure, subject } = next);
    return 'drawn';
  }

  /** The focus stays on the part that had it, and so does the stop of the Tab key. */
  function swap(drawn: SVGSVGElement, home: boolean): void {
    const focused = document.activeElement?.closest(`[${PART}]`)?.getAttribute(PART);
    const stop = current?.querySelector('[tabindex="0"]')?.getAttribute(PART);
    (partOf(drawn, focused ?? stop ?? '') ?? stops(drawn)[0])?.setAttribute('tabindex', '0');
    current = drawn;
    camera.show(drawn, home);
    if (focused) partOf(drawn, focused)?.focus({ preventScroll: true });
    mark(marked);
  }

  function mark(ids: readonly string[]): void {
    const moved = ids.join() !== marked.join();
    marked = ids;
    for (const part of viewport.querySelectorAll('.marked')) part.classList.remove('marked');
    for (const id of ids) {
      const part = current && partOf(current, id);
      if (!part) continue;
      ring(part);
      part.classList.add('marked');
      if (moved) part.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  /** Marks what can no longer be read as it last was: declarations by name, and parts that are gone. Gives their names. */
  function stale(names: readonly string[], left: readonly WireNode[]): string[] {
    const ids = new Set(left.map(({ id }) => id));
    const found = [...nodes.values()].filter(
      ({ id, role, target }) => role !== 'group' && (names.includes(target?.name ?? '') || !ids.has(id)),
    );
    for (const part of viewport.querySelectorAll('.stale')) part.classList.remove('stale');
    for (const node of found) {
      const part = current && partOf(current, node.id);
      part?.classList.add('stale');
      part?.setAttribute('aria-label', `${node.label}, as it last was`);
    }
    return [...new Set(found.map(({ target, lines }) => target?.name ?? lines[0] ?? ''))];
  }

  function clear(): void {
    viewport.replaceChildren();
    current = null;
    [structure, nodes] = ['', new Map()];
  }

  return {
    draw,
    mark,
    stale,
    clear,
    node: (id: string) => nodes.get(id),
    zoom(step: 'in' | 'out' | 'reset'): void {
      if (step === 'reset') camera.reset();
      else camera.by(step === 'in' ? 1.25 : 0.8);
    },
    counts: () => ({
      nodes: viewport.querySelectorAll(`g[${PART}][role="button"]`).length,
      edges: viewport.querySelectorAll('.flowchart-link:not(.edge-thickness-invisible), .messageLine0, .messageLine1')
        .length,
    }),
  };
}
