import { nodesOf, partsOf } from './frame.ts';
import { nodeLines, participantLines, plain, shorten, titleLine } from './label.ts';
import type { DiagramNode, Edge, Empty, Flowchart, Group, Sequence, SequenceStep, ViewModel } from './view.ts';

/** A view as Mermaid source: the same model gives the same bytes, and no text of the user's is ever read as syntax. */
export function printMermaid(model: ViewModel): string {
  const head = [`accTitle: ${sentence(model.title)}`, `accDescr: ${sentence(model.description)}`];
  const [type, body] = printDiagram(model.diagram);
  return `${[type, ...[...head, ...body].map((line) => `  ${line}`)].join('\n')}\n`;
}

/**
 * The id of a part as it stands in the text. Bare words break Mermaid (`end`, `class`, `o1` after a line) or the page
 * (`__proto__`), so every id is `kind_Name`, in letters that have no meaning of their own.
 */
export function diagramId(id: string): string {
  const word = id.replace(/[^A-Za-z0-9_]/gu, (character) => `_${character.codePointAt(0)!.toString(16)}_`);
  return /^[a-z]+_./.test(word) ? word : `node_${word}`;
}

/** Text as Mermaid takes it literally, in quotes or to the end of a line. */
export function escapeText(text: string): string {
  return plain(text).replace(UNSAFE, entity);
}

/**
 * All but letters, figures, and signs without a meaning in Mermaid's grammars. And of these: `ﬂ`, a mark of Mermaid's own;
 * `_` where it would be Markdown; `$$`, a formula where labels are HTML; the phrase `direction LR`, a statement even in quotes.
 */
const UNSAFE =
  /ﬂ|[^\p{L}\p{M}\p{N} _.,·×≥≤→%$/°µ±–…⚠✖ℹ↻▰▱-]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\$(?=\$)|[dD](?=irection (?:TB|TD|BT|RL|LR))/gu;

/** Mermaid breaks a line at `\\n`, even one that it has just decoded: a word joiner, which nobody sees, stands in between. */
const entity = (character: string) => (character === '\\' ? '#92;#8288;' : `#${character.codePointAt(0)};`);
const join = (lines: readonly string[]) => lines.map(escapeText).join('<br/>') || ' ';
const ids = (list: readonly string[]) => list.map(diagramId).join(' & ');
const sentence = (text: string) => escapeText(shorten(plain(text), 1000));
const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

function printDiagram(diagram: Flowchart | Sequence | Empty): [type: string, body: string[]] {
  if (diagram.type === 'flowchart') return [`flowchart ${diagram.direction}`, flowchart(diagram)];
  if (diagram.type === 'sequence') return ['sequenceDiagram', sequence(diagram)];
  return ['flowchart TB', [`empty_view["${join(lines(plain(diagram.text)))}"]@{ shape: rect }`]];
}

function flowchart(diagram: Flowchart): string[] {
  return [
    ...partsOf(diagram).flatMap((part) => ('nodes' in part ? subgraph(part, diagram.edges) : [declaration(part)])),
    ...chains(diagram.edges).map(connection),
    ...classes(nodesOf(diagram)),
    ...CLASS_DEFINITIONS,
  ];
}

function declaration(node: DiagramNode, neighbours?: number): string {
  return `${diagramId(node.id)}["${join(nodeLines(node, neighbours))}"]@{ shape: ${node.shape} }`;
}

function subgraph(group: Group, edges: readonly Edge[]): string[] {
  const members = group.nodes.map((node) => diagramId(node.id));
  const among = (list: readonly string[]) => list.some((id) => members.includes(diagramId(id)));
  const placed = edges.some((edge) => among(edge.from) && among(edge.to));
  return [
    `subgraph ${diagramId(group.id)} ["${join([titleLine(group.title)])}"]`,
    ...indent([
      'direction TB',
      ...group.nodes.map((node) => declaration(node, members.length)),
      ...(placed ? [] : rowsOfThree(members)),
    ]),
    'end',
  ];
}

/**
 * Invisible edges that put members in rows of three, column under column. Every member of a row has an edge to the next, or
 * it would sink to the last row; one or two that are left over stand between the columns.
 */
function rowsOfThree(members: readonly string[]): string[] {
  if (members.length <= 3) return [];
  const whole = members.length - (members.length % 3);
  const columns = [0, 1, 2].map((column) => members.slice(0, whole).filter((_, i) => i % 3 === column));
  const [a, b, c] = members.slice(whole - 3, whole);
  const [first, second] = members.slice(whole);
  const last = second ? [`${a} & ${b} ~~~ ${first}`, `${b} & ${c} ~~~ ${second}`] : [`${a} & ${b} & ${c} ~~~ ${first}`];
  return [...(whole > 3 ? columns.map((column) => column.join(' ~~~ ')) : []), ...(first ? last : [])];
}

