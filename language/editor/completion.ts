import type { Node, Param } from '../model/design.ts';
import { hasMember } from '../model/members.ts';
import { RULES } from '../rules/index.ts';
import { typeInWords } from '../schema/in-words.ts';
import { COLUMN_TYPES, KINDS, propertiesOf, propertyOf } from '../schema/index.ts';
import { quantitiesOf } from '../schema/quantities.ts';
import type { PropertySchema } from '../schema/types.ts';
import type { Document } from '../workspace.ts';
import { type Body, contextAt, type Where } from './completion-context.ts';
import { declarationSnippet, placeholder, propertySnippet } from './completion-snippets.ts';
import { expressionOffers, valueOffers } from './completion-values.ts';
import { propertyDoc } from './hover-property.ts';

/** One thing that may be written at the caret. */
export interface Offer {
  readonly label: string;
  readonly is:
    | 'kind'
    | 'keyword'
    | 'property'
    | 'block'
    | 'word'
    | 'declaration'
    | 'catalog'
    | 'param'
    | 'scenario'
    | 'value'
    | 'unit'
    | 'member'
    | 'function'
    | 'rule';
  readonly detail?: string;
  /** Markdown */
  readonly doc?: string;
  /** what is written, where that is not the label */
  readonly text?: string;
  /** the same with places to fill in, as LSP snippets have them */
  readonly snippet?: string;
}

export interface Completion {
  /** what a chosen offer replaces */
  readonly start: number;
  readonly end: number;
  /** in the order in which they are shown */
  readonly offers: readonly Offer[];
}

/** What may be written at an offset. `blank`: nobody asked, a blank was typed: only what has to follow it is offered. */
export function completionAt(document: Document, offset: number, blank = false): Completion {
  const { start, end, place } = contextAt(document, offset);
  if (blank && !isExpected(place)) return { start, end, offers: [] };
  const seen = new Set<string>();
  const offers = offersFor(document, place).filter((o) => !seen.has(o.label) && seen.add(o.label));
  // `replicas:` without a blank gets one
  return { start, end, offers: document.text[start - 1] === ':' ? offers.map(apart) : offers };
}

const isExpected = (place: Where): boolean =>
  place.is === 'column' ||
  place.is === 'rule' ||
  (place.is === 'value' && !place.next) ||
  (place.is === 'expression' && (place.before.length === 0 || place.before.at(-1)!.is === 'sign'));

const apart = (offer: Offer): Offer => ({
  ...offer,
  text: ` ${offer.text ?? offer.label}`,
  ...(offer.snippet !== undefined && { snippet: ` ${offer.snippet}` }),
});

function offersFor(document: Document, place: Where): Offer[] {
  switch (place.is) {
    case 'nothing':
      return [];
    case 'rule':
      return RULES.map((rule) => ({
        label: rule.name,
        is: 'rule',
        doc: rule.summary,
        text: `${rule.name}: `,
        snippet: `${rule.name}: \${1:reason}`,
      }));
    case 'top':
      return topOffers(document);
    case 'property':
      return propertyOffers(document, place.body, place.used, place.colon);
    case 'column':
      return Object.entries(COLUMN_TYPES).map(([label, doc]) => ({
        label,
        is: 'word',
        doc,
        ...(/^(string|category)$/.test(label) && { snippet: `${label}(\${1:64})`, text: `${label}(` }),
      }));
    case 'value':
      return [...valueOffers(document, place), ...(place.next ? offersFor(document, place.next) : [])];
    case 'target':
      return targetOffers(document);
    case 'member':
      return memberOffers(document, place.subject, place.path, place.assigned);
    case 'expression':
      return expressionOffers(document, place);
  }
}

function topOffers(document: Document): Offer[] {
  const kinds = KINDS.map(
    ({ kind, doc }): Offer => ({
      label: kind,
      is: 'kind',
      doc,
      text: `${kind} `,
      snippet: declarationSnippet(document, kind),
    }),
  );
  return [
    ...kinds,
    {
      label: 'param',
      is: 'keyword',
      doc: 'A value with a name, for use in any expression.',
      text: 'param ',
      snippet: 'param ${1:name} = ${2:10k/s}',
    },
    {
      label: 'require',
      is: 'keyword',
      doc: 'A condition that has to hold in the design and in every scenario.',
      text: 'require ',
      snippet: 'require ${1:Score.latency.p99} < ${2:50ms} "${3:why}"',
    },
    {
      label: 'import',
      is: 'keyword',
      doc: "Makes another file's declarations visible.",
      text: 'import ',
      snippet: 'import "./${1:other}.mlsys"',
    },
  ];
}

