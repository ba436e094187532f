import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '../../language/views/index.ts';
import { type Document as Design, Workspace } from '../../language/workspace.ts';
import type { WireSets, WireWhatIf } from '../../server/protocol.ts';
import { viewOf } from '../../server/view.ts';
import { lifecycle, request } from './fraud.ts';
import { type Panel, type Stage, THEME_NAMES } from './stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PLACE = {
  uri: 'file:///fraud.mlsys',
  range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } },
};

const WHAT_IF: WireWhatIf = {
  sets: { peak: '40k/s' },
  knobs: [
    {
      name: 'peak',
      subject: null,
      text: '12k/s',
      slider: { value: 12, before: '', after: 'k/s', least: 1.2, most: 120, whole: false },
    },
    { name: 'FraudScorer.hardware', subject: 'FraudScorer', text: '1 x L4', pool: { count: 1, hardware: 'L4' } },
  ],
  hardware: ['L4', 'H100'],
  problems: {},
  figures: [
    {
      name: 'CardFraud',
      title: 'cost',
      before: '$11k/month',
      after: '$13k/month',
      change: '+18%',
      headline: true,
      target: { name: 'CardFraud', ...PLACE },
    },
    {
      name: 'Serving',
      title: 'GPUs',
      before: '18',
      after: null,
      change: null,
      headline: false,
      target: { name: 'Serving', ...PLACE },
    },
  ],
  appeared: [
    {
      rule: 'capacity/unstable',
      severity: 'error',
      message: 'The queue of `FraudScorer` grows.',
      target: { name: 'FraudScorer', ...PLACE },
    },
  ],
  vanished: [],
};

export function accessible(open: Stage['open']): void {
  describe('for everybody', () => {
    let design: Design;
    let version = 1000;
    beforeAll(() => {
      const file = new URL('../designs/examples/fraud.mlsys', import.meta.url);
      design = new Workspace().update('file:///fraud.mlsys', readFileSync(file, 'utf8'));
    });

    async function show(panel: Panel, view: string, sets: WireSets | null = null): Promise<void> {
      const response = viewOf(design, { view, sets, scenario: 'BlackFriday' }, ++version);
      const state = { uri: response.uri, view, subject: null, scenario: 'BlackFriday', sets };
      await panel.send({ type: 'view', response, state });
      await expect.poll(async () => (await panel.said('rendered')).at(-1)?.version).toBe(version);
    }

    /** What axe finds that is serious or worse, a line each. */
    async function serious({ page }: Panel): Promise<string[]> {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
      );
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
        );
    }

    it.each(THEME_NAMES)('axe finds nothing serious in %s', async (theme) => {
      const panel = await open(theme, 800);
      for (const { id } of VIEWS) {
        await show(panel, id);
        expect(await serious(panel), id).toEqual([]);
      }
      await show(panel, 'lifecycle', { peak: '43k/s', 'FraudScorer.replicas': '0' });
      await panel.page.locator('summary').click();
      expect(await serious(panel), 'what if').toEqual([]);
      await show(panel, 'lifecycle');
      await panel.page.keyboard.press('t');
      expect(await serious(panel), 'table').toEqual([]);
      await panel.page.keyboard.press('t');
      await panel.page.getByRole('button', { name: 'Export' }).click();
      expect(await serious(panel), 'menu').toEqual([]);
      await panel.page.locator('g[data-part="model_FraudNet"]').hover();
      await expect.poll(() => panel.said('hover')).not.toEqual([]);
      await panel.send({
        type: 'hover',
        id: 'model_FraudNet',
        markdown: ['**a** `b` [c](https://example.com)\n\n| d |\n| -- |\n| e |'],
      });
      await panel.page.getByRole('tooltip').waitFor();
      expect(await serious(panel), 'card').toEqual([]);
    });

    it('would find a button without a name', async () => {
      const panel = await open();
      await show(panel, 'lifecycle');
      await panel.page.evaluate(() => document.querySelector('main')!.append(document.createElement('button')));
      expect((await serious(panel)).join()).toContain('button-name');
    });

    it.each([lifecycle({ failing: true }), request({ over: true })])(
      'a screen reader meets $view as written down',
      async (view) => {
        const panel = await open('dark', 800);
        const views = ['lifecycle', 'request'].map((id) => ({ id, title: id }));
        await panel.show(view, { views, whatIf: view.view === 'lifecycle' ? WHAT_IF : null });
        const tree = await panel.page.locator('body').ariaSnapshot();
        await expect(`${tree}\n`).toMatchFileSnapshot(`golden/${view.view}.aria.yml`);
      },
    );

    it('the keyboard reaches everything, and comes back', async () => {
      const panel = await open('dark', 800);
      await show(panel, 'lifecycle', {});
      const { page } = panel;
      await page.getByLabel('View', { exact: true }).focus();
      const reached: string[] = [];
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const ring =
            getComputedStyle(element).outlineStyle !== 'none' || element.querySelector(':scope > .ring') !== null;
          const name = element.getAttribute('aria-label') ?? element.getAttribute('data-knob') ?? element.textContent;
          return `${element.hasAttribute('data-part') ? 'part ' : ''}${name}${ring ? '' : ' WITHOUT A RING'}`;
        });
        if (name === null) break;
        reached.push(name);
      }
      const all = reached.join('\n');
      for (const name of ['Scenario', 'What if: vary', 'Export', 'peak', 'Serving.pool']) expect(all).toContain(name);
      expect(all).not.toContain('WITHOUT A RING');
      expect(reached.filter((name) => name.startsWith('part '))).toHaveLength(1);
    });

    it('nothing moves where less motion is asked for', async () => {
      const panel = await open();
      await show(panel, 'lifecycle');
      const moving = await panel.page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return transitionDuration !== '0s' || animationName !== 'none';
          }).length,
      );
      expect(moving).toBe(0);
    });

    it('no request leaves this machine', async () => {
      const panel = await open();
      const asked: string[] = [];
      panel.page.context().on('request', (request) => asked.push(request.url()));
      for (const { id } of VIEWS) await show(panel, id, {});
      for (const format of ['svg', 'png', 'markdown'] as const) await panel.send({ type: 'export', format });
      await expect.poll(async () => (await panel.said('exported')).length).toBe(3);
      await panel.page.reload();
      await expect.poll(() => asked.length).toBeGreaterThan(1);
      expect(asked.filter((url) => !/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(url))).toEqual([]);
    });
  });
}