const LINES: Readonly<Record<Edge['line'], readonly [plain: string, begin: string]>> = {
  arrow: ['-->', '--'],
  'dotted-arrow': ['-.->', '-.'],
  dotted: ['-.-', '-.'],
  thick: ['===', '=='],
  'thick-arrow': ['==>', '=='],
  order: ['~~~', '~~~'],
};
const ENDS: Readonly<Partial<Record<Edge['line'], string>>> = { 'dotted-arrow': '.->', dotted: '.-' };

/** Edges that follow one another from one part to the next stand on one line. */
function chains(edges: readonly Edge[]): Edge[][] {
  const result: Edge[][] = [];
  for (const edge of edges) {
    const last = result.at(-1)?.at(-1);
    if (last && continues(last, edge)) result.at(-1)!.push(edge);
    else result.push([edge]);
  }
  return result;
}

function continues(last: Edge, edge: Edge): boolean {
  const single = [last.from, last.to, edge.from, edge.to].every((ends) => ends.length === 1);
  return single && last.to[0] === edge.from[0] && last.line === edge.line && !last.label && !edge.label;
}

function connection(chain: readonly Edge[]): string {
  return chain.reduce((text, edge) => `${text} ${arrow(edge)} ${ids(edge.to)}`, ids(chain[0]!.from));
}

function arrow({ line, label }: Edge): string {
  const [whole, begin] = LINES[line];
  return label && line !== 'order' ? `${begin} "${join([titleLine(label)])}" ${ENDS[line] ?? whole}` : whole;
}

/** One line a class: Mermaid takes several nodes there, but not several classes. */
function classes(nodes: readonly DiagramNode[]): string[] {
  const members = new Map<string, string[]>();
  const add = (name: string, id: string) => members.set(name, [...(members.get(name) ?? []), diagramId(id)]);
  for (const node of nodes) if (!node.muted) add(node.role, node.id);
  for (const severity of ['error', 'warning', 'info'] as const)
    for (const node of nodes) if (node.severity === severity) add(severity, node.id);
  for (const node of nodes) if (node.muted) add('muted', node.id);
  return [...members].map(([name, list]) => `class ${list.join(',')} ${name}`);
}

/** Widths and dashes alone, so that a diagram reads the same in every theme and on paper. */
const CLASS_DEFINITIONS = [
  'classDef info stroke-width:2px,stroke-dasharray:1 3',
  'classDef warning stroke-width:2px,stroke-dasharray:7 3',
  'classDef error stroke-width:4px',
  'classDef muted stroke-dasharray:2 4',
];

function sequence(diagram: Sequence): string[] {
  return [
    ...diagram.participants.map((p) => `participant ${diagramId(p.id)} as ${join(participantLines(p))}`),
    ...diagram.steps.flatMap(steps),
  ];
}

function steps(step: SequenceStep): string[] {
  switch (step.step) {
    case 'note':
      return [`Note over ${diagramId(step.over)}: ${message(step.text)}`];
    case 'call':
      return [`${diagramId(step.from)}${step.waits ? '->>' : '--)'}${diagramId(step.to)}: ${message(step.text)}`];
    case 'par':
      return block(
        `par ${message(step.text)}`,
        step.branches.map((branch) => branch.flatMap(steps)),
      );
    default:
      return block(`${step.step} ${message(step.text)}`, [step.steps.flatMap(steps)]);
  }
}

function block(head: string, branches: readonly (readonly string[])[]): string[] {
  const drawn = branches.filter((branch) => branch.length > 0).map(indent);
  return drawn.length === 0 ? [] : [head, ...drawn.flatMap((branch, i) => (i ? ['and', ...branch] : branch)), 'end'];
}

/** A text may not be missing here: the blank as an entity stands for one. */
function message(text: string): string {
  return escapeText(titleLine(text)) || '#32;';
}

/** Several lines, because Mermaid decodes an entity in a label of SVG text only where a line break stands. */
function lines(text: string): string[] {
  const result = [''];
  for (const word of text.split(' ').map((word) => shorten(word))) {
    if (`${result.at(-1)} ${word}`.length > 32 && result.at(-1) !== '') result.push('');
    result.push(`${result.pop()} ${word}`.trim());
  }
  return result;
}
