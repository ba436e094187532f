import { figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { isPersonal, notPersonal, personalAt } from './personal.ts';

export const piiInMonitor: Rule = {
  name: 'security/pii-in-monitor',
  severity: 'warning',
  summary: 'A monitor looks at personal data, which then stands in dashboards and logs.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'monitor')) {
      const watched = context.reference(node, 'watch');
      if (!watched || !isPersonal(context, watched)) continue;
      const sink = ['sink', 'tech'].flatMap((path) => {
        const value = context.value(node, path);
        return value?.form === 'references' ? value.references.map(({ name }) => `\`${name}\``) : [];
      })[0];
      const kept = sink !== undefined || context.given(node, 'sample') !== undefined;
      yield {
        at: valueSpan(input, node, 'watch'),
        message: `\`${watched.name}\` holds personal data, and \`${node.name}\` collects its values${sink ? ` in ${sink}` : ''}: they are then kept and seen where nobody deletes them. Watch something made from them, or say that these are not personal.`,
        subject: node.name,
        // where nobody says that values are kept, a test may only count them
        severity: kept ? 'warning' : 'info',
        related: personalAt(context, watched).map((n) => ({
          at: valueSpan(input, n, 'pii'),
          message: `\`${n.name}\` says so.`,
        })),
        fixes: notPersonal(input, watched),
      };
    }
  },
};
