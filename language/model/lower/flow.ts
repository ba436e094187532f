import type { Flow } from '../design.ts';
import { lowerExpression, type Term } from './expression.ts';
import type { Reader } from './reader.ts';

/** `A -> (B & C) -> 3 * D[50] -> 5% * ~E`. Chains of one operator become one step with many members. */
export function lowerFlow(reader: Reader, term: Term): Flow | undefined {
  const span = reader.of(term);
  switch (term.$type) {
    case 'Name':
      return { step: 'call', target: { name: term.name, span }, span };
    case 'Group':
      return term.of ? lowerFlow(reader, term.of as Term) : undefined;
    case 'Forget': {
      const of = lowerFlow(reader, term.of as Term);
      return of && { step: 'forget', of, span };
    }
    case 'Rows': {
      const of = lowerFlow(reader, term.of as Term);
      const rows = lowerExpression(reader, term.rows as Term | undefined, 'count');
      return of && rows ? { step: 'rows', rows, of, span } : of;
    }
    case 'Versioned':
      return lowerFlow(reader, term.of as Term);
    case 'Binary':
      return lowerOperator(reader, term);
    default:
      reader.syntax(`\`${reader.textOf(span)}\` is not a step of a flow: a flow goes through declared parts.`, span);
      return undefined;
  }
}

function lowerOperator(reader: Reader, term: Extract<Term, { $type: 'Binary' }>): Flow | undefined {
  const span = reader.of(term);
  const left = term.left as Term;
  const right = term.right as Term;
  if (term.operator === '*') {
    const factor = lowerExpression(reader, left, 'count');
    const of = lowerFlow(reader, right);
    return of && factor ? { step: 'times', factor, of, span } : of;
  }
  if (term.operator !== '->' && term.operator !== '&') {
    reader.syntax(
      `\`${term.operator}\` does not belong in a flow: \`->\` is next, \`&\` is at the same time, \`*\` is how often.`,
      span,
    );
    return lowerFlow(reader, left);
  }
  const step = term.operator === '->' ? 'sequence' : 'parallel';
  const members = [left, right].flatMap((side) => {
    const flow = lowerFlow(reader, side);
    return flow ? (flow.step === step && side.$type === 'Binary' ? flow.members : [flow]) : [];
  });
  return members.length > 1 ? { step, members, span } : members[0];
}