/** What is missing and required first; nothing that is there. */
function propertyOffers(document: Document, body: Body, used: ReadonlySet<string>, colon: boolean): Offer[] {
  const schema = body.path === '' ? propertiesOf(body.kind) : blockProperties(body);
  const missing = Object.entries(schema).filter(([key]) => !used.has(key));
  const ordered = [...missing.filter(([, p]) => p.required), ...missing.filter(([, p]) => !p.required)];
  return ordered.map(([key, property]): Offer => {
    const block = property.type.is === 'block' || property.type.is === 'columns';
    const written = colon
      ? {}
      : { text: block ? `${key} { ` : `${key}: `, snippet: propertySnippet(document, key, property) };
    return {
      label: key,
      is: block ? 'block' : 'property',
      detail: `${property.required ? 'required, ' : ''}${typeInWords(property.type).replaceAll('`', '')}`,
      doc: propertyDoc(property),
      ...written,
    };
  });
}

function blockProperties(body: Body): Readonly<Record<string, PropertySchema>> {
  const type = propertyOf(body.kind, body.path.slice(0, -1))?.type;
  return type?.is === 'block' ? type.properties : {};
}

/** Left of `=` in a scenario: parameters, and declarations whose properties can be assigned. */
function targetOffers({ design }: Document): Offer[] {
  const params = [...design.params.values()].map(
    (p): Offer => ({
      label: p.name,
      is: 'param',
      doc: p.doc,
      text: `${p.name} = `,
      snippet: `${p.name} = \${1:${placeholder(written(p))}}`,
    }),
  );
  const nodes = design.visible
    .filter((n) => n.name && assignable(n).length > 0)
    .map((n): Offer => ({ label: n.name, is: 'declaration', detail: n.kind, doc: n.doc, text: `${n.name}.` }));
  return [...params, ...nodes];
}

const written = ({ value }: Param): string =>
  value.form === 'quantity' && value.expression.op === 'number' ? value.expression.text : 'base';

const assignable = (node: Node): [string, PropertySchema][] =>
  Object.entries(propertiesOf(node.kind)).filter(([, p]) => p.type.is === 'quantity' || p.type.is === 'pool');

function memberOffers({ design }: Document, subject: string, path: readonly string[], assigned: boolean): Offer[] {
  const node = design.lookup(subject);
  if (!node) return [];
  if (assigned)
    return path.length > 0
      ? []
      : assignable(node).map(
          ([label, p]): Offer => ({
            label,
            is: 'property',
            doc: propertyDoc(p),
            text: `${label} = `,
            snippet: `${label} = \${1:${placeholder(p.example)}}`,
          }),
        );
  const prefix = path.map((p) => `${p}_`).join('');
  const figures = quantitiesOf(node.kind).flatMap((q): Offer[] => {
    const name = q.quantity.slice(node.kind.length + 1);
    if (!name.startsWith(prefix)) return [];
    const rest = name.slice(prefix.length);
    const percentile = /^(.*?)_?(p\d+)$/.exec(rest);
    const label = percentile ? (percentile[1] ? `${percentile[1]}.${percentile[2]}` : percentile[2]!) : rest;
    return path.length > 0 && !percentile ? [] : [{ label, is: 'member', detail: q.dimension.words, doc: q.doc }];
  });
  if (path.length > 0) return figures;
  const own = Object.entries(propertiesOf(node.kind)).filter(
    ([key]) => node.properties.has(key) && hasMember(node, [key]),
  );
  return [
    ...figures,
    ...own.map(
      ([label, p]): Offer => ({
        label,
        is: 'property',
        detail: typeInWords(p.type).replaceAll('`', ''),
        doc: propertyDoc(p),
      }),
    ),
  ];
}
