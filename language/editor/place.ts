import type { Design, Import, Node, Param, Property, Requirement, Scenario, Span } from '../model/design.ts';
import { type Link, linksOf } from '../model/links.ts';
import type { Document } from '../workspace.ts';
import { type Literal, literalsIn, literalsOf, propertiesWithin } from './walk.ts';

/** What a name was declared as. */
export type Declared = Node | Param | Scenario;

/** What stands at one offset of a document. */
export type Place =
  /** a declaration's own name */
  | { readonly is: 'name'; readonly declared: Declared; readonly span: Span }
  | { readonly is: 'kind'; readonly kind: string; readonly span: Span }
  /** a name that refers to a declaration */
  | { readonly is: 'link'; readonly link: Link; readonly span: Span }
  /** the members of `A.b.c`; `property`: left of `=` in a scenario, where A's property is meant and not its estimate */
  | {
      readonly is: 'member';
      readonly subject: Node;
      readonly path: readonly string[];
      readonly property: boolean;
      readonly span: Span;
    }
  | { readonly is: 'key'; readonly node: Node; readonly path: string; readonly property: Property; readonly span: Span }
  /** one of the words that a property allows */
  | { readonly is: 'word'; readonly node: Node; readonly path: string; readonly word: string; readonly span: Span }
  | {
      readonly is: 'number';
      readonly literal: Literal;
      readonly of?: { readonly node: Node; readonly path: string; readonly property: Property };
      readonly span: Span;
    }
  /** in a value, on nothing of the above */
  | {
      readonly is: 'value';
      readonly node: Node;
      readonly path: string;
      readonly property: Property;
      readonly span: Span;
    }
  | { readonly is: 'requirement'; readonly requirement: Requirement; readonly span: Span }
  | { readonly is: 'import'; readonly import: Import; readonly span: Span };

/** A caret right behind a word counts as on it. */
export const touches = (span: Span, offset: number): boolean =>
  offset >= span.at.offset + span.start && offset <= span.at.offset + span.end;

export function placeAt(document: Document, offset: number): Place | undefined {
  const at = (span: Span) => touches(span, offset);
  const { design } = document;
  for (const link of linksOf(design)) {
    if (at(link.span)) return { is: 'link', link, span: link.span };
    if (link.member && at(link.member.span) && link.target && 'kind' in link.target)
      return memberAt(design, link, link.target);
  }
  for (const { item } of document.file.entries) {
    const found =
      item.is === 'node' && at(item.node.span)
        ? inNode(item.node, at)
        : item.is === 'param' && at(item.param.span)
          ? inParam(item.param, at)
          : item.is === 'scenario' && at(item.scenario.span)
            ? inScenario(item.scenario, at)
            : item.is === 'requirement' && at(item.requirement.span)
              ? inRequirement(item.requirement, at)
              : item.is === 'import' && at(item.import.span)
                ? { is: 'import' as const, import: item.import, span: item.import.pathSpan }
                : undefined;
    if (found) return found;
  }
  return undefined;
}

type At = (span: Span) => boolean;

function memberAt(design: Design, link: Link, subject: Node): Place {
  const { path, span } = link.member!;
  const property = design.scenarios.some((s) =>
    s.assignments.some(
      (a) => a.targetSpan === span || (a.targetSpan.at === span.at && a.targetSpan.start === span.start),
    ),
  );
  return { is: 'member', subject, path, property, span };
}

const head = (span: Span, length: number): Span => ({ ...span, end: span.start + length });

function inNode(node: Node, at: At): Place | undefined {
  const kindSpan = head(node.span, node.kind.length);
  if (at(node.nameSpan)) return { is: 'name', declared: node, span: node.nameSpan };
  if (at(kindSpan)) return { is: 'kind', kind: node.kind, span: kindSpan };
  let inside: Place | undefined;
  for (const { property, path } of propertiesWithin([...node.properties.values(), ...node.repeated])) {
    if (at(property.keySpan)) return { is: 'key', node, path, property, span: property.keySpan };
    if (!at(property.valueSpan)) continue;
    const word =
      property.value.form === 'words' ? property.value.words.find((w) => at(head(w.span, w.name.length))) : undefined;
    if (word) return { is: 'word', node, path, word: word.name, span: head(word.span, word.name.length) };
    const action =
      property.value.form === 'actions'
        ? property.value.actions.find((a) => at(head(a.span, a.name.length)))
        : undefined;
    if (action) return { is: 'word', node, path, word: action.name, span: head(action.span, action.name.length) };
    for (const literal of literalsOf(property.value))
      if (at(literal.span)) return { is: 'number', literal, of: { node, path, property }, span: literal.span };
    inside = { is: 'value', node, path, property, span: property.valueSpan };
  }
  return inside;
}

function inParam(param: Param, at: At): Place | undefined {
  if (at(param.nameSpan)) return { is: 'name', declared: param, span: param.nameSpan };
  for (const literal of literalsOf(param.value))
    if (at(literal.span)) return { is: 'number', literal, span: literal.span };
  return undefined;
}

function inScenario(scenario: Scenario, at: At): Place | undefined {
  if (at(scenario.nameSpan)) return { is: 'name', declared: scenario, span: scenario.nameSpan };
  const kindSpan = head(scenario.span, 'scenario'.length);
  if (at(kindSpan)) return { is: 'kind', kind: 'scenario', span: kindSpan };
  for (const { value } of scenario.assignments)
    for (const literal of literalsOf(value)) if (at(literal.span)) return { is: 'number', literal, span: literal.span };
  return undefined;
}

function inRequirement(requirement: Requirement, at: At): Place | undefined {
  const word = head(requirement.span, 'require'.length);
  if (at(word)) return { is: 'requirement', requirement, span: word };
  const { condition } = requirement;
  for (const side of condition ? [condition.left, condition.right] : [])
    for (const literal of literalsIn(side)) if (at(literal.span)) return { is: 'number', literal, span: literal.span };
  return undefined;
}
