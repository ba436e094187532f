import type { Analysis } from '../estimate/analysis.ts';
import { isMissing } from '../estimate/estimate.ts';
import { display } from '../estimate/sheet.ts';
import { sensitivitiesOf } from '../estimate/uncertainty.ts';
import type { SourceFile } from '../model/source-file.ts';
import { RULES } from '../rules/index.ts';
import { findingsOf } from '../rules/run.ts';
import { type Dimension, MONEY_RATE } from '../units/dimension.ts';
import { format } from '../units/format.ts';
import { type Found, search } from './search.ts';
import { distanceTo, lackOf, type Problem, readTarget, sidesOf, type Target } from './target.ts';
import { readVariable, type Variable, withNumber, withText } from './variable.ts';
import { written } from './written.ts';

/** The value of one input that brings a figure to a target. */
export interface Solution {
  readonly target: Side & { readonly operator: Target['operator'] };
  readonly met: boolean;
  /** what meets it with the least change; where nothing does, what comes nearest */
  readonly answer: Trial;
  /** as the design is; null where the variable is not set, or there is no figure */
  readonly now: Trial | null;
  /** the ends of the values that meet it around the answer, as they would be written; null where nothing ends them */
  readonly from: string | null;
  readonly to: string | null;
  /** of the choices (hardware, words) those that meet it, the best first */
  readonly choices: readonly Trial[];
  /** findings that the answer brings with it */
  readonly breaks: readonly string[];
}

export interface Side {
  readonly value: number;
  readonly unit: string;
  readonly display: string;
}

/** A value of the variable, as it would be written, and the figure with it. */
export interface Trial {
  readonly text: string;
  /** of a number, in SI base units; null for a pool or a word */
  readonly value: number | null;
  readonly reached: Side;
  /** what the system (or the declaration) then costs, where that is known */
  readonly cost: Side | null;
}

/** `figure` as `Chat.latency.p99`, `target` as `< 50ms`, `vary` as `Chat.replicas` or a parameter. A mistake comes back as one sentence. */
export function solve(
  file: SourceFile,
  analysis: Analysis,
  figure: string,
  target: string,
  vary: string,
): Solution | Problem {
  const condition = readTarget(analysis, figure, target);
  if ('problem' in condition) return condition;
  const variable = readVariable(analysis, vary);
  if ('problem' in variable) return variable;
  const idle = withoutEffect(analysis, condition, figure, vary);
  if (idle) return { problem: idle };
  const equation = new Equation(file, analysis, condition, variable);
  const solution = variable.is === 'number' ? equation.byNumber(variable) : equation.byChoice(variable);
  return (
    solution ?? {
      problem: `there is no \`${figure}\` with any value of \`${vary}\`${needs(lackOf(analysis, condition))}.`,
    }
  );
}

const needs = (lacking: readonly string[]): string => (lacking.length === 0 ? '' : `: it needs ${lacking.join(', ')}`);

/** A figure that is known and never looks at the variable. */
function withoutEffect(analysis: Analysis, condition: Target, figure: string, vary: string): string | undefined {
  const { value, reads } = analysis.traced(`solve:${figure}`, () => sidesOf(analysis, condition));
  if (!value || reads.has(vary)) return undefined;
  const { left } = condition;
  const node = left.op === 'member' ? analysis.find(left.subject.name) : undefined;
  const quantity = left.op === 'member' && node ? `${node.kind}.${left.path.join('_')}` : '';
  const movers = node
    ? sensitivitiesOf(analysis, node, quantity)
        .slice(0, 3)
        .map((s) => `\`${s.input}\``)
    : [];
  return `\`${figure}\` does not depend on \`${vary}\`${movers.length > 0 ? `; it depends most on ${movers.join(', ')}` : ''}.`;
}

class Equation {
  private readonly file: SourceFile;
  private readonly analysis: Analysis;
  private readonly target: Target;
  private readonly name: string;

  constructor(file: SourceFile, analysis: Analysis, target: Target, { name }: Variable) {
    this.file = file;
    this.analysis = analysis;
    this.target = target;
    this.name = name;
  }

  byNumber(variable: Extract<Variable, { is: 'number' }>): Solution | undefined {
    const { dimension, share, domain } = variable;
    const found = search((x) => distanceTo(withNumber(this.analysis, this.name, x, dimension), this.target), domain);
    if (!found) return undefined;
    const text = (value: number, up: boolean) => written(value, dimension, { share, up });
    const value = this.rounded(found, text);
    const answer = this.trial(value);
    if (!answer) return undefined;
    const end = (x: number | null, up: boolean) => (x === null ? null : text(x, up));
    const now = domain.now === undefined ? null : this.trial(text(domain.now, false));
    return this.solution(answer, found.met, now, [], end(found.from, true), end(found.to, false));
  }

