import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Finding, isMissing } from '#language/index.ts';
import { type Figure, figuresOf } from '#language/report.ts';
import { buildView, VIEWS } from '#language/views/index.ts';
import { nodesOf } from '#language/views/frame.ts';
import type { ViewModel } from '#language/views/view.ts';
import { type Document, Workspace } from '#language/workspace.ts';

/** Whole systems, as somebody would write them, with all that is said of them: `npx vitest run test/designs -u` writes it anew. */
const SOUND = ['payments_fraud', 'recommendation', 'llm_serving', 'batch_scoring', 'shop/main'];
const TERRIBLE = 'terrible';

const uri = (name: string): string => new URL(`systems/${name}.mlsys`, import.meta.url).toString();

function open(name: string): Document {
  const workspace = new Workspace((file) =>
    existsSync(new URL(file)) ? readFileSync(new URL(file), 'utf8') : undefined,
  );
  workspace.today = () => '2026-11-23';
  return workspace.update(uri(name), readFileSync(new URL(uri(name)), 'utf8'));
}

const isSevere = ({ severity }: Finding): boolean => severity === 'error' || severity === 'warning';

describe('whole systems', () => {
  it.each(SOUND)('%s has no error and no warning as it is written', (name) => {
    const severe = open(name).findings.filter((f) => isSevere(f) && f.scenario === null);
    expect(severe.map((f) => `${f.rule}: ${f.message}`)).toEqual([]);
  });

  it.each([...SOUND, TERRIBLE])('%s', async (name) => {
    const document = open(name);
    const text = [
      ['findings', ...document.findings.map(findingLine)],
      ['estimates', ...figuresOf(document.analysis(), document.design.visible).flatMap(estimateLine)],
      ['views', ...VIEWS.map(({ id }) => viewLine(id, buildView(document, { view: id })))],
    ].map((lines) => lines.join('\n  '));
    const file = new URL(`goldens/systems/${name.replace('/', '.')}.txt`, import.meta.url).pathname;
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot(file);
  });

  it('the terrible one shows rules of nearly every group that judges', () => {
    const groups = new Set(open(TERRIBLE).findings.map(({ rule }) => rule.split('/')[0]));
    const judging = ['capacity', 'latency', 'training', 'cost', 'reliability', 'security', 'experiment', 'require'];
    expect(judging.filter((group) => !groups.has(group))).toEqual([]);
  });
});

/** Messages have figures in them, which the estimates show: here is what is found, and where. */
const findingLine = ({ severity, rule, subject, scenario }: Finding): string =>
  [severity, rule, subject ?? '', ...(scenario === null ? [] : [`in ${scenario}`])].filter(Boolean).join(' ');

/** To three digits, so that a constant that moves a little moves little here. */
function estimateLine({ subject, quantity, answer }: Figure): string[] {
  if (isMissing(answer)) return [];
  const { unit } = answer.dimension;
  return [`${subject} ${quantity} ${Number(answer.value.toPrecision(3))}${unit === '1' ? '' : ` ${unit}`}`];
}

/** The parts of a picture, with the severity of those that have one, and how many arrows there are. */
function viewLine(id: string, { diagram, subject }: ViewModel): string {
  const marked = (name: string, severity?: string) => (severity ? `${name} (${severity})` : name);
  const of = subject === null ? id : `${id} of ${subject}`;
  if (diagram.type === 'empty') return `${of}: ${diagram.text}`;
  if (diagram.type === 'sequence')
    return `${of}: ${diagram.participants.map((p) => marked(p.id, p.severity)).join(', ')}; ${diagram.steps.length} steps`;
  const parts = nodesOf(diagram).map((node) => marked(node.id, node.severity));
  return `${of}: ${parts.join(', ')}; ${diagram.edges.length} arrows`;
}
