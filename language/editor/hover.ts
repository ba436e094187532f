import { escapeMarkdown, type Patience } from '../describe.ts';
import type { Design, Param, Requirement, Scenario, Span, Value } from '../model/design.ts';
import { isParam, type Link } from '../model/links.ts';
import { kindOf, propertyOf } from '../schema/index.ts';
import { quantityOf } from '../schema/quantities.ts';
import { format } from '../units/format.ts';
import type { Document } from '../workspace.ts';
import { aboutFigure, aboutNode, findingsAbout, sourceText } from './hover-node.ts';
import { aboutNumber } from './hover-number.ts';
import { aboutEffect, aboutProperty, aboutSchema, aboutWord } from './hover-property.ts';
import { type Declared, type Place, placeAt } from './place.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
  /** false where patience ended before everything was worked out: asked again, it goes on where it was */
  readonly complete: boolean;
}

/** What is to be said of the text at an offset; undefined where there is nothing to say. */
export function hoverAt(document: Document, offset: number, patience: Patience = () => true): Hover | undefined {
  let complete = true;
  const asked = () => {
    complete &&= patience();
    return complete;
  };
  const place = placeAt(document, offset);
  const parts = place && about(document, place, offset, asked);
  const markdown = parts?.filter(Boolean).join('\n\n');
  return place && markdown ? { span: place.span, markdown, complete } : undefined;
}

function about(document: Document, place: Place, offset: number, patience: Patience): readonly string[] {
  switch (place.is) {
    case 'name':
      return aboutDeclared(document, place.declared, patience);
    case 'kind':
      return aboutKind(place.kind);
    case 'link':
      return aboutLink(document, place.link, patience);
    case 'member':
      return place.property
        ? aboutSchema(place.subject.kind, place.path.join('.'))
        : aboutMember(document, place, patience);
    case 'key':
    case 'value':
      return aboutProperty(document, place.node, place.path, place.property, patience);
    case 'word':
      return aboutWord(place.node.kind, place.path, place.word);
    case 'number':
      return [
        ...aboutNumber(place.literal, offset),
        ...(place.of ? aboutEffect(document, place.of.node, place.of.path, place.of.property, patience) : []),
      ];
    case 'requirement':
      return aboutRequirement(document, place.requirement);
    case 'import':
      return [`Makes the declarations of \`${place.import.path}\` visible here.`];
  }
}

function aboutKind(kind: string): readonly string[] {
  const schema = kindOf(kind);
  return schema ? [`**${kind}** — ${schema.doc}`, `\`\`\`mlsys\n${schema.example}\n\`\`\``] : [];
}

function aboutDeclared(document: Document, declared: Declared, patience: Patience): readonly string[] {
  if ('kind' in declared) return aboutNode(document, declared, patience);
  return 'assignments' in declared ? aboutScenario(document, declared) : aboutParam(document, declared);
}

function aboutLink(document: Document, link: Link, patience: Patience): readonly string[] {
  const { target } = link;
  if (target) return isParam(target) ? aboutParam(document, target) : aboutNode(document, target, patience);
  return link.open
    ? [`\`${link.name}\` — a product that the catalog does not have: nothing is known of its limits.`]
    : [];
}

/** `A.latency.p99`: the estimate, else the property. */
function aboutMember(
  document: Document,
  { subject, path }: Extract<Place, { is: 'member' }>,
  patience: Patience,
): readonly string[] {
  const quantity = quantityOf(`${subject.kind}.${path.join('_')}`);
  if (quantity) return aboutFigure(document, subject, quantity.quantity, patience);
  const property = subject.properties.get(path[0] ?? '');
  if (property) return aboutProperty(document, subject, path.join('.'), property, patience);
  return propertyOf(subject.kind, path.join('.')) ? aboutSchema(subject.kind, path.join('.')) : [];
}

function aboutParam(document: Document, param: Param): readonly string[] {
  const written = sourceText(document, param.valueSpan);
  const input = document.analysis().evaluate({ op: 'name', name: param.name, span: param.nameSpan }, param.name);
  const value = input ? format(input.value, input.dimension) : undefined;
  const kind =
    param.value.form === 'quantity' && param.value.expression.op === 'range'
      ? 'the median of a 90% interval'
      : 'its value';
  return [
    `\`\`\`mlsys\nparam ${param.name} = ${written}\n\`\`\``,
    param.doc ?? '',
    value && value !== written ? `**${escapeMarkdown(value)}** is ${kind}.` : '',
    ...changedIn(document.design, param.name),
  ];
}

/** `In BlackFriday: 30k/s` */
function changedIn(design: Design, name: string): readonly string[] {
  const written = (value: Value) =>
    value.form === 'quantity' && value.expression.op === 'number' ? ` to ${value.expression.text}` : '';
  const changes = design.scenarios.flatMap((s) =>
    s.assignments.filter((a) => a.path.join('.') === name).map((a) => `\`${s.name}\`${written(a.value)}`),
  );
  return changes.length > 0 ? [`Changed by scenario ${changes.join(', ')}.`] : [];
}

function aboutScenario(document: Document, scenario: Scenario): readonly string[] {
  const changes = scenario.assignments.map((a) => `- \`${a.path.join('.')} = ${sourceText(document, a.valueSpan)}\``);
  const found = document.findings.filter((f) => f.scenario === scenario.name);
  return [
    `**scenario** \`${scenario.name}\``,
    scenario.doc ?? '',
    changes.join('\n'),
    findingsAbout(found) || 'Everything that holds in the design holds here too.',
  ];
}

function aboutRequirement(document: Document, requirement: Requirement): readonly string[] {
  const { condition, why } = requirement;
  if (!condition) return [];
  const [left, right] = [condition.left, condition.right].map((e) => document.analysis().evaluate(e, 'require'));
  const text = (input: typeof left) => (input ? format(input.value, input.dimension) : 'not known');
  return [
    `**require** — checked in the design as it stands and in every scenario.`,
    why ? escapeMarkdown(why) : '',
    `${text(left)} ${escapeMarkdown(condition.operator)} ${text(right)}`,
  ];
}
