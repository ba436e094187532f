import type { Context } from '../estimate/context.ts';
import { type Estimate, isMissing } from '../estimate/estimate.ts';
import type { Design, Node, Property, Span } from '../model/design.ts';
import { nodesOfKind } from '../model/mentions.ts';
import { insertion } from './edits.ts';
import { movedBound } from './bounds.ts';
import type { Edit, Fix, RuleInput, Severity } from './rule.ts';

/** An estimate, or undefined where an input is missing: rules are then silent, and the hover says what is needed. */
export function figure(context: Context, node: Node, quantity: string): Estimate | undefined {
  const answer = context.estimate(node, quantity);
  return isMissing(answer) ? undefined : answer;
}

/** The document's declarations of a kind that have figures: of several with one name, the first. */
export const figured = (design: Design, kind: string): Node[] =>
  nodesOfKind(design, kind).filter((n) => n.span.at.uri === design.uri && n.name !== '' && design.lookup(n.name) === n);

/** Where a property has its value: in the scenario that is looked at, else in the declaration. Undefined where it is not written. */
export function writtenAt({ design, scenario }: RuleInput, node: Node, path: string): Span | undefined {
  const assignments = design.scenarios.find((s) => s.name === scenario)?.assignments ?? [];
  const assigned = assignments.find((a) => a.path.join('.') === `${node.name}.${path}`);
  return assigned?.valueSpan ?? propertyAt(node, path)?.valueSpan;
}

/** `replicas`, or within a block: `batching.wait`. */
function propertyAt(node: Node, path: string): Property | undefined {
  const [head, tail] = path.split('.') as [string, string?];
  const own = node.properties.get(head);
  if (tail === undefined) return own;
  return own?.value.form === 'block' ? own.value.properties.get(tail) : undefined;
}

/** The same, or the declaration's name. */
export const valueSpan = (input: RuleInput, node: Node, path: string): Span =>
  writtenAt(input, node, path) ?? node.nameSpan;

/** What to write for a property: in place of its value, or as a new line. */
export function writing(input: RuleInput, node: Node, path: string, text: string): Edit {
  const at = writtenAt(input, node, path);
  return at ? { at, text } : insertion(node, `${path}: ${text}`);
}

/** Load at or above 100%: there is no latency, and every other finding about this serving is a consequence. */
export const isUnstable = (context: Context, node: Node): boolean =>
  (figure(context, node, 'serving.utilization')?.value ?? 0) >= 1 - 1e-9;

/**
 * The fix that moves a written number to what is reached or needed, in its own unit; none where it is not a plain number. `title` gets
 * the text: `Raise the limit to 32k/s`. `up`: the number is the upper bound.
 */
export function moving(
  input: RuleInput,
  node: Node,
  path: string,
  { to, up, title }: { to: number; up: boolean; title: (text: string) => string },
): Fix[] {
  const value = input.context.value(node, path);
  const text = value?.form === 'quantity' ? movedBound(value.expression, to, up) : undefined;
  return text === undefined ? [] : [{ title: title(text), edits: [writing(input, node, path, text)] }];
}

/** How severe it is that something is missing: a small file is not scolded, a system of a known pattern is (language definition, section 8). */
export function absence(context: Context): Severity {
  const [system] = context.all('system');
  const pattern = system && context.word(system, 'pattern');
  return pattern === undefined || pattern === 'none' ? 'info' : 'warning';
}

const texts = new WeakMap<object, string>();

/** What a part of a design says, as a key, wherever it stands. */
export function withoutPlace(part: object): string {
  let text = texts.get(part);
  if (text === undefined) {
    text = JSON.stringify(part, (key, inner) => (/span$/i.test(key) ? undefined : inner));
    texts.set(part, text);
  }
  return text;
}
