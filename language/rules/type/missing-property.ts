import type { Node } from '../../model/design.ts';
import { KINDS, propertiesOf } from '../../schema/index.ts';
import { insertion } from '../edits.ts';
import { placeholder } from '../placeholder.ts';
import type { Report, Rule } from '../rule.ts';

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
      yield* unsized(node);
    }
  },
};

/** `string` and `category` without how many: the size of a row is not known then, and is never guessed. */
function* unsized(node: Node): Generator<Report> {
  const schema = node.properties.get('schema')?.value;
  for (const { name, type, size, typeSpan } of schema?.form === 'columns' ? schema.columns : []) {
    const needed = SIZED[type];
    if (!needed || size !== undefined) continue;
    const right = `${type}(${needed.example})`;
    yield {
      at: typeSpan,
      message: `\`${name}\` does not say ${needed.what}, so the size of a row is not known: write \`${right}\`, for one of ${needed.example}.`,
      subject: node.name,
      severity: 'info',
      fixes: [{ title: `Write \`${right}\`, and correct the number`, edits: [{ at: typeSpan, text: right }] }],
    };
  }
}

const SIZED: Readonly<Record<string, { readonly what: string; readonly example: number }>> = {
  string: { what: 'how many bytes its text has', example: 20 },
  category: { what: 'how many values it may have', example: 1000 },
};

const requiredOf = (kind: string) => Object.entries(propertiesOf(kind)).filter(([, { required }]) => required);
