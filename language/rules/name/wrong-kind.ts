import { catalogNames } from '../../catalog/index.ts';
import { isParam, type Link, linksOf } from '../../model/links.ts';
import { kindsInWords } from '../../model/lower/value.ts';
import { kindOf } from '../../schema/index.ts';
import type { Rule } from '../rule.ts';

export const wrongKind: Rule = {
  name: 'name/wrong-kind',
  severity: 'error',
  summary: 'A name of a declaration that cannot stand there: a model where a serving belongs.',
  *check({ design }) {
    for (const link of linksOf(design)) {
      const { name, span, kinds, target, owner, property } = link;
      if (!target || kinds.length === 0 || kinds[0] === 'any' || isParam(target) || kinds.includes(target.kind))
        continue;
      if (kindOf(target.kind) === undefined || (link.open && isProduct(link))) continue;
      yield {
        at: span,
        message: `${property ? `\`${property}\`` : 'This'} needs ${kindsInWords(kinds)}; \`${name}\` is ${kindsInWords([target.kind])}.`,
        subject: owner,
        ...(design.isCatalog(target)
          ? {}
          : { related: [{ at: target.nameSpan, message: `\`${name}\` is declared here.` }] }),
      };
    }
  },
};

/** A part may be called after the product that it runs: `service Redis { tech: Redis }`. */
const isProduct = ({ name, owner }: Link): boolean =>
  name === owner || catalogNames().some((n) => n.kind === 'tech' && n.name === name);
