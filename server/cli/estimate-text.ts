import {
  derivation,
  derivationTable,
  escapeMarkdown,
  intervalText,
  sensitivityText,
  title as titleOf,
} from '#language/describe.ts';
import { sensitivitiesOf } from '#language/estimate/uncertainty.ts';
import { type Analysis, type Estimate, isMissing, type Node } from '#language/index.ts';
import { type Figure, figuresOf } from '#language/report.ts';
import { type Paint, visible } from './output.ts';

/** A figure that there is. */
interface Known extends Figure {
  readonly answer: Estimate;
}

const isKnown = (figure: Figure): figure is Known => !isMissing(figure.answer);

/** Every figure by declaration, a line each. */
export function estimateText(title: string, analysis: Analysis, nodes: readonly Node[], paint: Paint): string {
  const blocks = perNode(analysis, nodes).map(([node, figures]) => {
    const known = figures.filter(isKnown);
    return [head(node, paint), ...figureLines(analysis, known, paint), ...unknownLines(figures, paint)].join('\n');
  });
  if (blocks.length === 0) blocks.push('There is nothing here to estimate.');
  return [paint('bold', visible(title)), ...blocks].join('\n\n');
}

function perNode(analysis: Analysis, nodes: readonly Node[]): [Node, Figure[]][] {
  const figures = figuresOf(analysis, nodes);
  return nodes.flatMap((node): [Node, Figure[]][] => {
    const own = figures.filter((figure) => figure.node === node);
    return own.length > 0 ? [[node, own]] : [];
  });
}

const head = (node: Node, paint: Paint): string => `${paint('gray', node.kind)} ${paint('bold', visible(node.name))}`;

/** `gpus_used.H100` where a figure comes once for each hardware. */
const nameOf = ({ node, subject, quantity }: Figure): string =>
  quantity.slice(node.kind.length + 1) + subject.slice(node.name.length);

function figureLines(analysis: Analysis, figures: readonly Known[], paint: Paint): string[] {
  const rows = figures.map((figure) => {
    const interval = intervalText(analysis, figure.node, figure.answer, figure.read);
    return [nameOf(figure), figure.answer.display, interval === null ? '' : paint('gray', `90%: ${interval}`)];
  });
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map(([name, figure, note]) => {
    return `  ${name!.padEnd(widths[0]!)}  ${figure!.padStart(widths[1]!)}  ${note}`.trimEnd();
  });
}

/** What is not known, one line for each thing that it would need. */
function unknownLines(figures: readonly Figure[], paint: Paint): string[] {
  const byNeed = new Map<string, string[]>();
  for (const figure of figures) {
    if (!isMissing(figure.answer) || figure.answer.missing.length === 0) continue;
    const need = figure.answer.missing.map(visible).join(', ');
    byNeed.set(need, [...(byNeed.get(need) ?? []), nameOf(figure)]);
  }
  return [...byNeed].map(([need, names]) => paint('gray', `  not known: ${names.join(', ')} (needs ${need})`));
}

/** All that is known of one declaration: each figure with its derivation, what it assumes, and what moves it. */
export function subjectText(title: string, analysis: Analysis, node: Node, paint: Paint): string {
  const figures = figuresOf(analysis, [node]);
  const blocks = figures.filter(isKnown).map((figure) => {
    const interval = intervalText(analysis, node, figure.answer, figure.read);
    const name =
      figure.subject === node.name ? titleOf(figure.quantity) : `${titleOf(figure.quantity)}, ${figure.subject}`;
    const top = `${paint('bold', `${name}: ${figure.answer.display}`)}${interval === null ? '' : ` (90%: ${interval})`}`;
    return [top, ...derivationLines(figure.answer, paint), ...notes(analysis, figure)].join('\n');
  });
  const unknown = unknownLines(figures, paint);
  if (unknown.length > 0) blocks.push(unknown.map((line) => line.replace(/^ {2}/, '')).join('\n'));
  if (blocks.length === 0) blocks.push(`Nothing is estimated of a ${node.kind}.`);
  return [paint('bold', visible(title)), head(node, paint), ...blocks].join('\n\n');
}

function derivationLines(estimate: Estimate, paint: Paint): string[] {
  const rows = derivation(estimate).map(({ label, formula, value, from, source }) => ({
    cells: [label, formula ?? '', value].map(visible),
    origin: source === null ? from : `${from}: ${visible(source)}`,
  }));
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row.cells[i]!.length)));
  return rows.map(({ cells: [label, formula, value], origin }) => {
    const cells = `  ${label!.padEnd(widths[0]!)}  ${formula!.padEnd(widths[1]!)}  ${value!.padStart(widths[2]!)}`;
    return `${cells}  ${paint('gray', origin)}`;
  });
}

function notes(analysis: Analysis, figure: Known): string[] {
  const moved = moves(analysis, figure).replaceAll('`', '');
  return [
    ...figure.answer.assumptions.map((assumption) => `  assumes: ${visible(assumption)}`),
    ...(moved ? [`  moved most by: ${visible(moved)}`] : []),
  ];
}

/** The three inputs that move a figure most. */
const moves = (analysis: Analysis, { node, quantity, read }: Known): string =>
  sensitivitiesOf(analysis, node, quantity, read).slice(0, 3).map(sensitivityText).join('; ');

/** The same for a document: a heading a declaration, a table a figure. */
export function estimateMarkdown(title: string, analysis: Analysis, nodes: readonly Node[]): string {
  const sections = perNode(analysis, nodes).flatMap(([node, figures]) => [
    `## ${node.kind} ${escapeMarkdown(node.name)}`,
    ...figures.filter(isKnown).map((figure) => figureMarkdown(analysis, figure)),
    ...unknownLines(figures, (_, text) => `- ${text.trim()}`),
  ]);
  return [`# ${escapeMarkdown(title)}`, ...sections].join('\n\n');
}

function figureMarkdown(analysis: Analysis, figure: Known): string {
  const { node, quantity, answer, read, subject } = figure;
  const interval = intervalText(analysis, node, answer, read);
  const moved = moves(analysis, figure);
  const listed = [
    ...answer.assumptions.map((assumption) => `- Assumes: ${assumption}`),
    ...(moved ? [`- Moved most by: ${moved}`] : []),
  ].join('\n');
  const heading = `### ${titleOf(quantity)}${subject === node.name ? '' : `, ${escapeMarkdown(subject)}`}`;
  const value = `**${answer.display}**${interval === null ? '' : `, 90%: ${interval}`}`;
  return [heading, value, derivationTable(answer), ...(listed ? [listed] : [])].join('\n\n');
}
