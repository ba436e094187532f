import type { WireNode } from '#server/protocol.ts';
import { assign, svg } from './dom.ts';
import { singleLines } from './outline.ts';

/** The part that an element belongs to: its diagram id. */
export const PART = 'data-part';

/**
 * Makes Mermaid's picture one that can be read, clicked and tabbed through: texts as the view has them, titles at the left,
 * reading order, names and roles.
 */
export function dress(picture: SVGSVGElement, nodes: readonly WireNode[], title: string): void {
  // the root's own title would be a tooltip everywhere
  for (const child of picture.querySelectorAll(':scope > title, :scope > desc')) child.remove();
  assign(picture, { role: 'group', 'aria-label': title, 'aria-roledescription': null, 'aria-labelledby': null });
  picture.removeAttribute('aria-describedby');
  for (const path of picture.querySelectorAll('.node .label-container path')) {
    path.setAttribute('d', singleLines(path.getAttribute('d') ?? ''));
  }
  for (const label of picture.querySelectorAll('.edgeLabel text')) decodeLabel(label);
  nameParts(picture);
  for (const node of nodes) {
    const part = partOf(picture, node.id);
    if (part) dressPart(part, node);
  }
  sort(picture, nodes);
}

export function partOf(picture: SVGSVGElement, id: string): SVGGElement | null {
  return picture.querySelector(`g[${PART}="${CSS.escape(id)}"]`);
}

/** The parts that can have the focus, in reading order. */
export function stops(picture: SVGSVGElement): SVGGElement[] {
  return [...picture.querySelectorAll<SVGGElement>(`g[${PART}][tabindex]`)];
}

/** What a change of figures or findings changes: also called on a picture that stands on the screen. */
export function dressPart(part: SVGGElement, node: WireNode): void {
  for (const state of ['error', 'warning', 'info']) part.classList.toggle(state, node.severity === state);
  part.classList.toggle('muted', node.muted === true);
  part.classList.remove('stale');
  setLines(part, node.lines);
  const clickable = Boolean(node.target || node.opens);
  if (node.role === 'group' && !clickable) return;
  assign(part, { role: clickable ? 'button' : 'img', 'aria-label': node.label });
  if (!part.hasAttribute('tabindex')) part.setAttribute('tabindex', '-1');
  part.classList.toggle('clickable', clickable);
  assign(part, { 'data-vscode-context': clickable && JSON.stringify(contextOf(node)) });
}

/** The ring of the focus, and of the part in whose text the cursor stands. */
export function ring(part: SVGGElement): void {
  part.querySelector(':scope > .ring')?.remove();
  const { x, y, width, height } = part.getBBox();
  part.append(svg('rect', { class: 'ring', x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 4 }));
}

/** Mermaid sets a line word by word; one run of text a line can be changed in place. */
function setLines(part: SVGGElement, lines: readonly string[]): void {
  const rows = part.querySelectorAll('.text-outer-tspan');
  const heads = part.querySelectorAll('text.actor > tspan');
  if (heads.length === lines.length) for (const [i, head] of heads.entries()) head.textContent = lines[i]!;
  if (rows.length !== lines.length) return;
  for (const [i, row] of rows.entries()) {
    const [run, ...rest] = row.children;
    if (!run) continue;
    for (const word of rest) word.remove();
    if (run.textContent !== lines[i]) run.textContent = lines[i]!;
    // without a gap the last word of a line and the first of the next would be one word to a screen reader
    const gap = row.nextElementSibling;
    if (gap?.classList.contains('text-outer-tspan')) gap.before(svg('tspan', { class: 'gap' }, ' '));
  }
}

/** What VS Code's context menu shows for a part, and hands to its commands. */
function contextOf({ id, target, opens }: WireNode) {
  const section = { webviewSection: 'part', mlsysPart: id, mlsysShown: Boolean(target), mlsysOpens: Boolean(opens) };
  return { ...section, preventDefaultContextMenuItems: true };
}

/** Finds out which element draws which part: nodes and groups by their id, lifelines by what Mermaid wrote on them. */
function nameParts(picture: SVGSVGElement): void {
  for (const node of picture.querySelectorAll('g.node')) {
    const id = new RegExp(`^${picture.id}-flowchart-(.+)-\\d+$`).exec(node.id)?.[1];
    if (id) node.setAttribute(PART, id);
  }
  for (const cluster of picture.querySelectorAll('g.cluster')) {
    cluster.setAttribute(PART, cluster.id.slice(picture.id.length + 1));
    toTheLeft(cluster);
  }
  for (const line of picture.querySelectorAll('[data-et="participant"], [data-et="life-line"]')) {
    line.setAttribute(PART, line.getAttribute('data-id') ?? '');
  }
}

/** A title in the middle is crossed by the edges that enter there. */
function toTheLeft(cluster: Element): void {
  const x = Number(cluster.querySelector('rect')?.getAttribute('x') ?? 0);
  const label = cluster.querySelector('.cluster-label');
  const y = /,\s*([\d.-]+)/.exec(label?.getAttribute('transform') ?? '')?.[1] ?? '0';
  label?.setAttribute('transform', `translate(${x + 10}, ${y})`);
}

/** Mermaid writes the parts in the order of its layout; Tab and a screen reader follow the document. */
function sort(picture: SVGSVGElement, nodes: readonly WireNode[]): void {
  const order = new Map(nodes.map((node, i) => [node.id, i]));
  const place = (element: Element): number => {
    const parts = [element, ...element.querySelectorAll(`[${PART}]`)];
    return Math.min(...parts.map((part) => order.get(part.getAttribute(PART) ?? '') ?? nodes.length));
  };
  const sorted = (elements: Iterable<Element>) => [...elements].sort((a, b) => place(a) - place(b));
  for (const list of picture.querySelectorAll('g.nodes')) list.append(...sorted(list.children));
  const lifelines = [...picture.querySelectorAll('[data-et="participant"]')].map((head) => head.parentElement!);
  if (lifelines.length > 0) picture.prepend(...sorted(lifelines));
}

/** In a label of one line Mermaid leaves entities as they are, and may break a long one within. */
function decodeLabel(label: Element): void {
  const [row, ...broken] = label.querySelectorAll('.text-outer-tspan');
  const text = [row, ...broken].map((line) => line?.textContent ?? '').join(' ');
  if (!row || !text.includes('&')) return;
  for (const rest of [...broken, ...[...row.children].slice(1)]) rest.remove();
  row.children[0]!.textContent = text.replace(/& ?# ?(\d+) ?(\d*) ?;/g, (_, a: string, b: string) =>
    String.fromCodePoint(Number(a + b)),
  );
}
