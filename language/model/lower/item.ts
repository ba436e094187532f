import type * as ast from '../../generated/ast.ts';
import { COMMON } from '../../schema/common.ts';
import { kindOf, propertiesOf } from '../../schema/index.ts';
import { DIMENSIONS } from '../../units/dimension.ts';
import { parseItem } from '../../syntax/parser.ts';
import { type Segment, tooDeep } from '../../syntax/segments.ts';
import type { Anchor, Assignment, Item, Problem, Value } from '../design.ts';
import { COMPARISONS } from './conditions.ts';
import { lowerExpression, nameOf, type Term } from './expression.ts';
import { poolPart } from './quantity.ts';
import { Reader } from './reader.ts';
import { noteSlips } from './slips.ts';
import { lowerBody } from './body.ts';
import { junkIn } from './junk.ts';
import { lowerValue, partsOf, single } from './value.ts';

/** Lowers one top-level item: its text to plain data, with everything that could not be read noted as problems. */
export function lowerItem(segment: Segment, text: string, anchor: Anchor): Item {
  const reader = new Reader(anchor, text);
  const item = lowerSegment(reader, segment);
  forgetConsequences(reader);
  return item;
}

/** What is read in pieces, such as a percentile beyond p99, means nothing where the pieces stand: the slip is the finding. */
function forgetConsequences({ problems, slips, shattered, text }: Reader): void {
  if (shattered.length === 0) return;
  const lines = new Set(shattered.map((at) => lineOf(text, at.start)));
  const isConsequence = (p: Problem) => p.is !== 'repeated-property' && lines.has(lineOf(text, p.span.start));
  problems.splice(0, problems.length, ...problems.filter((p) => slips.has(p) || !isConsequence(p)));
}

function lowerSegment(reader: Reader, segment: Segment): Item {
  const { text } = reader;
  if (tooDeep(text)) {
    const span = reader.span(0, Math.min(text.length, 80));
    reader.syntax('Brackets are nested too deep here to be read.', span);
    return { is: 'junk', span, problems: reader.problems };
  }
  switch (segment.is) {
    case 'declaration':
      return lowerDeclaration(reader, segment);
    case 'param':
      return lowerParam(reader);
    case 'require':
      return lowerRequirement(reader);
    case 'import':
      return lowerImport(reader);
    default:
      return lowerJunk(reader);
  }
}

