import {
  derivationTable,
  escapeMarkdown,
  type FigureLine,
  figureLines,
  intervalWithin,
  type Patience,
  movesWithin,
  title,
} from '../describe.ts';
import { type Estimate, isMissing } from '../estimate/estimate.ts';
import type { Node, Span } from '../model/design.ts';
import type { Finding } from '../rules/rule.ts';
import { kindOf } from '../schema/index.ts';
import { quantityOf } from '../schema/quantities.ts';
import type { Document } from '../workspace.ts';
import { derivedFor, firstKnown, isExpected, quantitiesFor } from './figures.ts';

/** Properties that say in one line what a declaration is, by kind; of others the first that are written. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  serving: ['model', 'pattern', 'runtime', 'hardware', 'replicas', 'traffic', 'latency'],
  training: ['model', 'hardware', 'strategy', 'examples', 'tokens', 'epochs', 'every'],
  model: ['architecture', 'params', 'active_params', 'layers', 'precision', 'context'],
  hardware: ['memory', 'bandwidth', 'bf16', 'fp16', 'fp8', 'int8', 'tdp'],
  price: ['hardware', 'rate', 'provider', 'region', 'date'],
  tech: ['role'],
};

/** A declaration, one of the catalog too: what it is, its figures, how the first came about, and what is wrong with it. */
export function aboutNode(document: Document, node: Node, patience: Patience): readonly string[] {
  const figures = figureLines(document.analysis(), node, quantitiesFor(node.kind), patience);
  const first = firstKnown(document, node, derivedFor(node));
  return [
    heading(document, node),
    node.doc ?? '',
    facts(document, node),
    source(document, node),
    figureTable(figures),
    first && !isMissing(first) ? explained(document, node, first, patience) : '',
    lacking(figures.filter((f) => isExpected(node.kind, f.quantity))),
    findingsAbout(document.findings.filter((f) => f.subject === node.name && f.at.at.uri === node.span.at.uri)),
  ];
}

/** One figure of a declaration with all that is known about how it came about. */
export function aboutFigure(document: Document, node: Node, quantity: string, patience: Patience): readonly string[] {
  const schema = quantityOf(quantity);
  const head = `**${escapeMarkdown(title(quantity))}** of \`${node.name}\`${schema ? ` — ${schema.doc}` : ''}`;
  const answer = document.analysis().estimate(node, quantity);
  if (isMissing(answer)) return [head, `needs ${answer.missing.join(', ')}`];
  const interval = intervalWithin(patience, document.analysis(), node, answer);
  return [
    head,
    `**${escapeMarkdown(answer.display)}**${interval ? ` (90%: ${escapeMarkdown(interval)})` : ''}`,
    explained(document, node, answer, patience),
  ];
}

/** How a figure came about: its derivation, assumptions, and what moves it. */
export function explained(document: Document, node: Node, estimate: Estimate, patience: Patience): string {
  const moves = movesWithin(patience, document.analysis(), node, estimate.quantity);
  return [
    `*${escapeMarkdown(title(estimate.quantity))}*`,
    derivationTable(estimate),
    estimate.assumptions.length > 0 ? `Assumed: ${estimate.assumptions.map(escapeOutsideCode).join('; ')}.` : '',
    moves.length > 0 ? `Moved most by ${moves.map(escapeOutsideCode).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

const escapeOutsideCode = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : escapeMarkdown(part)))
    .join('');

/** Text as it stands in a file, in one line. */
export function sourceText(document: Document, span: Span): string {
  const { text } = document.linesOf(span.at.uri);
  return text
    .slice(span.at.offset + span.start, span.at.offset + span.end)
    .replace(/\s+/g, ' ')
    .trim();
}

function heading(document: Document, node: Node): string {
  const from = document.design.isCatalog(node)
    ? ' (catalog)'
    : node.span.at.uri === document.uri
      ? ''
      : ` (${escapeMarkdown(node.span.at.uri.slice(node.span.at.uri.lastIndexOf('/') + 1))})`;
  return `**${node.kind}** \`${node.name}\`${from}${node.doc ? '' : ` — ${kindOf(node.kind)?.doc ?? 'no kind of this name is known'}`}`;
}

function facts(document: Document, node: Node): string {
  const keys =
    (Object.hasOwn(FACTS, node.kind) ? FACTS[node.kind] : undefined) ??
    [...node.properties.keys()].filter((key) => !['owner', 'description', 'tags', 'source'].includes(key));
  const written = keys.flatMap((key) => {
    const property = node.properties.get(key);
    if (!property || property.value.form === 'block' || property.value.form === 'columns') return [];
    const text = sourceText(document, property.valueSpan);
    return [`${key} \`${text.length > 60 ? `${text.slice(0, 57)}...` : text.replaceAll('`', "'")}\``];
  });
  return written.slice(0, 6).join(' · ');
}

function source(document: Document, node: Node): string {
  const value = document.design.isCatalog(node) ? node.properties.get('source')?.value : undefined;
  return value?.form === 'text' ? `Source: ${escapeMarkdown(value.text)}` : '';
}

function figureTable(lines: readonly FigureLine[]): string {
  const known = lines.filter((line) => line.display !== null);
  if (known.length === 0) return '';
  const uncertain = known.some((line) => line.interval !== null);
  const rows = known.map(
    (line) =>
      `| ${escapeMarkdown(line.title)} | **${escapeMarkdown(line.display!)}** |${uncertain ? ` ${escapeMarkdown(line.interval === undefined ? '...' : (line.interval ?? ''))} |` : ''}`,
  );
  return [
    uncertain ? '| figure | value | 90% interval |' : '| figure | value |',
    uncertain ? '| :-- | --: | --: |' : '| :-- | --: |',
    ...rows,
  ].join('\n');
}

/** What keeps figures from being known; those that lack the same stand together. */
function lacking(lines: readonly FigureLine[]): string {
  const groups = new Map<string, string[]>();
  for (const { missing, title: name } of lines) {
    if (missing.length === 0) continue;
    const needs = missing.join(', ');
    groups.set(needs, [...(groups.get(needs) ?? []), name]);
  }
  return [...groups]
    .slice(0, 3)
    .map(
      ([needs, names]) =>
        `- ${names.slice(0, 4).map(escapeMarkdown).join('; ')}${names.length > 4 ? ' ...' : ''}: needs ${needs}`,
    )
    .join('\n');
}

const SIGNS = { error: '✖', warning: '⚠', info: 'ℹ', hint: '·' } as const;

export function findingsAbout(found: readonly Finding[]): string {
  const lines = found.slice(0, 5).map((f) => `- ${SIGNS[f.severity]} ${escapeOutsideCode(f.message)} (\`${f.rule}\`)`);
  return [...lines, ...(found.length > 5 ? [`- ${found.length - 5} more`] : [])].join('\n');
}

/** What completion says of a catalog entry when it is looked at. */
export function catalogDoc(document: Document, name: string): string | undefined {
  const node = document.design.lookup(name);
  return node && [node.doc ?? '', facts(document, node), source(document, node)].filter(Boolean).join('\n\n');
}
