import { expect, it } from 'vitest';
import { nodeLines, participantLines, titleLine } from '../../language/views/label.ts';
import type { ViewModel } from '../../language/views/view.ts';
import { edge, group, HOSTILE, model, node, target } from './models.ts';
import type { Stage } from './stage.ts';

/** Texts wherever a user's text can stand: many at once, since drawing takes its time. */
function flowchart(texts: readonly string[]): ViewModel {
  const nodes = texts.map((text, i) => ({ ...node(`model_${i}`, 'procs', 'model', ''), lines: [text, text, 'end'] }));
  const groups = texts.map((text, i) => group(`group_${i}`, text, nodes[i]!));
  const edges = texts.slice(1).map((text, i) => edge(`model_${i}`, `model_${i + 1}`, 'arrow', text));
  const rows = texts.map((text) => ({
    cells: [text, text],
    severity: 'error' as const,
    target: { ...target('a'), name: text },
  }));
  return model(
    'lifecycle',
    { type: 'flowchart', direction: 'TB', groups, nodes: [], edges },
    {
      title: texts.join(' '),
      description: texts.join('\n'),
      summary: texts.map((text) => ({ text })),
      tables: [{ title: texts[0]!, columns: texts.map((title) => ({ title })), rows }],
      legend: texts.map((text) => ({ shape: 'hex', text })),
    },
  );
}

function sequence(texts: readonly string[]): ViewModel {
  const participants = texts.map((name, i) => ({ id: `model_${i}`, name, role: 'model' }));
  const call = (text: string) => ({ step: 'call', from: 'model_0', to: 'model_1', text, waits: true }) as const;
  const rows = texts.map((text) => ({ name: text, start: 0, p50: 0.01, p99: 0.02, value: text }));
  return model(
    'request',
    {
      type: 'sequence',
      participants,
      steps: texts.flatMap((text) => [{ step: 'note', over: 'model_0', text } as const, call(text)]),
    },
    {
      waterfall: { rows, whole: { p50: 0.01, p99: 0.02 }, description: texts[0]! },
      subjects: texts,
      subject: texts[0]!,
    },
  );
}

export function hostileTexts(open: Stage['open']): void {
  it('shows any text as it stands, and none as markup', async () => {
    const panel = await open();
    // the joiner after a backslash is not to be seen
    const texts = async (selector: string) =>
      (await panel.page.locator(selector).allTextContents()).map((line) => line.replaceAll('\u2060', ''));
    for (let from = 0; from < HOSTILE.length; from += 9) {
      const some = HOSTILE.slice(from, from + 9);
      await panel.show(flowchart(some), { system: some[0]!, scenarios: some });
      expect(await texts('h1, .summary')).toEqual([some[0], some.join('')]);
      expect(await texts('.foot li, .tables td')).toEqual([...some, ...some]);
      for (const [i, text] of some.entries()) {
        const lines = nodeLines({ lines: [text, text, 'end'] });
        expect(await texts(`[data-part="model_${i}"] .text-outer-tspan`), text).toEqual(lines);
        expect((await texts(`[data-part="group_${i}"] .text-outer-tspan`)).join(''), text).toBe(titleLine(text));
        if (i === 0) continue;
        // an edge's label is measured with its entities, and so may break early
        const label = await texts(`.edgeLabels [data-id="L_model_${i - 1}_model_${i}_0"] .text-outer-tspan`);
        expect(label.join('').replaceAll(' ', ''), text).toBe(titleLine(text).replaceAll(' ', ''));
      }
      await panel.show(sequence(some));
      for (const [i, text] of some.entries()) {
        const head = await texts(`[data-part="model_${i}"] text`);
        expect(head.join('|'), text).toBe(participantLines({ name: text }).join('|'));
      }
      const lines = some.map((text) => titleLine(text) || ' ');
      expect(await texts('.noteText')).toEqual(lines);
      expect(await texts('.messageText')).toEqual(lines);
    }
    const foreign = 'img, script:not([nonce]), a, iframe, foreignObject, [onerror], [onclick]';
    expect(await panel.page.locator(foreign).count()).toBe(0);
    expect([await panel.said('error'), await panel.said('csp')]).toEqual([[], []]);
    expect(await panel.page.evaluate(() => Object.keys(Object.prototype).length)).toBe(0);
  });
}
