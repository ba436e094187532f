import { mentionsOf } from './mentions.ts';
import type { Design, Node } from './design.ts';

/**
 * What differs between two designs, as the ids that estimates read: `Chat` for a declaration that changed, came or went, `#serving`
 * where the declarations of a kind are others (`#require` and `#scenario` for requirements and scenarios), `→Chat` where another
 * declaration mentions Chat than before, `peak` for a parameter.
 */
export function changesBetween(before: Design, after: Design): Set<string> {
  const ids = new Set<string>();
  const old = new Set(before.visible);
  const now = new Set(after.visible);
  const gone = before.visible.filter((n) => !now.has(n));
  const come = after.visible.filter((n) => !old.has(n));
  const identities = (nodes: readonly Node[]) => new Set(nodes.map((n) => `${n.kind} ${n.name}`));
  const [left, right] = [identities(gone), identities(come)];
  for (const node of [...gone, ...come]) {
    ids.add(node.name);
    const identity = `${node.kind} ${node.name}`;
    if (!left.has(identity) || !right.has(identity)) ids.add(`#${node.kind}`);
    for (const name of mentionsOf(node)) ids.add(`→${name}`);
  }
  for (const [name, param] of before.params) if (after.params.get(name) !== param) ids.add(name);
  for (const name of after.params.keys()) if (!before.params.has(name)) ids.add(name);
  if (!same(before.requirements, after.requirements)) ids.add('#require');
  if (!same(before.scenarios, after.scenarios)) ids.add('#scenario');
  return ids;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);
