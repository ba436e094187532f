import type * as ast from '../../generated/ast.ts';
import type { ValueType } from '../../schema/types.ts';
import { TIME } from '../../units/dimension.ts';
import type { Condition } from '../design.ts';
import { lowerExpression, nameOf, type Term } from './expression.ts';
import type { Reader } from './reader.ts';
import { wrong } from './value.ts';

type ConditionsType = Extract<ValueType, { is: 'conditions' }>;

export const COMPARISONS = ['<', '<=', '>', '>='] as const;

/** `p99 < 50ms`, `ttft p95 < 800ms, tpot p95 < 40ms`, `auc >= 0.94`. A bare percentile is one of `latency`. */
export function lowerConditions(reader: Reader, key: string, type: ConditionsType, value: ast.Value): Condition[] {
  return value.phrases.flatMap((phrase) => {
    const condition = lowerCondition(reader, phrase);
    if (!condition) {
      const example = key === 'budget' ? 'p99 < 50ms' : `${Object.keys(type.metrics)[0] ?? 'accuracy'} < 1%`;
      if (!reader.problems.some((p) => p.span.start >= reader.of(phrase).start && p.span.end <= reader.of(phrase).end))
        wrong(reader, key, phrase, `conditions such as \`${example}\``, undefined, boundFrom(reader, phrase, key));
      return [];
    }
    if (!type.open && !Object.hasOwn(type.metrics, condition.metric)) {
      wrong(
        reader,
        key,
        phrase,
        `bounds on ${Object.keys(type.metrics)
          .map((m) => `\`${m}\``)
          .join(', ')}`,
      );
      return [];
    }
    if (!type.open && condition.percentile === undefined && type.metrics[condition.metric] === TIME) {
      withoutPercentile(reader, key, condition);
      return [];
    }
    return [condition];
  });
}

/** A bare time, or a percentile without its sign: `p99 < 50ms` for `50ms` and `p99 50ms`. */
function boundFrom(reader: Reader, phrase: ast.Phrase, key: string): string | undefined {
  const text = reader.textOf(reader.of(phrase));
  const m = /^((?:\w+\s+)?p\d{1,2}\s+)?(\d[\w.]*)$/.exec(text);
  return m && key === 'budget' ? `${(m[1] ?? 'p99 ').trim()} < ${m[2]}` : undefined;
}

/** `latency < 50ms` says nothing of which: a budget bounds a percentile. */
function withoutPercentile(reader: Reader, key: string, { metric, span }: Condition): void {
  const text = reader.textOf(span);
  const some = metric === 'latency' ? ['p50', 'p95', 'p99'] : [`${metric} p50`, `${metric} p95`];
  const rights = some.map((name) => text.replace(metric, name));
  reader.problems.push({
    is: 'wrong-value',
    key,
    message: `\`${metric}\` is a distribution: bound a percentile of it, such as \`${rights.at(-1)}\``,
    span,
    rights,
  });
}

function lowerCondition(reader: Reader, phrase: ast.Phrase): Condition | undefined {
  const last = phrase.parts.at(-1);
  if (last?.$type !== 'Binary' || !(COMPARISONS as readonly string[]).includes(last.operator)) return undefined;
  const names = [...phrase.parts.slice(0, -1), last.left as Term].map((t) =>
    t.$type === 'Member' ? reader.textOf(reader.of(t)).replace('.', ' ') : nameOf(t),
  );
  if (names.some((n) => n === undefined) || names.length > 2) return undefined;
  const words = names.join(' ').split(' ');
  const percentile = /^p(\d{1,2})$/.exec(words.at(-1)!)?.[1];
  if (words.length > 2 || (words.length === 2 && !percentile)) return undefined;
  const bound = lowerExpression(reader, last.right as Term);
  if (!bound) return undefined;
  const metric = percentile ? (words.length === 2 ? words[0]! : 'latency') : words[0]!;
  return {
    metric,
    ...(percentile && { percentile: Number(percentile) }),
    operator: last.operator as Condition['operator'],
    bound,
    span: reader.of(phrase),
  };
}
