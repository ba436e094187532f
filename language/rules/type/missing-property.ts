import type { Node } from '../../model/design.ts';
import { propertiesOf } from '../../schema/index.ts';
import type { Edit, Rule } from '../rule.ts';

export const missingProperty: Rule = {
  name: 'type/missing-property',
  severity: 'error',
  summary: 'A declaration lacks a property that its kind needs.',
  *check({ design }) {
    for (const node of design.nodes) {
      if (!node.whole) continue;
      const schema = propertiesOf(node.kind);
      for (const [key, property] of Object.entries(schema)) {
        if (!property.required || node.properties.has(key) || node.problems.some((p) => p.is === 'unknown-property'))
          continue;
        const text =
          property.type.is === 'columns' || property.type.is === 'block'
            ? `${key} ${property.example}`
            : `${key}: ${property.example}`;
        yield {
          at: node.nameSpan,
          message: `${node.kind} \`${node.name}\` needs \`${key}\`. ${property.doc}`,
          subject: node.name,
          fixes: [{ title: `Insert \`${text.length > 40 ? key : text}\``, edits: [insertion(node, text)] }],
        };
      }
    }
  },
};

/** Right after the brace that opens the body: on a line of its own, or in line where the body is in one line. */
function insertion(node: Node, text: string): Edit {
  const at = { ...node.bodySpan, start: node.bodySpan.start + 1, end: node.bodySpan.start + 1 };
  return { at, text: node.inline ? ` ${text} ` : `\n  ${text}` };
}
