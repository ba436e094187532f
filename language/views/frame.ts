import type { Node } from '../model/design.ts';
import type { DiagramNode, Edge, Flowchart, Group } from './view.ts';

/** A group. One that is `whole` has the edges of its members itself, as has every group of more than three. */
export interface Frame extends Group {
  readonly whole?: true;
}

/** As many nodes as stand side by side in 581 px. */
export const ROW = 3;

/** The id of a declaration's node. */
export const idOf = ({ kind, name }: Pick<Node, 'kind' | 'name'>): string => `${kind}_${name}`;

export const arrow = (from: readonly string[], to: readonly string[], label?: string): Edge => ({
  from,
  to,
  line: 'arrow',
  ...(label ? { label } : {}),
});

/** Parts of one kind: up to three stand for themselves, more share a frame, in rows. */
export function framed(id: string, title: string, nodes: readonly DiagramNode[]): readonly (Frame | DiagramNode)[] {
  return nodes.length <= ROW ? nodes : [{ id, title, nodes }];
}

/**
 * A diagram from top to bottom of frames and nodes. Edges may name members of frames: where a frame has them, edges that
 * become equal are drawn once. An edge to something that is not drawn is left out.
 */
export function flowchartOf(parts: readonly (Frame | DiagramNode)[], edges: readonly Edge[]): Flowchart {
  const drawn = unique(parts);
  const groups = drawn.filter((part): part is Frame => 'nodes' in part);
  const nodes = drawn.filter((part): part is DiagramNode => !('nodes' in part));
  const ends = new Map<string, string>([...groups, ...nodes].map(({ id }) => [id, id]));
  for (const { id, nodes: members, whole } of groups)
    for (const member of members) ends.set(member.id, whole || members.length > ROW ? id : member.id);
  return {
    type: 'flowchart',
    direction: 'TB',
    groups: groups.map(({ whole: _, ...group }) => group),
    nodes,
    order: drawn.map(({ id }) => id),
    edges: merged(edges, (ids) => [...new Set(ids.flatMap((id) => ends.get(id) ?? []))]),
  };
}

/** Groups, and nodes outside of groups, in reading order. */
export function partsOf({ groups, nodes, order = [] }: Flowchart): readonly (Group | DiagramNode)[] {
  const place = ({ id }: Group | DiagramNode) => order.indexOf(id) >>> 0;
  return [...groups, ...nodes].toSorted((a, b) => place(a) - place(b));
}

/** All nodes, in reading order. */
export const nodesOf = (diagram: Flowchart): readonly DiagramNode[] =>
  partsOf(diagram).flatMap((part) => ('nodes' in part ? part.nodes : [part]));

/** Names that stand twice in a half-typed design may not be drawn twice. */
function unique(parts: readonly (Frame | DiagramNode)[]): readonly (Frame | DiagramNode)[] {
  const seen = new Set<string>();
  const first = ({ id }: { readonly id: string }) => !seen.has(id) && Boolean(seen.add(id));
  return parts.filter(first).map((part) => ('nodes' in part ? { ...part, nodes: part.nodes.filter(first) } : part));
}

function merged(edges: readonly Edge[], endsOf: (ids: readonly string[]) => readonly string[]): readonly Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of edges) {
    const to = endsOf(edge.to);
    const from = endsOf(edge.from).filter((id) => !to.includes(id));
    const key = `${from.join()} ${to.join()} ${edge.line}`;
    const { label, ...plain } = { ...edge, from, to };
    const same = found.get(key)?.label === label || !found.has(key);
    if (from.length > 0 && to.length > 0) found.set(key, same && label !== undefined ? { ...plain, label } : plain);
  }
  return [...found.values()];
}
