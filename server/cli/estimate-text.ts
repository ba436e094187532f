import {
  derivation,
  derivationTable,
  escapeMarkdown,
  intervalText,
  sensitivityLines,
  title as titleOf,
} from '#language/describe.ts';
import { type Analysis, type Estimate, isMissing, type Node } from '#language/index.ts';
import { type Figure, figuresOf } from '#language/report.ts';
import { type Paint, visible } from './output.ts';

/** Every figure by declaration, a line each. */
export function estimateText(title: string, analysis: Analysis, nodes: readonly Node[], paint: Paint): string {
  const figures = figuresOf(analysis, nodes);
  const blocks = nodes.flatMap((node) => {
    const own = figures.filter((figure) => figure.node === node);
    return own.length > 0 ? [[head(node, paint), ...figureLines(analysis, own, paint)].join('\n')] : [];
  });
  if (blocks.length === 0) blocks.push('There is nothing here to estimate.');
  return [paint('bold', visible(title)), ...blocks].join('\n\n');
}

const head = (node: Node, paint: Paint): string => `${paint('gray', node.kind)} ${paint('bold', visible(node.name))}`;

function figureLines(analysis: Analysis, figures: readonly Figure[], paint: Paint): string[] {
  const rows = figures.map(({ node, quantity, answer }) => {
    const name = quantity.slice(node.kind.length + 1);
    if (isMissing(answer)) return [name, '-', paint('gray', `needs ${answer.missing.map(visible).join(', ')}`)];
    const interval = intervalText(analysis, node, answer);
    return [name, answer.display, interval === null ? '' : paint('gray', `90%: ${interval}`)];
  });
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map(([name, figure, note]) => {
    return `  ${name!.padEnd(widths[0]!)}  ${figure!.padStart(widths[1]!)}  ${note}`.trimEnd();
  });
}

/** All that is known of one declaration: each figure with its derivation, what it assumes, and what moves it. */
export function subjectText(title: string, analysis: Analysis, node: Node, paint: Paint): string {
  const figures = figuresOf(analysis, [node]);
  const blocks = figures.map(({ quantity, answer }) => {
    const name = paint('bold', titleOf(quantity));
    if (isMissing(answer)) return `${name}: not known. It needs ${answer.missing.map(visible).join(', ')}.`;
    return [
      `${name}: ${figureText(analysis, node, answer, paint)}`,
      ...derivationLines(answer, paint),
      ...notes(analysis, node, answer),
    ].join('\n');
  });
  if (blocks.length === 0) blocks.push(`There is nothing to estimate of a ${node.kind}.`);
  return [paint('bold', visible(title)), head(node, paint), ...blocks].join('\n\n');
}

function figureText(analysis: Analysis, node: Node, estimate: Estimate, paint: Paint): string {
  const interval = intervalText(analysis, node, estimate);
  return paint('bold', estimate.display) + (interval === null ? '' : paint('gray', ` (90%: ${interval})`));
}

function derivationLines(estimate: Estimate, paint: Paint): string[] {
  const rows = derivation(estimate).map(({ label, formula, value, from, source }) => {
    return {
      cells: [label, formula ?? '', value].map(visible),
      origin: source === null ? from : `${from}: ${visible(source)}`,
    };
  });
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row.cells[i]!.length)));
  return rows.map(({ cells: [label, formula, value], origin }) => {
    const cells = `  ${label!.padEnd(widths[0]!)}  ${formula!.padEnd(widths[1]!)}  ${value!.padStart(widths[2]!)}`;
    return `${cells}  ${paint('gray', origin)}`;
  });
}

function notes(analysis: Analysis, node: Node, estimate: Estimate): string[] {
  const moves = sensitivityLines(analysis, node, estimate.quantity);
  return [
    ...estimate.assumptions.map((assumption) => `  assumes: ${visible(assumption)}`),
    ...(moves.length > 0 ? [`  moves it: ${visible(moves.join('; ').replaceAll('`', ''))}`] : []),
  ];
}

/** The same for a document: a heading a declaration, a table a figure. */
export function estimateMarkdown(title: string, analysis: Analysis, nodes: readonly Node[]): string {
  const figures = figuresOf(analysis, nodes);
  const sections = nodes.flatMap((node) => {
    const own = figures.filter((figure) => figure.node === node);
    if (own.length === 0) return [];
    return [`## ${node.kind} ${escapeMarkdown(node.name)}`, ...own.map((figure) => figureMarkdown(analysis, figure))];
  });
  return [`# ${escapeMarkdown(title)}`, ...sections].join('\n\n');
}

function figureMarkdown(analysis: Analysis, { node, quantity, answer }: Figure): string {
  const heading = `### ${titleOf(quantity)}`;
  if (isMissing(answer)) return `${heading}\n\nNot known: it needs ${answer.missing.join(', ')}.`;
  const interval = intervalText(analysis, node, answer);
  const moves = sensitivityLines(analysis, node, quantity);
  const listed = [
    ...answer.assumptions.map((assumption) => `- Assumes: ${assumption}`),
    ...(moves.length > 0 ? [`- Moves it most: ${moves.join('; ')}`] : []),
  ].join('\n');
  const figure = `**${answer.display}**${interval === null ? '' : `, 90%: ${interval}`}`;
  return [heading, figure, derivationTable(answer), ...(listed ? [listed] : [])].join('\n\n');
}
