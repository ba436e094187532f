import { type Declaration, declarationsOf, freeName } from '../../model/declarations.ts';
import type { Design, Span } from '../../model/design.ts';
import { linksOf } from '../../model/links.ts';
import type { Edit, Fix, Report, Rule, RuleInput } from '../rule.ts';

export const duplicate: Rule = {
  name: 'name/duplicate',
  severity: 'error',
  summary: 'Two declarations that are visible here have one name, or a file has two systems.',
  *check({ design, items }) {
    const first = new Map<string, Declaration>();
    const { own, imported } = declarationsOf(design, items);
    for (const declaration of own) {
      const other = first.get(declaration.name) ?? imported.find((d) => d.name === declaration.name);
      if (!first.has(declaration.name)) first.set(declaration.name, declaration);
      if (other) yield ownReport(design, declaration, other, own);
    }
    yield* importReports(design, imported);
    yield* systemReports(items);
  },
};

function ownReport(design: Design, { name, at }: Declaration, other: Declaration, own: readonly Declaration[]): Report {
  const elsewhere = other.at.at.uri !== design.uri;
  const message = elsewhere
    ? `\`${name}\` is declared in \`${fileOf(other.at)}\` too, which is imported: here it means this one.`
    : `\`${name}\` is declared twice: it means the first, and this one has no figures.`;
  return {
    at,
    message,
    subject: name,
    related: [{ at: other.at, message: `\`${name}\` is ${elsewhere ? 'declared here too' : 'first declared here'}.` }],
    fixes: [renaming(design, name, at, elsewhere, own)],
  };
}

/** What names the first of two goes on to do so; what names the only one of this document follows it. */
function renaming(design: Design, name: string, at: Span, follow: boolean, own: readonly Declaration[]): Fix {
  const text = freeName(design, name, own);
  const links = follow ? [...linksOf(design)].filter((link) => link.name === name && link.target) : [];
  const edits: Edit[] = [at, ...links.map((link) => link.span)].map((span) => ({ at: span, text }));
  return { title: `Rename this one to \`${text}\``, edits };
}

/** Two files that are imported have one name: said once, at the import that brings the second. */
function* importReports(design: Design, imported: readonly Declaration[]): Generator<Report> {
  const first = new Map<string, Declaration>();
  for (const declaration of imported) {
    const other = first.get(declaration.name);
    if (!other) first.set(declaration.name, declaration);
    const by = design.imports.find((i) => i.uri === declaration.at.at.uri);
    if (!other || !by || other.at.at.uri === declaration.at.at.uri) continue;
    yield {
      at: by.pathSpan,
      message: `\`${declaration.name}\` is declared in \`${fileOf(other.at)}\` and in \`${fileOf(declaration.at)}\`, and both are imported: it means the first.`,
      subject: declaration.name,
      related: [other, declaration].map((d) => ({ at: d.at, message: `\`${d.name}\` is declared here.` })),
    };
  }
}

/** A `system` is the whole design: figures and budgets of a second one in the file would be those of the first. */
function* systemReports(items: RuleInput['items']): Generator<Report> {
  const [first, ...more] = items.flatMap((item) =>
    item.is === 'node' && item.node.kind === 'system' ? item.node : [],
  );
  for (const { name, nameSpan } of more) {
    if (name === first!.name) continue;
    yield {
      at: nameSpan,
      message: `A file describes one system, and this one has \`${first!.name}\` already: put \`${name}\` into a file of its own.`,
      subject: name,
      related: [{ at: first!.nameSpan, message: `\`${first!.name}\` is declared here.` }],
    };
  }
}

const fileOf = (span: Span): string => decodeURIComponent(span.at.uri.slice(span.at.uri.lastIndexOf('/') + 1));