  /** To four digits, on the side that meets the target. */
  private rounded({ met, value, to }: Found, text: (value: number, up: boolean) => string): string {
    const up = value !== to;
    const best = text(value, up);
    return !met || this.distance(best) <= 0 ? best : text(value, !up);
  }

  byChoice({ now, choices }: Extract<Variable, { is: 'choice' }>): Solution | undefined {
    const trials = choices.flatMap((text) => {
      const away = this.fits(text) ? this.distance(text) : Number.NaN;
      const trial = Number.isNaN(away) ? undefined : this.trial(text);
      return trial ? [{ ...trial, away }] : [];
    });
    const present = now === undefined ? null : this.trial(now);
    const meeting = trials.filter((t) => t.away <= 0).sort((a, b) => dearness(a) - dearness(b));
    const plain = ({ away: _, ...trial }: Trial & { away: number }): Trial => trial;
    if (meeting.length > 0) {
      const best = meeting.find((t) => this.breaksOf(t.text).length === 0) ?? meeting[0]!;
      return this.solution(plain(best), true, present, meeting.map(plain));
    }
    if (trials.length === 0) return undefined;
    return this.solution(plain(trials.reduce((a, b) => (b.away < a.away ? b : a))), false, present, []);
  }

  private solution(
    answer: Trial,
    met: boolean,
    now: Trial | null,
    choices: readonly Trial[],
    from: string | null = null,
    to: string | null = null,
  ): Solution {
    const [, must] = sidesOf(withText(this.analysis, this.name, answer.text)!, this.target)!;
    const target = { ...this.side(must.value, must.dimension), operator: this.target.operator };
    return { target, met, answer, now, from, to, choices, breaks: met ? this.breaksOf(answer.text) : [] };
  }

  private distance(text: string): number {
    const varied = withText(this.analysis, this.name, text);
    return varied ? distanceTo(varied, this.target) : Number.NaN;
  }

  private trial(text: string): Trial | null {
    const varied = withText(this.analysis, this.name, text);
    const sides = varied && sidesOf(varied, this.target);
    if (!sides) return null;
    const value = varied.options.sets?.get(this.name);
    const number = value?.form === 'quantity' ? varied.evaluate(value.expression, this.name)?.value : undefined;
    return {
      text,
      value: number ?? null,
      reached: this.side(sides[0].value, sides[0].dimension),
      cost: this.costOf(varied),
    };
  }

  private side(value: number, dimension: Dimension): Side {
    const { left } = this.target;
    const node = left.op === 'member' ? this.analysis.find(left.subject.name) : undefined;
    const quantity = left.op === 'member' && node ? `${node.kind}.${left.path.join('_')}` : '';
    return { value, unit: dimension.unit, display: display(quantity, value, dimension) };
  }

  /** Of the system where that is known whole, else of the declaration that is varied. */
  private costOf(varied: Analysis): Side | null {
    const own = varied.find(this.name.split('.')[0]!);
    for (const node of [varied.design.system, own]) {
      const cost = node && varied.estimate(node, `${node.kind}.cost`);
      if (!cost || isMissing(cost) || cost.assumptions.some((a) => a.startsWith('not priced'))) continue;
      const text = cost.dimension === MONEY_RATE ? format(cost.value, MONEY_RATE) : cost.display;
      return { value: cost.value, unit: cost.dimension.unit, display: text };
    }
    return null;
  }

  /** Whether what runs on a pool has its memory there; what needs an unknown amount counts as fitting. */
  private fits(text: string): boolean {
    const varied = withText(this.analysis, this.name, text);
    const node = varied?.find(this.name.split('.')[0]!);
    const [part] = node && this.name.endsWith('.hardware') ? varied!.pool(node, 'hardware') : [];
    const memory = part && varied!.input(part.hardware, 'memory');
    const needed = node && memory ? varied!.estimate(node, `${node.kind}.memory_per_gpu`) : undefined;
    return !needed || isMissing(needed) || needed.value <= memory!.value * Math.min(1, part!.count.value);
  }

  /** Errors and warnings about figures that the design does not have as it is. */
  private breaksOf(text: string): string[] {
    const said = (analysis: Analysis) =>
      findingsOf(
        this.file,
        analysis,
        () => analysis,
        RULES.filter((rule) => rule.inScenarios),
      ).filter(({ severity }) => severity === 'error' || severity === 'warning');
    const identity = ({ rule, subject, at }: { rule: string; subject: string | null; at: { start: number } }) =>
      `${rule} ${subject} ${at.start}`;
    const before = new Set(said(this.analysis).map(identity));
    const varied = withText(this.analysis, this.name, text);
    return varied ? said(varied).flatMap((f) => (before.has(identity(f)) ? [] : [f.message])) : [];
  }
}

/** The cheapest first, then the smallest machine; what has no price last. */
const dearness = ({ cost, text }: Trial): number => (cost?.value ?? 1e12) * (1 + 1e-9 * Number.parseInt(text, 10) || 1);
