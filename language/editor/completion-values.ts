import { catalogNames } from '../catalog/index.ts';
import { dimensionOf } from '../model/dimensions.ts';
import { FLOW_KINDS } from '../model/links.ts';
import { ACTIONS } from '../schema/index.ts';
import type { ValueType } from '../schema/types.ts';
import { type Dimension, DIMENSIONS, NUMBER, TIME } from '../units/dimension.ts';
import type { Document } from '../workspace.ts';
import type { Where } from './completion-context.ts';
import { unitsOf } from './completion-units.ts';
import type { Offer } from './completion.ts';
import { defaultInWords, wordsOf } from './hover-property.ts';
import type { Token } from './tokens.ts';

type Value = Extract<Where, { is: 'value' }>;

/** What the value of a property may be, or go on with. */
export function valueOffers(document: Document, place: Value): Offer[] {
  const {
    property: { type },
    before,
    glued,
    body,
  } = place;
  const last = before.at(-1);
  if (glued) return [...(type.is === 'quantity' ? unitsOf(type.dimensions) : unitsOf(dimensionsFor(type, before)))];
  switch (type.is) {
    case 'quantity':
      return quantityOffers(document, place, type);
    case 'word':
    case 'words':
      return words(type, taken(before));
    case 'reference':
      return [...words(type, new Set()), ...references(document, type.kinds, new Set([...taken(before), body.name]))];
    case 'truth':
      return [plain('true', 'word'), plain('false', 'word')];
    case 'pool':
      return poolOffers(document, before, place.property.example);
    case 'conditions':
      return conditionOffers(document, type, before);
    case 'flow':
      return last && !/^(->|[&*(~,])$/.test(last.text) ? [] : references(document, FLOW_KINDS, new Set());
    case 'arm':
      return last
        ? [
            { label: '50%', is: 'value' },
            { label: '10%', is: 'value' },
            { label: '90%', is: 'value' },
          ]
        : references(document, ['serving'], new Set());
    case 'primary':
      return before.length === 0
        ? [example(place)]
        : [
            snippet('baseline', 'baseline ${1:5%}', 'The rate today'),
            snippet('mde', 'mde ${1:10%}', 'The smallest change worth finding'),
          ];
    case 'actions':
      return last?.text === 'retrain'
        ? references(document, ['training'], new Set())
        : words({ is: 'word', words: ACTIONS }, taken(before));
    default:
      return before.length === 0 ? [example(place)] : [];
  }
}

const plain = (label: string, is: Offer['is'], doc?: string): Offer => ({ label, is, ...(doc && { doc }) });
const snippet = (label: string, text: string, doc: string): Offer => ({
  label,
  is: 'word',
  doc,
  text: `${label} `,
  snippet: text,
});
const example = ({ property }: Value): Offer => ({ label: property.example, is: 'value', doc: property.doc });
const taken = (before: readonly Token[]): Set<string> =>
  new Set(before.filter((t) => t.is === 'word').map((t) => t.text));

const words = (type: ValueType, used: ReadonlySet<string>): Offer[] =>
  Object.entries(wordsOf(type))
    .filter(([word]) => !used.has(word))
    .map(([word, doc]) => ({
      label: word,
      is: 'word',
      doc,
      ...('call' in type && type.call?.includes(word) && { text: `${word}(`, snippet: `${word}(\${1:4})` }),
    }));

/** Own declarations first, then those of imports, then the catalog's. */
export function references(document: Document, kinds: readonly string[], used: ReadonlySet<string>): Offer[] {
  const { design } = document;
  const fits = (row: { name: string; kind: string }) =>
    row.name !== '' && kinds.includes(row.kind) && !used.has(row.name);
  const visible = design.visible.filter(fits).map(
    (n): Offer => ({
      label: n.name,
      is: 'declaration',
      detail: n.span.at.uri === design.uri ? n.kind : `${n.kind}, imported`,
      ...(n.doc && { doc: n.doc }),
    }),
  );
  const catalog = catalogNames()
    .filter(fits)
    .map(({ name, kind }): Offer => ({ label: name, is: 'catalog', detail: `${kind}, catalog` }));
  return [...visible, ...catalog];
}

function quantityOffers(document: Document, place: Value, type: Extract<ValueType, { is: 'quantity' }>): Offer[] {
  const { before, property } = place;
  const last = before.at(-1);
  if (last?.text === 'on' || (last?.text === 'x' && before.length > 1))
    return references(document, ['hardware'], new Set()).map((o) =>
      last.text === 'on' ? { ...o, text: `1 x ${o.label}` } : o,
    );
  if (last?.is === 'number' && before.length > 0)
    return [...unitsOf(type.dimensions, last.text), ...continuations(type)];
  if (before.length > 0) return expressionsOf(document, type.dimensions);
  const defaults = (property.defaults ?? [])
    .filter((d) => d.value !== 'auto')
    .map((d): Offer => ({ label: d.value, is: 'value', doc: defaultInWords(d) }));
  return [
    ...(type.auto ? [plain('auto', 'word', 'The estimator chooses.')] : []),
    ...words(type, new Set()),
    { label: property.example, is: 'value', doc: property.doc },
    ...defaults,
    ...(type.every
      ? [{ label: 'every', is: 'word', text: 'every ', snippet: 'every ${1:1d}', doc: 'A schedule.' } as const]
      : []),
    ...(type.spread
      ? [
          {
            label: 'p50',
            is: 'word',
            detail: 'a distribution',
            text: 'p50 ',
            snippet: 'p50 ${1:8ms} p99 ${2:20ms}',
            doc: 'How the value is spread: two of its percentiles.',
          } as const,
        ]
      : []),
    ...expressionsOf(document, type.dimensions),
  ];
}

function continuations(type: Extract<ValueType, { is: 'quantity' }>): Offer[] {
  return [
    ...(type.on ? [snippet('on', 'on ${1:1 x A100_80GB}', 'The hardware that this was measured on.')] : []),
    ...(type.at ? [snippet('at', 'at ${1:8}', 'The batch size that this holds for.')] : []),
  ];
}

/** The dimensions that a number may have in a value that is no plain quantity. */
function dimensionsFor(type: ValueType, before: readonly Token[]): readonly Dimension[] {
  if (type.is === 'pool') return [];
  if (type.is !== 'conditions') return [NUMBER];
  const metric = before.findLast((t) => t.is === 'word' && !/^p\d+$/.test(t.text))?.text ?? 'latency';
  return [type.metrics[metric] ?? NUMBER, ...(type.open ? [TIME, NUMBER] : [])];
}

/** Parameters of a fitting dimension, and declarations whose members are numbers. */
function expressionsOf(document: Document, dimensions: readonly Dimension[]): Offer[] {
  const { design } = document;
  const params = [...design.params.values()].filter(
    (p) => p.value.form === 'quantity' && fits(dimensionOf(design, p.value.expression), dimensions),
  );
  return params.map((p) => ({ label: p.name, is: 'param', detail: 'parameter', ...(p.doc && { doc: p.doc }) }));
}

const fits = (found: Dimension | undefined, expected: readonly Dimension[]): boolean =>
  found === undefined || expected.length === 0 || expected.includes(found) || found === NUMBER;

/** `8 x H100`: a count, `x`, hardware, or a parameter that is a pool. */
function poolOffers(document: Document, before: readonly Token[], written: string): Offer[] {
  const last = before.at(-1);
  if (last?.is === 'number')
    return [{ label: 'x', is: 'word', text: 'x ', doc: 'So many of the hardware that follows.' }];
  if (last?.text === 'x') return references(document, ['hardware'], new Set());
  if (last && last.text !== ',') return [];
  const pools = [...document.design.params.values()]
    .filter((p) => p.value.form === 'pool')
    .map((p): Offer => ({ label: p.name, is: 'param', detail: 'pool' }));
  const hardware = references(document, ['hardware'], new Set()).map(
    (o): Offer => ({ ...o, text: `1 x ${o.label}`, snippet: `\${1:1} x ${o.label}` }),
  );
  return [{ label: written, is: 'value' }, ...pools, ...hardware];
}

/** `p99 < 50ms`, `ttft p95 < 800ms` */
function conditionOffers(
  document: Document,
  type: Extract<ValueType, { is: 'conditions' }>,
  before: readonly Token[],
): Offer[] {
  const last = before.at(-1);
  if (last && /^[<>]=?$/.test(last.text)) return expressionsOf(document, dimensionsFor(type, before));
  if (last?.is === 'number') return unitsOf(dimensionsFor(type, before), last.text);
  const percentiles = ['p50', 'p95', 'p99'].map(
    (p): Offer => ({
      label: p,
      is: 'word',
      text: `${p} < `,
      snippet: `${p} < \${1:50ms}`,
      doc: `${p === 'p50' ? 'The median' : `The ${p.slice(1)}th percentile`} of the latency, or of the metric before it.`,
    }),
  );
  if (last && last.text !== ',') return percentiles;
  const metrics = Object.entries(type.metrics)
    .filter(([m]) => m !== 'latency')
    .map(
      ([m, d]): Offer => ({
        label: m,
        is: 'word',
        detail: d.words,
        text: `${m} `,
        snippet: d === TIME ? `${m} p95 < \${1:800ms}` : `${m} < \${1:1%}`,
      }),
    );
  return [...percentiles, ...metrics];
}

/** In an expression: parameters, declarations to take a member of, functions; after a number its units. */
export function expressionOffers(
  document: Document,
  { before, glued, of }: Extract<Where, { is: 'expression' }>,
): Offer[] {
  const last = before.at(-1);
  const all = DIMENSIONS;
  if (glued) return unitsOf(all);
  if (last?.is === 'number') return unitsOf(all, last.text);
  if (last?.text === 'x' && before.length > 1) return references(document, ['hardware'], new Set());
  if (last && last.is !== 'sign') return [];
  const nodes = document.design.visible
    .filter((n) => n.name !== '')
    .map((n): Offer => ({ label: n.name, is: 'declaration', detail: n.kind, ...(n.doc && { doc: n.doc }) }));
  const functions = ['min', 'max', 'ceil', 'floor', 'round', 'sqrt'].map(
    (f): Offer => ({ label: f, is: 'function', text: `${f}(`, snippet: `${f}(\${1})` }),
  );
  return [
    ...(of === 'scenario' ? [plain('base', 'word', 'The value without the scenario.')] : []),
    ...expressionsOf(document, []),
    ...nodes,
    ...functions,
  ];
}
