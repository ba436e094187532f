import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMissing } from '#language/estimate/estimate.ts';
import { quantitiesOf } from '#language/schema/quantities.ts';
import { type Document, Workspace } from '#language/workspace.ts';

const EXAMPLES = join(import.meta.dirname, '../designs/examples');
const texts = ['fraud', 'support_chat'].map((f) => readFileSync(join(EXAMPLES, `${f}.mlsys`), 'utf8'));

/** Edits as a person makes them: another number, another word, a line gone, a declaration gone or doubled, a name changed everywhere. */
const edit = fc.record({
  kind: fc.constantFrom('number', 'line', 'declaration', 'double', 'rename', 'name', 'type'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  value: fc.constantFrom('1', '7', '30', '250', '2k', '0.5'),
});

function applied(text: string, { kind, at, value }: { kind: string; at: number; value: string }): string {
  const pick = <T>(list: T[]): T | undefined => list[Math.floor(at * list.length)];
  const lines = text.split('\n');
  if (kind === 'line') return lines.toSpliced(Math.floor(at * lines.length), 1).join('\n');
  if (kind === 'number' || kind === 'type') {
    const m = pick([...text.matchAll(kind === 'number' ? /(?<=[ (])\d+(?:\.\d+)?(?=[a-zA-Z%\n ])/g : /\d(?=\n)/g)]);
    return m ? text.slice(0, m.index) + value + text.slice(m.index + m[0].length) : text;
  }
  const block = pick([...text.matchAll(/^(\w+) (\w+) +\{[\s\S]*?^\}$/gm)]);
  if (!block) return text;
  if (kind === 'declaration') return text.replace(block[0], '');
  if (kind === 'double') return `${text}\n${block[0]}\n`;
  if (kind === 'rename') return text.replaceAll(new RegExp(`\\b${block[2]}\\b`, 'g'), `${block[2]}X`);
  return (
    text.slice(0, block.index) + block[0].replace(block[2]!, `${block[2]}Y`) + text.slice(block.index + block[0].length)
  );
}

function everything(document: Document): unknown {
  const figures = [null, ...document.design.scenarios.map((s) => s.name)].flatMap((scenario) =>
    document.design.nodes.flatMap((node) =>
      quantitiesOf(node.kind).map(({ quantity }) => {
        const answer = document.analysis(scenario).estimate(node, quantity);
        return [
          scenario,
          node.name,
          quantity,
          isMissing(answer)
            ? answer.missing
            : [answer.value, answer.steps.map((s) => [s.label, s.value]), answer.assumptions],
        ];
      }),
    ),
  );
  const findings = document.findings.map((f) => [
    f.rule,
    f.severity,
    f.subject,
    f.scenario,
    f.message,
    document.lines.range(f.at),
    f.fixes.map((fix) => [fix.title, fix.edits.map((e) => [document.linesOf(e.at.at.uri).range(e.at), e.text])]),
  ]);
  return { figures, findings };
}

test('after any edits, figures and findings are those of the text read anew', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 6 }), (start, edits) => {
      const workspace = new Workspace();
      let text = start;
      let document = workspace.update('file:///a.mlsys', text);
      everything(document);
      for (const e of edits) {
        text = applied(text, e);
        document = workspace.update('file:///a.mlsys', text);
        expect(everything(document)).toEqual(everything(new Workspace().update('file:///a.mlsys', text)));
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
