import { catalogNames } from '../../catalog/index.ts';
import type { Design, Span } from '../../model/design.ts';
import { hasMember, isParam, type Link, linksOf } from '../../model/links.ts';
import { KINDS, propertiesOf, propertyOf } from '../../schema/index.ts';
import { quantitiesOf } from '../../schema/quantities.ts';
import { placeholder } from '../placeholder.ts';
import type { Fix, Report, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const unresolved: Rule = {
  name: 'name/unresolved',
  severity: 'error',
  summary: 'A name that nothing declares, here, in an imported file or in the catalog.',
  *check({ design }) {
    for (const link of linksOf(design)) {
      const report =
        link.target === undefined
          ? nameReport(design, link)
          : link.member && !link.member.found
            ? memberReport(design, link)
            : undefined;
      if (report) yield report;
    }
  },
};

function nameReport(design: Design, link: Link): Report | undefined {
  const { name, kinds, span, owner } = link;
  const meant = nearest(name, candidates(design, kinds));
  if (link.open && !meant) return undefined;
  const wanted =
    kinds.length === 0
      ? 'parameter'
      : kinds[0] === 'any'
        ? 'declaration'
        : kinds.map((k) => (k === 'features' ? 'feature view' : k)).join(' or ');
  const other = kinds.length === 0 ? design.lookup(name) : undefined;
  const message = other
    ? `\`${name}\` is a ${other.kind}, not a number: read one of its members, such as \`${name}.${exampleMember(other.kind)}\`.`
    : `There is no ${wanted} \`${name}\`${meant ? `: did you mean \`${meant}\`?` : '.'}`;
  const fixes: Fix[] = meant ? [{ title: `Change to \`${meant}\``, edits: [{ at: span, text: meant }] }] : [];
  const created = other ? undefined : creation(design, link);
  return { at: span, message, subject: owner, fixes: created ? [...fixes, created] : fixes };
}

function candidates(design: Design, kinds: readonly string[]): string[] {
  if (kinds.length === 0) return [...design.params.keys()];
  const fits = (kind: string) => kinds[0] === 'any' || kinds.includes(kind);
  return [...design.visible, ...catalogNames()].filter((n) => fits(n.kind)).map((n) => n.name);
}

/** "Create it": a small complete declaration of the first kind that may stand here, at the end of the document. */
function creation(design: Design, link: Link): Fix | undefined {
  const { name, kinds, span } = link;
  const at = { at: { uri: span.at.uri, offset: Number.MAX_SAFE_INTEGER }, start: 0, end: 0 };
  if (kinds.length === 0) return parameter(design, link, at);
  const kind = kinds.find((k) => KINDS.some((s) => s.kind === k));
  if (!kind || design.lookup(name)) return undefined;
  const required = Object.entries(propertiesOf(kind)).filter(([, p]) => p.required);
  const parts = required.map(([key, p]) => placeholder(design, key, p));
  const body = parts.map((part) => `  ${part.text}`);
  return {
    title: `Create \`${kind} ${name}\`${parts.some((p) => p.open) ? ', with names that are still to be declared' : ''}`,
    edits: [{ at, text: `\n${kind} ${name} {\n${body.join('\n')}${body.length ? '\n' : ''}}\n` }],
  };
}

/** With a value that may stand where the name does, if that is a whole property; else its unit is not known. */
function parameter(design: Design, { name, span, owner, property }: Link, at: Span): Fix {
  const node = owner === null ? undefined : design.lookup(owner);
  const value = property === undefined ? undefined : node?.properties.get(property)?.value;
  const schema = node && property !== undefined ? propertyOf(node.kind, property) : undefined;
  const alone = value?.form === 'quantity' && !value.at && !value.on && value.expression.span === span;
  const example = alone && schema?.type.is === 'quantity' && !schema.example.includes(' ') ? schema.example : undefined;
  const title = example
    ? `Create \`param ${name} = ${example}\``
    : `Create \`param ${name}\`, with its value and unit still to be written`;
  return { title, edits: [{ at, text: `\nparam ${name} = ${example ?? 1}\n` }] };
}

const exampleMember = (kind: string): string =>
  quantitiesOf(kind)[0]
    ?.quantity.split('.')[1]
    ?.replace(/_(p\d+)$/, '.$1') ?? 'name';

function memberReport(design: Design, { name, member, target, span, owner }: Link): Report | undefined {
  if (!member || !target || isParam(target)) return undefined;
  const path = member.path.join('.');
  const subject = owner ?? name;
  const assigned = design.scenarios.some((s) => s.assignments.some((a) => a.targetSpan === member.span));
  const figures = assigned
    ? []
    : quantitiesOf(target.kind).map((q) => q.quantity.split('.')[1]!.replace(/_(p\d+)$/, '.$1'));
  const percentiles = figures.filter((f) => f.startsWith(`${path}.p`));
  if (percentiles.length > 0)
    return percentileReport(`${name}.${path}`, target.kind, percentiles, name, member, subject);
  const at = { ...member.span, start: span.end + 1 };
  const properties = Object.keys(propertiesOf(target.kind)).filter((key) => assigned || hasMember(target, [key]));
  const meant = nearest(path, [...figures, ...properties]);
  const some = (assigned ? properties : figures).slice(0, 6).map((f) => `\`${f}\``);
  const instead = meant ? `: did you mean \`${meant}\`?` : some.length > 0 ? `. It has ${some.join(', ')}.` : '.';
  return {
    at,
    message: `${target.kind} \`${name}\` has no ${assigned ? 'property' : 'figure'} \`${path}\`${instead}`,
    subject,
    fixes: meant ? [{ title: `Change to \`${meant}\``, edits: [{ at, text: meant }] }] : [],
  };
}

/** `Rank.latency` where only percentiles are figures */
function percentileReport(
  text: string,
  kind: string,
  percentiles: readonly string[],
  name: string,
  { span }: NonNullable<Link['member']>,
  subject: string,
): Report {
  const example = `such as \`${name}.${percentiles.at(-1)}\`.`;
  return {
    at: span,
    message:
      kind === 'serving' && text.endsWith('.latency')
        ? `\`${text}\` could be the latency alone or under load: read a percentile under load, ${example}`
        : `\`${text}\` is a distribution: read a percentile of it, ${example}`,
    subject,
    fixes: percentiles.map((f) => ({ title: `Read \`${name}.${f}\``, edits: [{ at: span, text: `${name}.${f}` }] })),
  };
}
