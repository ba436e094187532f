import type * as ast from '../../generated/ast.ts';
import { BANDWIDTH, BYTES, RATE } from '../../units/dimension.ts';
import { readLiteral } from '../../units/literal.ts';
import type { Expression } from '../design.ts';
import type { Reader } from './reader.ts';

export type Term = ast.Binary | ast.Part;

export const FUNCTIONS = ['min', 'max', 'ceil', 'floor', 'round', 'sqrt'] as const;

const ARITHMETIC = new Set(['+', '-', '*', '/', '^']);

/**
 * Reads an arithmetic expression. `bytes`: bytes are expected here, so `300B` is 300 bytes and not 300 billion.
 * Gives undefined, with the problem noted, for anything that is no arithmetic.
 */
export function lowerExpression(reader: Reader, term: Term | undefined, bytes = false): Expression | undefined {
  if (!term) return undefined;
  const span = reader.of(term);
  switch (term.$type) {
    case 'Quantity':
      return lowerNumber(reader, term.text, span, bytes);
    case 'Name':
      return { op: 'name', name: term.name, span };
    case 'Group':
      return lowerExpression(reader, term.of, bytes) ?? missing(reader, span);
    case 'Member':
      return lowerMember(reader, term);
    case 'Negative': {
      const of = lowerExpression(reader, term.of, bytes);
      return of && { op: 'negative', of, span };
    }
    case 'Call':
      return lowerCall(reader, term, bytes);
    case 'Binary':
      return lowerBinary(reader, term, bytes);
    default:
      reader.syntax(`\`${reader.textOf(span)}\` is not a number.`, span);
      return undefined;
  }
}

function missing(reader: Reader, span: Expression['span']): undefined {
  reader.syntax('A value is missing between the brackets.', span);
  return undefined;
}

function lowerNumber(reader: Reader, text: string, span: Expression['span'], bytes: boolean): Expression | undefined {
  const literal = readLiteral(text);
  if ('wrong' in literal) {
    reader.syntax(
      literal.right ? `${capital(literal.wrong)}: write \`${literal.right}\`.` : `${capital(literal.wrong)}.`,
      span,
      literal.right,
    );
    return undefined;
  }
  if (bytes && literal.bytes !== undefined) {
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

function lowerCall(reader: Reader, term: ast.Call, bytes: boolean): Expression | undefined {
  const span = reader.of(term);
  const name = term.name;
  if (!(FUNCTIONS as readonly string[]).includes(name)) {
    reader.syntax(
      `\`${name}\` is not a function: ${FUNCTIONS.join(', ')} are.`,
      reader.span(span.start, span.start + name.length),
    );
    return undefined;
  }
  const given = term.arguments.map((a) => lowerExpression(reader, a, bytes));
  if (given.some((a) => !a)) return undefined;
  const many = name === 'min' || name === 'max';
  if (many ? given.length < 1 : given.length !== 1) {
    reader.syntax(`\`${name}\` takes ${many ? 'one value or more' : 'one value'}, not ${given.length}.`, span);
    return undefined;
  }
  return { op: 'call', name, arguments: given as Expression[], span };
}

function lowerBinary(reader: Reader, term: ast.Binary, bytes: boolean): Expression | undefined {
  const span = reader.of(term);
  if (term.operator === '..') {
    const low = lowerExpression(reader, term.left, bytes);
    const high = lowerExpression(reader, term.right, bytes);
    return low && high && { op: 'range', low, high, span };
  }
  if (!ARITHMETIC.has(term.operator)) {
    reader.syntax(`\`${term.operator}\` does not belong in a number.`, span);
    return undefined;
  }
  const op = term.operator as '+' | '-' | '*' | '/' | '^';
  // -2^2 is -(2^2), as in mathematics
  if (op === '^' && term.left?.$type === 'Negative') {
    const base = lowerExpression(reader, term.left.of, bytes);
    const exponent = lowerExpression(reader, term.right, bytes);
    return base && exponent && { op: 'negative', of: { op: '^', left: base, right: exponent, span }, span };
  }
  const left = lowerExpression(reader, term.left, bytes);
  const right = lowerExpression(reader, term.right, bytes && op !== '/' && op !== '^');
  return left && right && { op, left, right, span };
}

/** the name that a term is, if it is no more than a name */
export const nameOf = (term: Term | undefined): string | undefined => (term?.$type === 'Name' ? term.name : undefined);

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
