import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Document, Workspace } from '../../language/workspace.ts';
import type { WireSets } from '../../server/protocol.ts';
import { viewOf } from '../../server/view.ts';
import type { Panel, Stage } from './stage.ts';

/** The panel "What if", with answers as the server gives them. */
export function whatIfPanel(open: Stage['open']): void {
  describe('the panel "What if"', () => {
    let design: Document;
    let version = 0;
    beforeAll(() => {
      const file = new URL('../designs/examples/fraud.mlsys', import.meta.url);
      design = new Workspace().update('file:///fraud.mlsys', readFileSync(file, 'utf8'));
    });

    async function show(panel: Panel, sets: WireSets | null, scenario: string | null = null) {
      const response = viewOf(design, { view: 'lifecycle', scenario, sets }, ++version);
      await panel.send({
        type: 'view',
        response,
        state: { uri: response.uri, view: 'lifecycle', subject: null, scenario, sets },
      });
      await expect.poll(async () => (await panel.said('rendered')).at(-1)?.version).toBe(version);
    }
    const last = async (panel: Panel) => (await panel.said('pick')).at(-1)?.sets;

    it('opens from the toolbar, and closes', async () => {
      const panel = await open('dark', 800);
      await show(panel, null);
      const { page } = panel;
      const button = page.getByRole('button', { name: 'What if', exact: false }).first();
      await button.click();
      expect(await last(panel)).toEqual({});
      await show(panel, {});
      expect(await page.getByRole('region', { name: 'What if' }).isVisible()).toBe(true);
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-knob'))).toBe('peak slider');
      expect(await page.getByRole('button', { name: 'Apply' }).isEnabled()).toBe(false);
      await page.getByRole('button', { name: 'Close "What if"' }).click();
      expect(await last(panel)).toBeNull();
    });

    it('varies with the keys of a slider, a field and lists, and goes back', async () => {
      const panel = await open('dark', 800);
      await show(panel, {});
      const { page } = panel;
      await page.getByRole('slider', { name: 'peak' }).press('ArrowRight');
      const { peak } = (await last(panel)) as { peak: string };
      expect(peak).toMatch(/^1[2-4](\.\d)?k\/s$/);
      await page.getByRole('slider', { name: 'peak' }).press('ArrowLeft');
      expect(await last(panel)).toEqual({});
      await page.getByRole('textbox', { name: 'peak' }).fill('40k/s');
      await page.keyboard.press('Enter');
      expect(await last(panel)).toEqual({ peak: '40k/s' });
      await show(panel, { peak: '40k/s' });
      const scorer = page.getByRole('group', { name: 'FraudScorer', exact: true });
      await scorer.getByRole('combobox', { name: 'hardware, which' }).selectOption('H100');
      expect(await last(panel)).toEqual({ peak: '40k/s', 'FraudScorer.hardware': '1 x H100' });
      await page.getByRole('button', { name: 'peak: back to 12k/s' }).click();
      expect(await last(panel)).toEqual({ 'FraudScorer.hardware': '1 x H100' });
      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      expect(await last(panel)).toEqual({});
      await page.getByRole('textbox', { name: 'peak' }).pressSequentially('0+-t');
      expect(
        await panel.page.locator('.viewport > svg').evaluate((svg) => (svg as SVGElement).style.transform),
      ).toMatch(/scale\(1\)/);
    });

    it('keeps the focus and the slider while answers come', async () => {
      const panel = await open('dark', 800);
      await show(panel, {});
      const slider = panel.page.getByRole('slider', { name: 'peak' });
      await slider.focus();
      await slider.evaluate((element) => element.setAttribute('data-same', ''));
      await show(panel, { peak: '24k/s' });
      expect(await slider.getAttribute('data-same')).toBe('');
      expect(await slider.getAttribute('aria-valuetext')).toBe('24k/s');
      expect(await panel.page.evaluate(() => document.activeElement?.getAttribute('data-knob'))).toBe('peak slider');
    });

    it('shows figures before and after, and findings that come and go', async () => {
      const panel = await open('dark', 800);
      await show(panel, { peak: '43k/s' });
      const { page } = panel;
      const region = page.getByRole('region', { name: 'What if' });
      const row = region.getByRole('row', { name: /^FraudScorer utilization/ });
      expect(await row.getByRole('cell').allTextContents()).toEqual(['33.75%', '120.9%', '+258%']);
      expect((await region.locator('li').allTextContents()).join()).toContain('ScoreTransaction brings 43k/s');
      await region.getByRole('button', { name: /the queue grows without end/ }).click();
      expect((await panel.said('reveal')).at(-1)?.target.name).toBe('FraudScorer');
      expect(await page.locator('[data-part="request_ScoreTransaction"]').textContent()).toContain('was 12k/s');
      await show(panel, { 'FraudScorer.replicas': '25' }, 'BlackFriday');
      expect(await region.textContent()).toContain('No longer found');
      expect(await region.getByRole('button', { name: 'Apply to BlackFriday' }).isEnabled()).toBe(true);
    });

    it('says at the field why a value does not count', async () => {
      const panel = await open('dark', 800);
      await show(panel, { 'FraudScorer.replicas': '0' });
      const field = panel.page
        .getByRole('group', { name: 'FraudScorer', exact: true })
        .getByRole('textbox', { name: 'replicas' });
      expect(await field.getAttribute('aria-invalid')).not.toBeNull();
      const described = (await field.getAttribute('aria-describedby'))!;
      expect(await panel.page.locator(`[id="${described}"]`).textContent()).toContain('must be at least 1');
    });

    it('writes the text, or a scenario', async () => {
      const panel = await open('dark', 800);
      await show(panel, { peak: '43k/s' });
      await panel.page.getByRole('button', { name: 'Apply' }).click();
      await panel.page.getByRole('button', { name: 'Save as scenario' }).click();
      expect((await panel.said('write')).map(({ as }) => as)).toEqual(['text', 'scenario']);
    });
  });
}
