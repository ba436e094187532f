import type { Design, Expression, Flow, Node, Property, Value } from './design.ts';

const known = new WeakMap<Node, ReadonlySet<string>>();

/** The names of other declarations (and parameters) that a declaration's values mention. */
export function mentionsOf(node: Node): ReadonlySet<string> {
  let names = known.get(node);
  if (!names) {
    const found = new Set<string>();
    for (const property of node.properties.values()) ofProperty(property, found);
    names = found;
    known.set(node, names);
  }
  return names;
}

const indexes = new WeakMap<Design, ReadonlyMap<string, readonly Node[]>>();

/** The declarations whose values mention a name, in the order of the design. */
export function referrersOf(design: Design, name: string): readonly Node[] {
  let index = indexes.get(design);
  if (!index) {
    const made = new Map<string, Node[]>();
    for (const node of design.visible) {
      for (const mentioned of mentionsOf(node)) {
        const list = made.get(mentioned);
        if (list) list.push(node);
        else made.set(mentioned, [node]);
      }
    }
    index = made;
    indexes.set(design, index);
  }
  return index.get(name) ?? [];
}

const kinds = new WeakMap<Design, ReadonlyMap<string, readonly Node[]>>();

/** The declarations of a kind that are visible, in the order of the design. */
export function nodesOfKind(design: Design, kind: string): readonly Node[] {
  let index = kinds.get(design);
  if (!index) {
    const made = new Map<string, Node[]>();
    for (const node of design.visible) {
      const list = made.get(node.kind);
      if (list) list.push(node);
      else made.set(node.kind, [node]);
    }
    index = made;
    kinds.set(design, index);
  }
  return index.get(kind) ?? [];
}

function ofProperty(property: Property, found: Set<string>): void {
  const { value } = property;
  if (value.form === 'block') for (const inner of value.properties.values()) ofProperty(inner, found);
  else ofValue(value, found);
}

function ofValue(value: Value, found: Set<string>): void {
  switch (value.form) {
    case 'quantity':
      ofExpression(value.expression, found);
      for (const part of value.on?.parts ?? []) found.add(part.hardware.name);
      return;
    case 'references':
      for (const r of value.references) found.add(r.name);
      return;
    case 'pool':
      if (value.param) found.add(value.param.name);
      for (const part of value.parts) found.add(part.hardware.name);
      return;
    case 'conditions':
      for (const c of value.conditions) ofExpression(c.bound, found);
      return;
    case 'flow':
      return ofFlow(value.flow, found);
    case 'arm':
      found.add(value.serving.name);
      return;
    case 'actions':
      for (const a of value.actions) if (a.target) found.add(a.target.name);
  }
}

function ofFlow(flow: Flow, found: Set<string>): void {
  if (flow.step === 'call') found.add(flow.target.name);
  else if ('members' in flow) for (const member of flow.members) ofFlow(member, found);
  else ofFlow(flow.of, found);
}

function ofExpression(e: Expression, found: Set<string>): void {
  switch (e.op) {
    case 'number':
    case 'range':
    case 'distribution':
      return;
    case 'name':
      found.add(e.name);
      return;
    case 'member':
      found.add(e.subject.name);
      return;
    case 'negative':
      return ofExpression(e.of, found);
    case 'call':
      for (const a of e.arguments) ofExpression(a, found);
      return;
    default:
      ofExpression(e.left, found);
      ofExpression(e.right, found);
  }
}
