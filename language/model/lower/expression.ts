import type * as ast from '../../generated/ast.ts';
import { BANDWIDTH, BYTES, RATE } from '../../units/dimension.ts';
import { readLiteral, type Slip } from '../../units/literal.ts';
import type { Expression } from '../design.ts';
import type { Reader } from './reader.ts';

export type Term = ast.Binary | ast.Part;

export const FUNCTIONS = ['min', 'max', 'ceil', 'floor', 'round', 'sqrt'] as const;

const ARITHMETIC = new Set(['+', '-', '*', '/', '^']);

/** What is expected where a number stands: it says what `300B` and `5m` are. */
export type Wanted = 'bytes' | 'time' | 'count' | 'any';

/**
 * Reads an arithmetic expression. Where bytes are wanted, `300B` is 300 bytes and not 300 billion.
 * Gives undefined, with the problem noted, for anything that is no arithmetic.
 */
export function lowerExpression(
  reader: Reader,
  term: Term | undefined,
  wanted: Wanted = 'any',
): Expression | undefined {
  if (!term) return undefined;
  const span = reader.of(term);
  switch (term.$type) {
    case 'Quantity':
      return lowerNumber(reader, term.text, span, wanted);
    case 'Name':
      return { op: 'name', name: term.name, span };
    case 'Group':
      return lowerExpression(reader, term.of, wanted) ?? missing(reader, span);
    case 'Member':
      return lowerMember(reader, term);
    case 'Negative': {
      const of = lowerExpression(reader, term.of, wanted);
      return of && { op: 'negative', of, span };
    }
    case 'Call':
      return lowerCall(reader, term, wanted);
    case 'Binary':
      return lowerBinary(reader, term, wanted);
    default:
      reader.syntax(`\`${reader.textOf(span)}\` is not a number.`, span);
      return undefined;
  }
}

function missing(reader: Reader, span: Expression['span']): undefined {
  reader.syntax('A value is missing between the brackets.', span);
  return undefined;
}

function lowerNumber(reader: Reader, text: string, span: Expression['span'], wanted: Wanted): Expression | undefined {
  const literal = readLiteral(text);
  if ('wrong' in literal) {
    const { wrong, rights } = meantBy(literal, wanted);
    const forms = rights.map((form) => `\`${form}\``);
    reader.syntax(`${capital(wrong)}${forms.length > 0 ? `: write ${forms.join(' or ')}` : ''}.`, span, ...rights);
    return undefined;
  }
  if (wanted === 'bytes' && literal.bytes !== undefined) {
    return {
      op: 'number',
      value: literal.bytes,
      dimension: literal.dimension === RATE ? BANDWIDTH : BYTES,
      text,
      span,
    };
  }
  return { op: 'number', value: literal.value, dimension: literal.dimension, text, span };
}

/** A slip with one right form where it is clear what is expected, and with two where it is not. */
function meantBy({ wrong, right, count }: Slip, wanted: Wanted): { wrong: string; rights: readonly string[] } {
  if (right === undefined || count === undefined) return { wrong, rights: right === undefined ? [] : [right] };
  if (wanted === 'any') return { wrong, rights: [right, count] };
  if (wanted === 'time') return { wrong: '`m` is no unit, minutes are `min`', rights: [right] };
  return { wrong: '`m` is no scale, millions are `M`', rights: [wanted === 'bytes' ? `${count}B` : count] };
}

function lowerMember(reader: Reader, term: ast.Member): Expression | undefined {
  const path: string[] = [];
  let of: ast.Part | undefined = term;
  while (of?.$type === 'Member') {
    if (of.name) path.unshift(of.name);
    of = of.of as ast.Part;
  }
  const span = reader.of(term);
  if (of?.$type !== 'Name') {
    reader.syntax(`\`${reader.textOf(span)}\`: only a declaration has members, such as \`Chat.replicas\`.`, span);
    return undefined;
  }
  return { op: 'member', subject: { name: of.name, span: reader.of(of) }, path, span };
}

function lowerCall(reader: Reader, term: ast.Call, wanted: Wanted): Expression | undefined {
  const span = reader.of(term);
  const name = term.name;
  if (!(FUNCTIONS as readonly string[]).includes(name)) {
    reader.syntax(
      `\`${name}\` is not a function: ${FUNCTIONS.join(', ')} are.`,
      reader.span(span.start, span.start + name.length),
    );
    return undefined;
  }
  const given = term.arguments.map((a) => lowerExpression(reader, a, wanted));
  if (given.some((a) => !a)) return undefined;
  const many = name === 'min' || name === 'max';
  if (many ? given.length < 1 : given.length !== 1) {
    reader.syntax(`\`${name}\` takes ${many ? 'one value or more' : 'one value'}, not ${given.length}.`, span);
    return undefined;
  }
  return { op: 'call', name, arguments: given as Expression[], span };
}

function lowerBinary(reader: Reader, term: ast.Binary, wanted: Wanted): Expression | undefined {
  const span = reader.of(term);
  if (term.operator === '..') {
    const low = lowerExpression(reader, term.left, wanted);
    const high = lowerExpression(reader, term.right, wanted);
    return low && high && { op: 'range', low, high, span };
  }
  if (!ARITHMETIC.has(term.operator)) {
    reader.syntax(`\`${term.operator}\` does not belong in a number.`, span);
    return undefined;
  }
  const op = term.operator as '+' | '-' | '*' | '/' | '^';
  // -2^2 is -(2^2), as in mathematics
  if (op === '^' && term.left?.$type === 'Negative') {
    const base = lowerExpression(reader, term.left.of, wanted);
    const exponent = lowerExpression(reader, term.right, wanted);
    return base && exponent && { op: 'negative', of: { op: '^', left: base, right: exponent, span }, span };
  }
  const left = lowerExpression(reader, term.left, wanted);
  const right = lowerExpression(reader, term.right, op === '/' || op === '^' ? 'any' : wanted);
  return left && right && { op, left, right, span };
}

/** the name that a term is, if it is no more than a name */
export const nameOf = (term: Term | undefined): string | undefined => (term?.$type === 'Name' ? term.name : undefined);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
