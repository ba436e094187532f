import type { Analysis } from '../estimate/analysis.ts';
import type { Evaluated } from '../estimate/evaluate.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Requirement } from '../model/design.ts';
import { readSource } from '../model/source-file.ts';
import { mistakeIn } from '../settings.ts';

/** A figure and what it is to be: a requirement that the design need not hold. */
export type Target = NonNullable<Requirement['condition']>;

/** What is wrong, as one sentence. */
export interface Problem {
  readonly problem: string;
}

const FORM = /^\s*(<=|>=|<|>)\s*\S/;

/** Reads `Chat.latency.p99` and `< 50ms` with the language's own means, as a `require` would be. */
export function readTarget(analysis: Analysis, figure: string, target: string): Target | Problem {
  if (!FORM.test(target))
    return { problem: `a target compares, such as \`< 50ms\` or \`>= 200/s\`, not \`${target}\`.` };
  const { design } = analysis;
  const file = readSource('mlsys-solve:/', `require ${figure} ${target}\n`);
  const [entry] = file.entries;
  const condition =
    file.entries.length === 1 && entry!.item.is === 'requirement' ? entry!.item.requirement.condition : undefined;
  const problem = mistakeIn(design, file);
  if (problem || !condition) return { problem: problem ?? `\`${figure} ${target}\` cannot be read as a condition.` };
  if (condition.left.op !== 'member' && condition.left.op !== 'name')
    return { problem: `name a figure, such as \`Chat.latency.p99\`, not \`${figure}\`.` };
  return condition;
}

/** Both sides, where both have a figure of one dimension. */
export function sidesOf(analysis: Analysis, { left, right }: Target): readonly [Evaluated, Evaluated] | undefined {
  const is = analysis.evaluate(left, 'solve');
  const must = analysis.evaluate(right, 'solve');
  return is && must && is.dimension === must.dimension ? [is, must] : undefined;
}

/** How far a design is from the target: 0 and less meets it, NaN where it has no figure. */
export function distanceTo(analysis: Analysis, target: Target): number {
  const sides = sidesOf(analysis, target);
  if (!sides) return Number.NaN;
  const [is, must] = [sides[0].value, sides[1].value];
  const away = target.operator.startsWith('<') ? is - must : must - is;
  const strict = target.operator.length === 1;
  // a figure that is exactly the bound breaks a strict one; a rounding more or less breaks none of the others
  if (strict) return away === 0 ? Number.MIN_VALUE : away;
  return Math.abs(away) <= 1e-12 * Math.max(Math.abs(is), Math.abs(must)) ? 0 : away;
}

/** What a figure lacks, for a message. */
export function lackOf(analysis: Analysis, { left }: Target): readonly string[] {
  if (left.op !== 'member') return [];
  const node = analysis.find(left.subject.name);
  const answer = node && analysis.estimate(node, `${node.kind}.${left.path.join('_')}`);
  return answer && isMissing(answer) ? answer.missing : [];
}
