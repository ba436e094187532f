import { KINDS, propertiesOf } from '../../schema/index.ts';
import { insertion } from '../edits.ts';
import { placeholder } from '../placeholder.ts';
import type { Rule } from '../rule.ts';

export const missingProperty: Rule = {
  name: 'type/missing-property',
  severity: 'error',
  summary: 'A declaration lacks a property that its kind needs.',
  *check({ design }) {
    const required = new Map(KINDS.map(({ kind }) => [kind, requiredOf(kind)]));
    for (const node of design.nodes) {
      if (!node.whole) continue;
      for (const [key, property] of required.get(node.kind) ?? []) {
        if (node.properties.has(key) || node.problems.some((p) => p.is === 'unknown-property')) continue;
        const { text, open } = placeholder(design, key, property);
        const title = `Insert \`${text.length > 40 ? key : text}\`${open ? ', a name that is still to be declared' : ''}`;
        yield {
          at: node.nameSpan,
          message: `${node.kind} \`${node.name}\` needs \`${key}\`. ${property.doc}`,
          subject: node.name,
          fixes: [{ title, edits: [insertion(node, text)] }],
        };
      }
    }
  },
};

const requiredOf = (kind: string) => Object.entries(propertiesOf(kind)).filter(([, { required }]) => required);
