import type { Node } from '../model/design.ts';
import { ofKind, targetOf, type ViewInput } from './input.ts';
import { lensesOf } from './lens.ts';
import type { DiagramNode, LegendItem, Severity, Shape } from './view.ts';

/** How each kind is drawn, and what the legend calls it. */
const KINDS: Readonly<Record<string, readonly [shape: Shape, text: string]>> = {
  source: ['h-cyl', 'source'],
  pipeline: ['lean-r', 'pipeline'],
  entity: ['rect', 'entity'],
  featurestore: ['cyl', 'feature store'],
  features: ['win-pane', 'feature view'],
  index: ['datastore', 'vector index'],
  training: ['fr-rect', 'training'],
  model: ['hex', 'model'],
  registry: ['tag-rect', 'registry'],
  request: ['stadium', 'request'],
  gateway: ['rounded', 'gateway'],
  service: ['rounded', 'service'],
  serving: ['procs', 'serving'],
  experiment: ['trap-b', 'experiment'],
  cluster: ['rect', 'cluster'],
  monitor: ['delay', 'monitor'],
  feedback: ['lean-r', 'feedback'],
  gate: ['hex', 'condition'],
  metric: ['delay', 'metric'],
  decision: ['rounded', 'outcome'],
  system: ['stadium', 'system'],
};

const BATCH = ['bow-rect', 'batch source'] as const;
const REVIEW = ['sl-rect', 'human review'] as const;

/** The shape of a declaration, and the word for it. */
export function lookOf({ now }: Pick<ViewInput, 'now'>, node: Node): readonly [shape: Shape, text: string] {
  const type = now.word(node, 'type');
  if (node.kind === 'source' && type === 'batch') return BATCH;
  if (node.kind === 'service' && type === 'human_review') return REVIEW;
  return KINDS[node.kind] ?? ['rect', node.kind];
}

/** A declaration as a node: its id, shape, state, and where a click leads. */
export function partOf(
  input: ViewInput,
  node: Node,
  lines: readonly string[],
  opens?: DiagramNode['opens'],
): DiagramNode {
  const severity = input.severities.get(node.name);
  const [shape, text] = lookOf(input, node);
  const shown = lines.filter((line) => line !== '');
  return {
    id: `${node.kind}_${node.name}`,
    lines: shown.length < 2 ? [...shown, text] : shown,
    shape,
    role: node.kind,
    target: targetOf(node),
    lenses: lensesOf(input, node),
    ...(severity ? { severity } : {}),
    ...(node.span.at.uri === input.design.uri ? {} : { muted: true }),
    ...(opens ? { opens } : {}),
  };
}

/** The kinds among some parts, in reading order, then the severities among them. */
export function legendOf(input: ViewInput, nodes: readonly DiagramNode[]): readonly LegendItem[] {
  const items = new Map<string, LegendItem>();
  const add = (item: LegendItem) => items.has(item.text) || items.set(item.text, item);
  for (const { id, shape, role } of nodes) {
    const node = ofKind(input, role).find(({ kind, name }) => id === `${kind}_${name}`);
    const [form, text] = node ? lookOf(input, node) : (KINDS[role] ?? [shape, '']);
    if (text) add({ shape: form, text });
  }
  for (const severity of ['error', 'warning', 'info'] satisfies Severity[])
    if (nodes.some((n) => n.severity === severity)) add({ shape: 'rect', text: severity, severity });
  return [...items.values()];
}
