import { ESTIMATORS } from '#language/estimate/index.ts';
import { isMissing } from '#language/estimate/estimate.ts';
import type { Finding, Fix } from '#language/rules/rule.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { applyFix } from '../harness/fixes.ts';

/**
 * A page is documentation, examples and test at once.
 *
 * - A `mlsys` fence is input. `// ^^^^ error[group/rule]: words` under a line is an expected finding at that place; a line without
 *   a mark has none of this page's rule, nor of the groups syntax, type and name (`mlsys whole`: none of any rule).
 * - `// ^^^^ = 400 GPUs` is the expected display of the page's quantity for the declaration named there; a family of quantities
 *   names the one it means: `// ^^^^ latency_p99 = 4 ms`.
 * - `mlsys fixed` is the text after the first fix of the first finding, which must silence it.
 * - `mermaid` is what the page's view prints for the fence above.
 */
export interface Room {
  readonly is: 'rule' | 'estimator' | 'view';
  /** `capacity/gpu-shortfall`, `serving.gpus`, `lifecycle` */
  readonly name: string;
}

export interface Result {
  readonly problems: readonly string[];
  /** the page with its outputs as they are now */
  readonly updated: string;
  /** how many expectations were checked */
  readonly checked: number;
}

/** Pages are read on one day, for ever. */
export const TODAY = '2026-11-23';

function open(text: string): Document {
  const workspace = new Workspace();
  workspace.today = () => TODAY;
  return workspace.update('file:///page/example.mlsys', text);
}

interface Fence {
  readonly info: string;
  readonly line: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function checkPage(room: Room, page: string, printView?: (document: Document, view: string) => string): Result {
  const problems: string[] = [];
  const replacements: { start: number; end: number; text: string }[] = [];
  let checked = 0;
  let input: { document: Document; findings: readonly Finding[] } | undefined;
  for (const fence of fencesOf(page)) {
    const [language, ...words] = fence.info.split(/\s+/);
    const say = (problem: string) => problems.push(`line ${fence.line}: ${problem}`);
    if (language === 'mlsys' && words[0] !== 'fixed') {
      const { text, marks } = unmarked(fence.text);
      const document = open(text);
      input = { document, findings: document.findings };
      checked += marks.length + 1;
      checkFindings(
        room,
        document,
        marks.filter((m) => /^\w+\[/.test(m.text)),
        words.includes('whole'),
        say,
      );
      checkEstimates(
        room,
        document,
        marks.filter((m) => / ?= /.test(` ${m.text}`) && !/^\w+\[/.test(m.text)),
        say,
      );
    } else if (language === 'mlsys' && input) {
      checked++;
      const fixed = fixedText(room, input.document, say);
      if (fixed !== undefined && fixed !== fence.text) {
        say(`the text after the fix is\n${fixed}`);
        replacements.push({ start: fence.start, end: fence.end, text: fixed });
      }
    } else if (language === 'mermaid' && input && printView) {
      checked++;
      const printed = printView(input.document, room.name);
      if (printed.trimEnd() !== fence.text.trimEnd()) {
        say(`the diagram is\n${printed}`);
        replacements.push({ start: fence.start, end: fence.end, text: `${printed.trimEnd()}\n` });
      }
    }
  }
  if (checked === 0) problems.push('the page has no example');
  let updated = page;
  for (const { start, end, text } of replacements.reverse())
    updated = updated.slice(0, start) + text + updated.slice(end);
  return { problems, updated, checked };
}

function fencesOf(page: string): Fence[] {
  return [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map((m) => {
    const start = m.index + m[0].indexOf('\n') + 1;
    return {
      info: m[1]!.trim(),
      line: page.slice(0, m.index).split('\n').length,
      text: m[2]!,
      start,
      end: start + m[2]!.length,
    };
  });
}

/** The text without its mark lines, and the marks with the line that they speak of. */
function unmarked(text: string): { text: string; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of text.split('\n')) {
    const m = /^(\s*\/\/\s*)(\^+) (.+)$/.exec(line);
    if (m)
      marks.push({ line: lines.length - 1, start: m[1]!.length, end: m[1]!.length + m[2]!.length, text: m[3]!.trim() });
    else lines.push(line);
  }
  return { text: lines.join('\n'), marks };
}

function checkFindings(
  room: Room,
  document: Document,
  marks: readonly Mark[],
  whole: boolean,
  say: (problem: string) => void,
): void {
  const counts = (f: Finding) => whole || f.rule === room.name || /^(syntax|type|name)\//.test(f.rule);
  const left = new Set(document.findings.filter(counts));
  for (const mark of marks) {
    const m = /^(\w+)\[([\w/-]+)\]:? ?(.*)$/.exec(mark.text);
    const found = [...left].find((f) => {
      const { start, end } = document.lines.range(f.at);
      return (
        f.rule === m?.[2] &&
        f.severity === m[1] &&
        start.line === mark.line &&
        start.character === mark.start &&
        (end.line > start.line || end.character === mark.end) &&
        f.message.includes(m[3] ?? '')
      );
    });
    if (found) left.delete(found);
    else say(`expected ${mark.text} on line ${mark.line + 1} of the example`);
  }
  for (const f of left) {
    const { start, end } = document.lines.range(f.at);
    say(
      `unexpected ${f.severity}[${f.rule}] at ${start.line + 1}:${start.character + 1}-${end.character + 1}: ${f.message}`,
    );
  }
}

function checkEstimates(room: Room, document: Document, marks: readonly Mark[], say: (problem: string) => void): void {
  const family =
    ESTIMATORS.find((e) => e.quantities.some((q) => q === room.name))?.quantities ?? quantitiesAt(room.name);
  for (const mark of marks) {
    const [which, expected] = mark.text.split(/ ?= /) as [string, string];
    const line = document.text.split('\n')[mark.line]!;
    const name = line.slice(mark.start, mark.end);
    const node = document.design.lookup(name);
    const quantity = which ? family.find((q) => q.endsWith(`.${which}`)) : family[0];
    if (!node || !quantity) {
      say(`no declaration ${name} or no quantity ${which || room.name}`);
      continue;
    }
    const answer = document.analysis().estimate(node, quantity);
    const is = isMissing(answer) ? `nothing: needs ${answer.missing.join(', ')}` : answer.display;
    if (is !== expected) say(`${name}: ${quantity} is ${is}, expected ${expected}`);
  }
}

/** A page of a family is called for what its quantities share: `serving.latency` for `serving.latency_p50` ... */
function quantitiesAt(name: string): readonly string[] {
  return ESTIMATORS.find((e) => e.quantities.some((q) => q.startsWith(`${name}_`)))?.quantities ?? [];
}

function fixedText(room: Room, document: Document, say: (problem: string) => void): string | undefined {
  const finding = document.findings.find((f) => f.rule === room.name);
  const fix: Fix | undefined = finding?.fixes[0];
  if (!finding || !fix) {
    say('there is no fix to apply');
    return undefined;
  }
  const text = applyFix(document, fix);
  const after = open(text).findings;
  const remains = after.some(
    (f) => f.rule === finding.rule && f.subject === finding.subject && f.message === finding.message,
  );
  if (remains) say(`the fix "${fix.title}" does not silence ${finding.rule}`);
  const severe = (list: readonly Finding[]) =>
    list.filter((f) => f.severity === 'error' || f.severity === 'warning').length;
  if (severe(after) > severe(document.findings) - severe([finding]))
    say(`the fix "${fix.title}" brings new findings: ${after.map((f) => `${f.rule}: ${f.message}`).join('; ')}`);
  return text;
}
