import { isParam, linksOf } from '../../model/links.ts';
import type { Rule } from '../rule.ts';

export const wrongKind: Rule = {
  name: 'name/wrong-kind',
  severity: 'error',
  summary: 'A name of a declaration that cannot stand there: a model where a serving belongs.',
  *check({ design }) {
    for (const { name, span, kinds, target, owner, property, open } of linksOf(design)) {
      if (!target || kinds.length === 0 || kinds[0] === 'any' || isParam(target) || kinds.includes(target.kind) || open)
        continue;
      const wanted = kinds.join(', ').replace(/, ([^,]*)$/, ' or $1');
      yield {
        at: span,
        message: `${property ? `\`${property}\`` : 'This'} needs a ${wanted}; \`${name}\` is a ${target.kind}.`,
        subject: owner,
        ...(design.isCatalog(target)
          ? {}
          : { related: [{ at: target.nameSpan, message: `\`${name}\` is declared here.` }] }),
      };
    }
  },
};
