import type { Analysis } from '../estimate/analysis.ts';
import type { Item, Problem, Scenario, Span } from '../model/design.ts';
import type { SourceFile, Suppression } from '../model/source-file.ts';
import { lineAt, lineStarts } from '../text.ts';
import { RULES } from './index.ts';
import type { Finding, Fix, Report, Rule, RuleInput, World } from './rule.ts';
import { unusedSuppression } from './style/unused-suppression.ts';

/** All findings of one document, in the order of its text: in the design as written, then what only a scenario brings. */
export function findingsOf(
  file: SourceFile,
  base: Analysis,
  inScenario: (scenario: Scenario) => Analysis,
  rules: readonly Rule[] = RULES,
  today?: string,
): Finding[] {
  const items = file.entries.map((e) => e.item);
  const problems = [...file.problems.map((problem) => ({ problem, subject: null })), ...items.flatMap(problemsOf)];
  const found: Finding[] = [];
  const seen = new Set<string>();
  const run = (rule: Rule, input: RuleInput) => {
    for (const report of rule.check(input)) {
      const finding = toFinding(rule, report, input.scenario);
      const key = `${finding.rule} ${finding.subject} ${finding.at.at.offset + finding.at.start}`;
      if (input.scenario !== null && seen.has(key)) continue;
      if (input.scenario === null) seen.add(key);
      found.push(finding);
    }
  };
  const { design } = base;
  const written: World = { scenario: null, context: base };
  const varied = () => base.scenarios.map((s): World => ({ scenario: s.name, context: inScenario(s) }));
  const worlds = (): [World, ...World[]] => [written, ...varied()];
  const whole = { design, items, problems, idle: [], worlds, ...(today !== undefined && { today }) };
  for (const rule of rules) run(rule, { ...whole, ...written });
  for (const world of varied()) for (const rule of rules) if (rule.inScenarios) run(rule, { ...whole, ...world });
  const { left, idle } = suppressed(file, found.splice(0));
  const judged = idle.filter((s) => isJudged(s, rules));
  if (rules.includes(unusedSuppression)) run(unusedSuppression, { ...whole, ...written, idle: judged });
  return inOrder([...left, ...suppressed(file, found).left]);
}

/** The rules that answer at once, and those that may wait; together they are all. */
export const QUICK: readonly Rule[] = RULES.filter((rule) => !rule.slow);
export const SLOW: readonly Rule[] = [...RULES.filter((rule) => rule.slow), unusedSuppression];

/** Whether a suppression could have silenced something: its rule was checked, or there is none of that name. */
const isJudged = ({ rule }: Suppression, rules: readonly Rule[]): boolean =>
  rules.some(({ name }) => name === rule) || (rules !== SLOW && !RULES.some(({ name }) => name === rule));

/** Findings of several runs, in the order of the text. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => begin(a.at) - begin(b.at));

const begin = (span: Span): number => span.at.offset + span.start;

/** Most findings are seen and never mended: their fixes are worked out when they are asked for. */
function lazily({ fixes = [] }: Report): Pick<Finding, 'fixes'> {
  if (typeof fixes !== 'function') return { fixes };
  let known: readonly Fix[] | undefined;
  return {
    get fixes() {
      known ??= fixes();
      return known;
    },
  };
}

function toFinding(rule: Rule, report: Report, scenario: string | null): Finding {
  return Object.assign(lazily(report), {
    rule: rule.name,
    severity: report.severity ?? rule.severity,
    message: scenario === null ? report.message : `${scenario}: ${report.message}`,
    subject: report.subject,
    scenario,
    at: report.at,
    related: report.related ?? [],
  });
}

function problemsOf(item: Item): { problem: Problem; subject: string | null }[] {
  const [problems, subject] =
    item.is === 'node'
      ? [item.node.problems, item.node.name]
      : item.is === 'param'
        ? [item.param.problems, item.param.name]
        : item.is === 'scenario'
          ? [item.scenario.problems, item.scenario.name]
          : item.is === 'requirement'
            ? [item.requirement.problems, null]
            : [item.problems, null];
  return problems.map((problem) => ({ problem, subject: subject || null }));
}

/** What the document does not silence, and the comments that silence nothing. */
function suppressed(
  file: SourceFile,
  findings: readonly Finding[],
): { left: readonly Finding[]; idle: readonly Suppression[] } {
  if (file.suppressions.length === 0) return { left: findings, idle: [] };
  const used = new Set<Suppression>();
  const lines = lineStarts(file.text);
  const left = findings.filter((finding) => {
    const line = lineAt(lines, begin(finding.at));
    const by = file.suppressions.filter(
      (s) => s.rule === finding.rule && !s.late && (s.scope === 'file' || s.lines.includes(line)),
    );
    for (const s of by) used.add(s);
    return by.length === 0;
  });
  return { left, idle: file.suppressions.filter((s) => !used.has(s) && s.rule !== unusedSuppression.name) };
}
