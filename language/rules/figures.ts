import type { Context } from '../estimate/context.ts';
import { type Estimate, isMissing } from '../estimate/estimate.ts';
import type { Design, Node, Span } from '../model/design.ts';

/** An estimate, or undefined where an input is missing: rules are then silent, and the hover says what is needed. */
export function figure(context: Context, node: Node, quantity: string): Estimate | undefined {
  const answer = context.estimate(node, quantity);
  return isMissing(answer) ? undefined : answer;
}

/** The document's declarations of a kind that have figures: of several with one name, the first. */
export const figured = (design: Design, kind: string): Node[] =>
  design.nodes.filter((n) => n.kind === kind && n.name !== '' && design.lookup(n.name) === n);

/** The value of a property, or the declaration's name where it is not written. */
export const valueSpan = (node: Node, path: string): Span => node.properties.get(path)?.valueSpan ?? node.nameSpan;

/** Load at or above 100%: there is no latency, and every other finding about this serving is a consequence. */
export const isUnstable = (context: Context, node: Node): boolean =>
  (figure(context, node, 'serving.utilization')?.value ?? 0) >= 1 - 1e-9;
