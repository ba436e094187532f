import type { Design, Node, Param } from './design.ts';

/** What a function of one declaration may ask of its design. */
export type Names = Pick<Design, 'lookup' | 'uri'> & { readonly params: Pick<Design['params'], 'get' | 'has'> };

interface Kept<T> {
  readonly value: T;
  readonly declarations: ReadonlyMap<string, Node | undefined>;
  readonly params: ReadonlyMap<string, Param | undefined>;
}

/**
 * Works something out for a declaration, and keeps it until the declaration changes or a name that was looked up means something
 * else: after a keystroke nearly everything holds.
 */
export function kept<T>(make: (design: Names, node: Node) => T): (design: Names, node: Node) => T {
  const all = new WeakMap<Node, Kept<T>>();
  return (design, node) => {
    const known = all.get(node);
    if (known && holds(known, design)) return known.value;
    const declarations = new Map<string, Node | undefined>();
    const params = new Map<string, Param | undefined>();
    const lookup = (name: string) => noted(declarations, name, design.lookup(name));
    const get = (name: string) => noted(params, name, design.params.get(name));
    const has = (name: string) => get(name) !== undefined;
    const value = make({ uri: design.uri, lookup, params: { get, has } }, node);
    all.set(node, { value, declarations, params });
    return value;
  };
}

function holds({ declarations, params }: Kept<unknown>, design: Names): boolean {
  for (const [name, node] of declarations) if (design.lookup(name) !== node) return false;
  for (const [name, param] of params) if (design.params.get(name) !== param) return false;
  return true;
}

function noted<T>(all: Map<string, T>, name: string, found: T): T {
  all.set(name, found);
  return found;
}
