import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildView } from '../../language/views/index.ts';
import { Workspace } from '../../language/workspace.ts';
import type { Panel, Stage } from './stage.ts';

const file = new URL('../designs/examples/fraud.mlsys', import.meta.url);
const fraud = new Workspace().update('file:///fraud.mlsys', readFileSync(file, 'utf8'));

/** The numbers on the parts. */
export function lenses(open: Stage['open']): void {
  describe('a lens', () => {
    const lines = ({ page }: Panel, id: string) =>
      page
        .locator(`g[data-part="${id}"] .text-outer-tspan`)
        .allTextContents()
        .then((all) => all.map((text) => text.trim()));
    const places = ({ page }: Panel) =>
      page.locator('.viewport g.node').evaluateAll((nodes) => nodes.map((node) => node.getAttribute('transform')));

    it('puts the same kind of figure on every part, and moves none', async () => {
      const panel = await open('dark', 600);
      await panel.show(buildView(fraud, { view: 'serving' }));
      const [before, where] = [await lines(panel, 'serving_FraudScorer'), await places(panel)];
      for (const [lens, last] of [
        ['load', /^10\.8k\/s$/],
        ['latency', /^p99 \S+ of 20 ms$/],
        ['cost', /^\$9\.4k a month$/],
        ['findings', /^(no findings|\d+ (error|warning|info)s?.*)$/],
      ] as const) {
        await panel.page.getByLabel('Numbers', { exact: true }).selectOption(lens);
        await expect.poll(async () => (await lines(panel, 'serving_FraudScorer')).at(-1)).toMatch(last);
        expect((await lines(panel, 'serving_FraudScorer')).slice(0, -1)).toEqual(before.slice(0, -1));
        expect(await places(panel)).toEqual(where);
      }
      await panel.page.getByLabel('Numbers', { exact: true }).selectOption('');
      await expect.poll(() => lines(panel, 'serving_FraudScorer')).toEqual(before);
      await panel.page.close();
    });

    it('stays through views, and a reload of the window', async () => {
      const panel = await open('dark', 600, { lens: 'cost' });
      await panel.show(buildView(fraud, { view: 'lifecycle' }));
      expect((await lines(panel, 'serving_FraudScorer')).at(-1)).toBe('$9.4k a month');
      expect((await lines(panel, 'source_Authorizations')).at(-1)).toBe('–');
      await panel.show(buildView(fraud, { view: 'capacity' }));
      expect((await lines(panel, 'training_TrainFraudNet')).at(-1)).toMatch(/^\$\d+ a month$/);
      await panel.page.close();
    });
  });

  describe('the strip of an experiment', () => {
    it('marks what passes the planned end, in words too', async () => {
      const text = readFileSync(file, 'utf8').replace('duration: 42d', 'duration: 28d');
      const rushed = new Workspace().update('file:///fraud.mlsys', text);
      const panel = await open('light', 600);
      await panel.show(buildView(fraud, { view: 'experiment' }));
      expect(await panel.page.locator('.timeline .over').count()).toBe(0);
      expect(await panel.page.locator('.timeline text').allTextContents()).toContain('end, 42 d');
      await panel.show(buildView(rushed, { view: 'experiment' }));
      expect(await panel.page.locator('.timeline .over').count()).toBe(1);
      expect(await panel.page.locator('.timeline .late').textContent()).toMatch(/^end, 28 d · ✖ .* too long$/);
      await panel.show(buildView(fraud, { view: 'cost' }));
      expect(await panel.page.locator('.timeline').isHidden()).toBe(true);
      await panel.page.close();
    });
  });
}
