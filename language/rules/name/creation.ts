import type { Design, Span } from '../../model/design.ts';
import type { Link } from '../../model/links.ts';
import { KINDS, propertiesOf, propertyOf } from '../../schema/index.ts';
import { placeholder } from '../placeholder.ts';
import type { Fix } from '../rule.ts';

/** "Create it": a small complete declaration of the first kind that may stand here, at the end of the document. */
export function creation(design: Design, link: Link): Fix | undefined {
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
