import { catalogNames } from '../../catalog/index.ts';
import type { Design } from '../../model/design.ts';
import { type Link, linksOf } from '../../model/links.ts';
import type { Fix, Report, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';
import { creation } from './creation.ts';
import { memberReport, notANumber, readingsOf, versionReport } from './members.ts';

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
            : versionReport(link);
      if (report) yield report;
    }
  },
};

function nameReport(design: Design, link: Link): Report | undefined {
  const { name, kinds, span, owner } = link;
  // where it is not allowed, `auto` is a wrong value and no name
  if (name === 'auto') return undefined;
  const known = candidates(design, kinds);
  const more = known.filter((candidate) => candidate.toLowerCase().startsWith(`${name.toLowerCase()}_`));
  const meant = more.length > 0 ? more.slice(0, 3) : [nearest(name, known)].filter((n) => n !== undefined);
  if (link.open && meant.length === 0) return undefined;
  const wanted =
    kinds.length === 0
      ? 'parameter'
      : kinds[0] === 'any'
        ? 'declaration'
        : kinds.map((k) => (k === 'features' ? 'feature view' : k)).join(' or ');
  const other = kinds.length === 0 ? design.lookup(name) : undefined;
  if (other) return { at: span, message: notANumber(design, other, span), subject: owner };
  const readings = kinds.length === 0 && meant.length === 0 ? readingsOf(design, link) : [];
  const message =
    readings.length > 0
      ? `\`${name}\` has to say of what: read it from a declaration, such as \`${readings[0]}\`.`
      : `There is no ${wanted} \`${name}\`${meant.length > 0 ? `: did you mean ${meant.map((n) => `\`${n}\``).join(' or ')}?` : '.'}`;
  const fixes = [...meant, ...readings].map(
    (text): Fix => ({ title: `Change to \`${text}\``, edits: [{ at: span, text }] }),
  );
  const created = readings.length > 0 ? undefined : creation(design, link);
  return { at: span, message, subject: owner, fixes: created ? [...fixes, created] : fixes };
}

function candidates(design: Design, kinds: readonly string[]): string[] {
  if (kinds.length === 0) return [...design.params.keys()];
  const fits = (kind: string) => kinds[0] === 'any' || kinds.includes(kind);
  return [...design.visible, ...catalogNames()].filter((n) => fits(n.kind)).map((n) => n.name);
}