function parsed<T extends ast.Declaration | ast.Param | ast.Requirement | ast.Import>(
  reader: Reader,
  rule: T['$type'],
  unclosed = false,
): T {
  const { item, errors } = parseItem<T>(reader.text, rule);
  // one message a line: what follows the first is most often its consequence
  const lines = noteSlips(reader, (offset) => lineOf(reader.text, offset));
  for (const error of errors) {
    const line = lineOf(reader.text, error.start);
    if (lines.has(line) || (unclosed && error.end >= reader.text.trimEnd().length)) continue;
    lines.add(line);
    reader.syntax(error.message, reader.span(error.start, error.end));
  }
  return item;
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function lowerDeclaration(reader: Reader, segment: Segment): Item {
  const unit = parsed<ast.Declaration>(reader, 'Declaration', segment.unclosed);
  const start = itemStart(reader.text);
  const kind = unit.kind ?? '';
  const name = unit.name ?? '';
  const nameStart = name ? reader.text.indexOf(name, start + kind.length) : start;
  const nameSpan = reader.span(nameStart, nameStart + name.length);
  const brace = reader.text.indexOf('{', nameStart);
  const span = reader.span(start, reader.text.length);
  if (segment.unclosed) reader.unfinished(`\`${name}\` has no closing \`}\`.`, nameSpan, '\n}');
  if (kind === 'scenario') {
    const assignments = unit.entries.flatMap((e) => lowerAssignment(reader, e));
    return {
      is: 'scenario',
      scenario: { name, nameSpan, span, doc: docOf(reader.text, start), assignments, problems: reader.problems },
    };
  }
  if (!kindOf(kind)) {
    reader.problems.push({ is: 'unknown-kind', kind, span: reader.span(start, start + kind.length) });
    return {
      is: 'node',
      node: {
        kind,
        name,
        span,
        nameSpan,
        bodySpan: reader.span(brace, span.end),
        inline: false,
        properties: new Map(),
        repeated: [],
        whole: false,
        problems: reader.problems,
      },
    };
  }
  reader.keys = new Set(Object.keys(propertiesOf(kind)));
  const { properties, repeated } = lowerBody(reader, unit.entries, propertiesOf(kind), kind);
  const whole = !reader.problems.some((p) => p.is === 'syntax' || p.is === 'wrong-value');
  const doc = docOf(reader.text, start);
  return {
    is: 'node',
    node: {
      kind,
      name,
      span,
      nameSpan,
      bodySpan: reader.span(brace, span.end),
      inline: !reader.text.slice(brace).includes('\n'),
      ...(doc && { doc }),
      properties,
      repeated,
      whole,
      problems: reader.problems,
    },
  };
}

/** where an item's first word stands: its text may begin with its doc comment */
function itemStart(text: string): number {
  return /^(?:\s|\uFEFF|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/.exec(text)?.[0].length ?? 0;
}

function docOf(text: string, start: number): string | undefined {
  const comment = /\/\*\*([\s\S]*?)\*\/\s*$/.exec(text.slice(0, start))?.[1];
  const lines = comment?.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  return lines?.join('\n').trim() || undefined;
}

function lowerParam(reader: Reader): Item {
  const unit = parsed<ast.Param>(reader, 'Param');
  const start = itemStart(reader.text);
  const name = unit.name ?? '';
  const nameStart = reader.text.indexOf(name, start + 5);
  const nameSpan = reader.span(nameStart, nameStart + name.length);
  const doc = docOf(reader.text, start);
  const valueSpan = unit.value ? reader.of(unit.value) : nameSpan;
  if (!unit.value) reader.syntax(`\`${name}\` needs a value, such as \`param ${name} = 10k/s\`.`, nameSpan);
  const read = lowerAny(reader, name, unit.value);
  const value: Value = reader.isShattered(valueSpan) ? { form: 'broken' } : read;
  return {
    is: 'param',
    param: {
      name,
      nameSpan,
      span: reader.span(start, reader.text.trimEnd().length),
      ...(doc && { doc }),
      value,
      valueSpan,
      problems: reader.problems,
    },
  };
}

/** A value whose property is not known here: a number, a range, a distribution, a measurement, a pool, `auto`, or words. */
function lowerAny(reader: Reader, name: string, value: ast.Value | undefined): Value {
  if (!value) return { form: 'broken' };
  const [phrase] = value.phrases;
  if (phrase && poolPart(reader, phrase.parts) && phrase.parts.length >= 3) {
    return lowerValue(reader, name, { is: 'pool', many: true }, value);
  }
  return lowerValue(reader, name, ANY, value);
}

const ANY = { is: 'quantity', dimensions: DIMENSIONS, auto: true, spread: true, on: true, at: true } as const;

function lowerAssignment(reader: Reader, entry: ast.Entry): Assignment[] {
  if (entry.$type !== 'Assignment' && entry.$type !== 'Property') {
    reader.syntax(
      'A scenario holds assignments, such as `peak = 30k/s` or `Chat.replicas = 2 * base`.',
      reader.of(entry),
    );
    return [];
  }
  if (entry.$type === 'Property' && Object.hasOwn(COMMON, entry.key)) return [];
  const span = reader.of(entry);
  const target = entry.$type === 'Assignment' ? entry.target : entry.key;
  const targetSpan = reader.span(span.start, span.start + target.length);
  if (entry.$type === 'Property') {
    const colon = reader.text.indexOf(':', targetSpan.end);
    reader.syntax(`A scenario assigns with \`=\`: \`${target} = ...\`.`, reader.span(colon, colon + 1), ' =');
  }
  if (!entry.value || entry.value.phrases.length === 0) {
    reader.syntax(`\`${target}\` needs a value.`, targetSpan);
    return [];
  }
  const path = target.split('.').filter(Boolean);
  return [{ path, targetSpan, value: lowerAssigned(reader, target, entry.value), valueSpan: reader.of(entry.value) }];
}

/** What a property may be set to: as a parameter, and a text, a schedule and the bounds of a budget beside. */
function lowerAssigned(reader: Reader, target: string, value: ast.Value): Value {
  const term = single(value);
  if (term?.$type === 'Text') return { form: 'text', text: term.text };
  const [phrase] = value.phrases;
  const last = phrase?.parts.at(-1);
  if (last?.$type === 'Binary' && (COMPARISONS as readonly string[]).includes(last.operator))
    return lowerValue(reader, target, { is: 'conditions', metrics: {}, open: true }, value);
  if (last?.$type === 'Binary' && (last.operator === '->' || last.operator === '&')) {
    reader.syntax(
      'A flow stays as it is in every scenario: make its shares parameters, and assign these.',
      reader.of(value),
    );
    return { form: 'broken' };
  }
  const every = phrase && nameOf(phrase.parts[0]) === 'every' && phrase.parts.length > 1;
  return every ? lowerValue(reader, target, { ...ANY, every: true }, value) : lowerAny(reader, target, value);
}

function lowerRequirement(reader: Reader): Item {
  const unit = parsed<ast.Requirement>(reader, 'Requirement');
  const start = itemStart(reader.text);
  const span = reader.span(start, reader.text.trimEnd().length);
  const parts = partsOf(unit.value?.phrases[0]);
  const [term, text, ...more] = parts;
  const why = text?.$type === 'Text' ? text.text : undefined;
  const conditionSpan = term ? reader.of(term) : span;
  let condition: Extract<Item, { is: 'requirement' }>['requirement']['condition'];
  if (term?.$type === 'Binary' && (COMPARISONS as readonly string[]).includes(term.operator)) {
    const left = lowerExpression(reader, term.left as Term);
    const right = lowerExpression(reader, term.right as Term);
    if (left && right && !reader.isShattered(conditionSpan))
      condition = { left, operator: term.operator as '<', right };
  } else if (!reader.problems.length)
    reader.syntax(
      'A requirement compares two values, such as `require Score.latency.p99 < 50ms "why"`.',
      conditionSpan,
    );
  const stray = text && why === undefined ? text : more[0];
  if (stray)
    reader.syntax(
      `\`${reader.textOf(reader.of(stray))}\` does not belong to the requirement: only a text in quotes may follow its condition.`,
      reader.of(stray),
    );
  return {
    is: 'requirement',
    requirement: {
      ...(condition && { condition }),
      ...(why !== undefined && { why }),
      span,
      conditionSpan,
      problems: reader.problems,
    },
  };
}

function lowerImport(reader: Reader): Item {
  const unit = parsed<ast.Import>(reader, 'Import');
  const start = itemStart(reader.text);
  const quote = reader.text.indexOf('"', start);
  const end = reader.text.indexOf('"', quote + 1);
  const pathSpan = reader.span(quote, end < 0 ? reader.text.trimEnd().length : end + 1);
  const problems: readonly Problem[] = reader.problems;
  const span = reader.span(start, reader.text.trimEnd().length);
  return { is: 'import', import: { path: unit.path ?? '', span, pathSpan }, problems };
}

function lowerJunk(reader: Reader): Item {
  const start = itemStart(reader.text);
  const text = reader.text.slice(start, reader.text.trimEnd().length);
  const line = /^[^\n]*/.exec(text)![0].trimEnd();
  const { message, length, rights } = junkIn(text, line);
  const span = reader.span(start, start + Math.max(1, length ?? line.length));
  reader.syntax(message, span, ...(rights ?? []));
  return { is: 'junk', span, problems: reader.problems };
}
