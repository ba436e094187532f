import type { Span } from '../model/design.ts';
import type { Edit, Finding } from '../rules/rule.ts';
import type { Document } from '../workspace.ts';

export interface CodeAction {
  readonly title: string;
  readonly finding: Finding;
  /** absent where they take time: `fixesOfAll` works them out when the action is taken */
  readonly edits?: readonly Edit[];
  /** the only thing that mends the finding */
  readonly preferred: boolean;
}

/** What can be done about the findings that touch a stretch of text: the fixes of each, all of its kind, then to silence it. */
export function codeActions(document: Document, from: number, to: number): CodeAction[] {
  const found = document.findings.filter(
    ({ at: { at, start, end } }) => at.uri === document.uri && at.offset + start <= to && at.offset + end >= from,
  );
  const fixes = found.flatMap((finding) =>
    finding.fixes.map(({ title, edits }) => ({ title, finding, edits, preferred: finding.fixes.length === 1 })),
  );
  const rules = new Map(found.map((finding) => [finding.rule, finding]));
  const all = [...rules.values()].flatMap((finding): CodeAction[] => {
    const count = ofKind(document, finding.rule).length;
    if (count < 2 || finding.fixes.length === 0) return [];
    return [{ title: `Fix all ${count} of ${finding.rule} in this file`, finding, preferred: false }];
  });
  const silenced = found
    .filter((f) => f.rule !== 'style/unused-suppression')
    .map((finding) => ({
      title: `Ignore ${finding.rule} here, with a reason`,
      finding,
      edits: [ignoring(document, finding)],
      preferred: false,
    }));
  return [...fixes, ...all, ...silenced];
}

const ofKind = (document: Document, rule: string): Finding[] =>
  document.findings.filter((finding) => finding.rule === rule && finding.at.at.uri === document.uri);

/** The first fix of each finding of a rule in the file. Where two would change the same text, the second waits for another time. */
export function fixesOfAll(document: Document, rule: string): Edit[] {
  const taken: Edit[] = [];
  for (const finding of ofKind(document, rule)) {
    const edits = finding.fixes[0]?.edits ?? [];
    const added = edits.filter((edit) => !taken.some((other) => isSame(edit, other)));
    if (!added.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...added);
  }
  return taken;
}

const place = ({ at: { at, start, end } }: Edit) => ({ uri: at.uri, from: at.offset + start, to: at.offset + end });

function overlap(a: Edit, b: Edit): boolean {
  const [one, two] = [place(a), place(b)];
  return one.uri === two.uri && one.from < two.to && two.from < one.to;
}

function isSame(a: Edit, b: Edit): boolean {
  const [one, two] = [place(a), place(b)];
  return a.text === b.text && one.uri === two.uri && one.from === two.from && one.to === two.to;
}

/** `// mlsys-ignore RULE: reason` on the line before; at the line's end where that line already silences something. */
function ignoring(document: Document, { rule, at }: Finding): Edit {
  const { text, lines } = document;
  const comment = `// mlsys-ignore ${rule}: reason`;
  const { line } = lines.position(at.at.offset + at.start);
  const start = lines.offset({ line, character: 0 });
  const end = lines.offset({ line, character: Number.MAX_SAFE_INTEGER });
  const insert = (offset: number, added: string): Edit => ({
    at: { at: at.at, start: offset - at.at.offset, end: offset - at.at.offset } satisfies Span,
    text: added,
  });
  const taken = document.file.suppressions.some(
    (s) => s.scope === 'line' && s.lines[0] === line - 1 && s.lines[1] === line,
  );
  if (taken && !text.slice(start, end).includes('//'))
    return insert(start + text.slice(start, end).trimEnd().length, `  ${comment}`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const bom = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return insert(start + bom, `${/^[ \t]*/.exec(text.slice(start + bom, end))![0]}${comment}${eol}`);
}
