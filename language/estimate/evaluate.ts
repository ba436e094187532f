import type { Expression } from '../model/design.ts';
import { type Dimension, NUMBER, per, power, TIME, times } from '../units/dimension.ts';
import { secondsIn } from '../units/literal.ts';
import { ceiling } from './formula.ts';
import { type Distribution, logNormalThrough, mean, scaled } from './numeric/distribution.ts';

export interface Evaluated {
  /** in base units; the mean of a distribution, the median of a range */
  readonly value: number;
  readonly dimension: Dimension;
  readonly spread?: Distribution;
}

/** What an expression may refer to. */
export interface Scope {
  named(name: string): Evaluated | undefined;
  member(subject: string, path: readonly string[]): Evaluated | undefined;
  /** the standard normal draw of an uncertain variable in this sample; 0 at the point */
  draw(variable: string): number;
}

/** z of the 95th percentile: a range is a 90% interval */
export const Z95 = 1.6448536269514722;

/** The value of an expression; undefined where a name or a dimension does not fit. `owner` tells its uncertain literals from others'. */
export function evaluated(e: Expression, owner: string, scope: Scope): Evaluated | undefined {
  const of = (inner: Expression) => evaluated(inner, owner, scope);
  switch (e.op) {
    case 'number':
      return { value: e.value, dimension: e.dimension };
    case 'range':
      return range(e, of, owner, scope);
    case 'distribution':
      return distribution(e, of);
    case 'name':
      return scope.named(e.name);
    case 'member':
      return scope.member(e.subject.name, e.path);
    case 'negative': {
      const inner = of(e.of);
      return inner && { value: -inner.value, dimension: inner.dimension };
    }
    case 'call':
      return call(e.name, e.arguments.map(of));
    default:
      return arithmetic(e.op, of(e.left), of(e.right) ?? (e.op === '/' ? unitOf(e.right) : undefined));
  }
}

type Inner = (e: Expression) => Evaluated | undefined;

/** Log-normal where both ends are positive, else normal, with the ends as 5th and 95th percentile. */
function range(e: Extract<Expression, { op: 'range' }>, of: Inner, owner: string, scope: Scope): Evaluated | undefined {
  const low = of(e.low);
  const high = of(e.high);
  if (!low || !high || low.dimension !== high.dimension) return undefined;
  const text = (end: Expression) => (end.op === 'number' ? end.text : '');
  const z = scope.draw(`range:${owner}:${text(e.low)}..${text(e.high)}`) / Z95 / 2;
  const logarithmic = low.value > 0 && high.value > 0;
  const value = logarithmic
    ? Math.sqrt(low.value * high.value) * (high.value / low.value) ** z
    : (low.value + high.value) / 2 + z * (high.value - low.value);
  return { value, dimension: low.dimension };
}

function distribution(e: Extract<Expression, { op: 'distribution' }>, of: Inner): Evaluated | undefined {
  const points = e.points.flatMap((p) => {
    const value = of(p.value);
    return value ? [{ p: p.percentile / 100, ...value }] : [];
  });
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || first === last || first.dimension !== last.dimension) return undefined;
  const spread = logNormalThrough({ p: first.p, value: first.value }, { p: last.p, value: last.value });
  return { value: mean(spread), dimension: first.dimension, spread };
}

function call(name: string, given: readonly (Evaluated | undefined)[]): Evaluated | undefined {
  if (given.some((g) => !g)) return undefined;
  const list = given as readonly Evaluated[];
  const dimension = list[0]!.dimension;
  const values = list.map((r) => r.value);
  const first = values[0]!;
  if (name === 'sqrt') return { value: Math.sqrt(first), dimension: power(dimension, 0.5) };
  if (list.some((r) => r.dimension !== dimension)) return undefined;
  if (name === 'min') return { value: Math.min(...values), dimension };
  if (name === 'max') return { value: Math.max(...values), dimension };
  const round = { ceil: ceiling, floor: (x: number) => Math.floor(x * (1 + 1e-9)), round: Math.round }[name];
  return round && { value: round(first), dimension };
}

function arithmetic(
  op: '+' | '-' | '*' | '/' | '^',
  left: Evaluated | undefined,
  right: Evaluated | undefined,
): Evaluated | undefined {
  if (!left || !right) return undefined;
  const [a, b] = [left.value, right.value];
  switch (op) {
    case '+':
    case '-':
      if (left.dimension !== right.dimension) return undefined;
      return { value: op === '+' ? a + b : a - b, dimension: left.dimension };
    case '*': {
      const spread = left.spread ? scaled(left.spread, b) : right.spread && scaled(right.spread, a);
      return { value: a * b, dimension: times(left.dimension, right.dimension), ...(spread && { spread }) };
    }
    case '/': {
      const spread = left.spread && scaled(left.spread, 1 / b);
      return { value: a / b, dimension: per(left.dimension, right.dimension), ...(spread && { spread }) };
    }
    default:
      return right.dimension === NUMBER ? { value: a ** b, dimension: power(left.dimension, b) } : undefined;
  }
}

/** `/ s`, `/ month` after anything */
function unitOf(e: Expression): Evaluated | undefined {
  const seconds = e.op === 'name' ? secondsIn(e.name) : undefined;
  return seconds === undefined ? undefined : { value: seconds, dimension: TIME };
}
