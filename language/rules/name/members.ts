import type { Design, Node, Span } from '../../model/design.ts';
import { isParam, type Link } from '../../model/links.ts';
import { kindsInWords } from '../../model/lower/value.ts';
import { hasMember } from '../../model/members.ts';
import { propertiesOf } from '../../schema/index.ts';
import { quantitiesOf } from '../../schema/quantities.ts';
import type { Report } from '../rule.ts';
import { nearest } from '../spelling.ts';

/** `A.b` where A has no b. */
export function memberReport(design: Design, { name, member, target, span, owner }: Link): Report | undefined {
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
  if (target.kind === 'cluster' && design.lookup(path)?.kind === 'hardware' && !assigned) {
    const right = `${name}.gpus_used.${path}`;
    const fix = { title: `Read \`${right}\``, edits: [{ at: member.span, text: right }] };
    const fixes = hasMember(target, ['gpus_used', path], design) ? [fix] : [];
    return {
      at: member.span,
      message: `What of the ${path} of \`${name}\`: its GPUs in use are \`${right}\`.`,
      subject,
      fixes,
    };
  }
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

/** `CardVelocity@3` where only version 2 is declared. */
export function versionReport({ name, version, versionedSpan: at, target, owner }: Link): Report | undefined {
  if (version === undefined || !at || !target || isParam(target)) return undefined;
  const own = target.properties.get('version');
  const declared = own?.value.form === 'text' ? own.value.text : undefined;
  if (declared === version) return undefined;
  const written = /^\w[\w.]*$/.test(declared ?? '') ? declared : `"${declared}"`;
  const right = declared === undefined ? name : `${name}@${written}`;
  return {
    at,
    message:
      declared === undefined
        ? `\`${name}\` has no version, and none can be asked for: write \`${name}\`, or give it a \`version\`.`
        : `There is no version ${version} of \`${name}\`: did you mean \`${right}\`?`,
    subject: owner,
    related: [{ at: own?.valueSpan ?? target.nameSpan, message: `\`${name}\` is declared here.` }],
    fixes: [{ title: `Change to \`${right}\``, edits: [{ at, text: right }] }],
  };
}

/** A declaration where a number is needed; in a scenario something of it is assigned. */
export function notANumber(design: Design, { kind, name }: Node, { at, start }: Span): string {
  const assigned = design.scenarios.some((s) =>
    s.assignments.some((a) => a.targetSpan.at === at && a.targetSpan.start === start),
  );
  const property = Object.entries(propertiesOf(kind)).find(([, p]) => p.type.is === 'quantity')?.[0];
  return assigned
    ? `\`${name}\` is ${kindsInWords([kind])}: assign to one of its properties, such as \`${name}.${property ?? 'tech'} = ...\`.`
    : `\`${name}\` is ${kindsInWords([kind])}, not a number: read one of its members, such as \`${name}.${exampleMember(kind)}\`.`;
}

/** A figure's name without its declaration: `latency` or `cost` in a requirement. */
export function readingsOf(design: Design, { name }: Link): string[] {
  return design.visible
    .flatMap((node) =>
      quantitiesOf(node.kind)
        .map((q) => q.quantity.split('.')[1]!)
        .filter((own) => own === name || own === `${name}_p99` || own === `${name}_p95`)
        .slice(-1)
        .map((own) => `${node.name}.${own.replace(/_(p\d+)$/, '.$1')}`),
    )
    .slice(0, 3);
}

const exampleMember = (kind: string): string =>
  quantitiesOf(kind)[0]
    ?.quantity.split('.')[1]
    ?.replace(/_(p\d+)$/, '.$1') ?? 'name';
