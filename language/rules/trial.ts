import type { Context } from '../estimate/context.ts';
import type { Node, Value } from '../model/design.ts';
import { type Dimension, NUMBER } from '../units/dimension.ts';
import { figure, writing } from './figures.ts';
import type { Edit, Fix, RuleInput } from './rule.ts';
import { numberValue, poolValue } from './values.ts';
import { consequences } from './what-if.ts';

/** One property as a fix would write it; `text` null takes it away. */
export interface Written {
  readonly path: string;
  readonly text: string | null;
  readonly value: Value;
}

export const word = (node: Node, path: string, name: string): Written => ({
  path,
  text: name,
  value: { form: 'words', words: [{ name, span: node.nameSpan }] },
});

export const quantity = (
  node: Node,
  path: string,
  value: number,
  text = String(value),
  of: Dimension = NUMBER,
): Written => ({
  path,
  text,
  value: numberValue(value, of, node.nameSpan),
});

export const pool = (node: Node, path: string, count: number, hardware: string): Written => ({
  path,
  text: `${count} x ${hardware}`,
  value: poolValue(count, hardware, node.nameSpan),
});

export const without = (path: string): Written => ({ path, text: null, value: { form: 'auto' } });

/** The design with some properties of a declaration written anew. */
export function tried({ context }: Pick<RuleInput, 'context'>, node: Node, written: readonly Written[]): Context {
  return context.set(changeOf(node, written));
}

/** The fix that writes them, with what it would break at the end of its title. */
export function fixOf(input: RuleInput, node: Node, written: readonly Written[], title: string): Fix {
  const edits = written.flatMap((w) => editOf(input, node, w));
  return { title: `${title}${consequences(input, changeOf(node, written), [node])}`, edits };
}

/** `, 12.3 h instead of 10.1 h`; nothing where the time stays or is not known. */
export function timeWith(input: RuleInput, node: Node, after: Context): string {
  const [time, before] = [after, input.context].map((context) => figure(context, node, 'training.time'));
  if (!time || time.display === before?.display) return '';
  return `, ${time.display}${before ? ` instead of ${before.display}` : ''}`;
}

/** Values by `Subject.property`. */
export const changeOf = (node: Node, written: readonly Written[]): ReadonlyMap<string, Value> =>
  new Map(written.map(({ path, value }) => [`${node.name}.${path}`, value]));

function editOf(input: RuleInput, node: Node, { path, text }: Written): Edit[] {
  if (text !== null) return [writing(input, node, path, text)];
  const property = node.properties.get(path);
  if (!property) return [];
  const { keySpan, valueSpan } = property;
  return [{ at: { ...keySpan, end: valueSpan.end }, text: '', line: true }];
}
