import { describe, expect, it } from 'vitest';
import type { WireTarget } from '../../server/protocol.ts';
import { lifecycle, request } from './fraud.ts';
import { group, model, node } from './models.ts';
import { type Panel, respond, type Stage } from './stage.ts';

/** A figure that is too long for its node. */
const WIDE = lifecycle({ busy: '100000000%' });

const part = ({ page }: Panel, id: string) => page.locator(`g[data-part="${id}"]`);
const places = ({ page }: Panel) =>
  page
    .locator('.viewport g.node')
    .evaluateAll((nodes) => nodes.map((node) => `${node.id} ${node.getAttribute('transform')}`));
const camera = ({ page }: Panel) =>
  page.locator('.viewport > svg').evaluate((svg) => (svg as SVGElement).style.transform);
const active = ({ page }: Panel) => page.evaluate(() => document.activeElement?.getAttribute('data-part'));
const notice = ({ page }: Panel) => page.locator('.notice');
const response = (view = lifecycle()) => ({
  type: 'view' as const,
  response: respond(view),
  state: { uri: 'file:///fraud.mlsys', view: view.view, subject: view.subject, scenario: null, sets: null },
});

export function behaviour(open: Stage['open']): void {
  describe('a change of the text', () => {
    it('that changes only figures and findings sets texts in place', async () => {
      const panel = await open();
      expect(await panel.show(lifecycle())).toMatchObject({ how: 'drawn', nodes: 14, edges: 4 });
      const before = await places(panel);
      expect(await panel.show(lifecycle({ busy: '84%', p99: '27 of 20 ms', failing: true }))).toMatchObject({
        how: 'patched',
        nodes: 14,
      });
      expect(await places(panel)).toEqual(before);
      const serving = part(panel, 'serving_FraudScorer');
      expect(await serving.locator('.text-outer-tspan').allTextContents()).toEqual([
        '✖ FraudScorer · 90%',
        '16 × L4 · 84% busy',
        'p99 27 of 20 ms',
      ]);
      expect(await serving.getAttribute('class')).toContain('error');
      expect(await serving.getAttribute('aria-label')).toBe(
        'error: FraudScorer, 90%, 16 × L4, 84% busy, p99 27 of 20 ms',
      );
      expect(await panel.page.locator('.tables tbody tr').count()).toBe(3);
      expect(await panel.show(lifecycle())).toMatchObject({ how: 'patched' });
      expect(await serving.getAttribute('class')).not.toContain('error');
    });

    it('that changes words moves nothing either', async () => {
      const panel = await open();
      const view = lifecycle();
      await panel.show(view);
      const before = await places(panel);
      const said = JSON.stringify(view).replaceAll('Kafka', 'Pulsar').replaceAll('on demand', 'at once');
      expect(await panel.show(JSON.parse(said))).toMatchObject({ how: 'patched' });
      expect(await places(panel)).toEqual(before);
      expect(await part(panel, 'source_Authorizations').textContent()).toContain('Pulsar');
    });

    it('whose figures do not fit in their shape draws again', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      expect(await panel.show(WIDE)).toMatchObject({ how: 'drawn' });
    });

    it('draws the same picture from the same text', async () => {
      const panel = await open();
      const drawn = async () => {
        await panel.show(lifecycle());
        return (await panel.page.locator('.viewport').innerHTML()).replace(/diagram\d+/g, 'diagram');
      };
      const first = await drawn();
      await panel.show(request());
      expect(await drawn()).toBe(first);
    });

    it('keeps the last good diagram while the text has errors, with one line that says so', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const before = await places(panel);
      const broken = model('lifecycle', { type: 'empty', text: 'Nothing to draw yet.' });
      expect(await panel.show(broken, { broken: true })).toMatchObject({ how: 'kept', nodes: 14 });
      expect(await notice(panel).textContent()).toBe('Showing the last version that parsed');
      expect(await places(panel)).toEqual(before);
      await panel.show(lifecycle());
      expect(await notice(panel).isVisible()).toBe(false);
    });

    it('keeps the last good diagram when a drawing fails', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await expect(panel.show(lifecycle(), { mermaid: 'flowchart TB\n  end' })).rejects.toThrow();
      expect(await notice(panel).textContent()).toBe('This version could not be drawn: showing the one before');
      expect(await part(panel, 'model_FraudNet').isVisible()).toBe(true);
    });

    it('shows the newest of many requests, and never an empty panel', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await panel.page.evaluate(() => {
        const viewport = document.querySelector('.viewport')!;
        const empty = () =>
          viewport.querySelectorAll(':scope > svg').length !== 1 && document.body.setAttribute('data-flicker', '');
        new MutationObserver(empty).observe(viewport, { childList: true });
      });
      for (const view of [request(), lifecycle({ busy: '1%' }), request({ over: true }), lifecycle({ busy: '2%' })])
        await panel.send(response(view));
      await panel.page.waitForFunction(() => document.querySelector('.viewport')?.textContent?.includes('2% busy'));
      expect(await panel.page.locator('body').getAttribute('data-flicker')).toBeNull();
      expect(await panel.page.locator('.stage').count()).toBe(0);
    });

    it('says in one line what an empty view lacks', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const text = 'Nothing to draw yet: declare a source, a model or a serving.';
      expect(await panel.show(model('lifecycle', { type: 'empty', text }, { summary: [{ text }] }))).toMatchObject({
        how: 'empty',
        nodes: 0,
      });
      expect(await panel.page.getByText(text).filter({ visible: true }).count()).toBe(1);
      expect(await panel.page.locator('.viewport svg').count()).toBe(0);
    });
  });

  describe('mouse and keyboard', () => {
    it('reveal a declaration, follow it with a double click, and open another view', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await part(panel, 'serving_FraudScorer').click();
      await part(panel, 'model_FraudNet').dblclick();
      await part(panel, 'request_ScoreTransaction').click({ modifiers: ['Alt'] });
      const reveals = await panel.said('reveal');
      expect(reveals.map(({ target, focus }) => [target.name, focus])).toEqual([
        ['FraudScorer', false],
        ['FraudNet', false],
        ['FraudNet', true],
      ]);
      expect(await panel.said('pick')).toEqual([{ type: 'pick', view: 'request', subject: 'ScoreTransaction' }]);
    });

    it('walk through the parts in reading order with one stop for Tab', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const ids = respond(lifecycle())
        .model.nodes.filter((node) => node.role !== 'group')
        .map((node) => node.id);
      expect(await panel.page.locator('[data-part][tabindex="0"]').count()).toBe(1);
      await part(panel, ids[0]!).focus();
      const walked = [await active(panel)];
      for (const _ of ids.slice(1)) {
        await panel.page.keyboard.press('ArrowRight');
        walked.push(await active(panel));
      }
      expect(walked).toEqual(ids);
      await panel.page.keyboard.press('Home');
      expect(await active(panel)).toBe(ids[0]);
      await panel.page.keyboard.press('Enter');
      await panel.page.keyboard.press('Control+Enter');
      await panel.page.keyboard.press('Escape');
      expect((await panel.said('reveal')).map(({ focus }) => focus)).toEqual([false, true]);
      expect(await panel.said('leave')).toHaveLength(1);
      expect(await part(panel, ids[0]!).locator('.ring').isVisible()).toBe(true);
    });

    it('keep the focus on its part when the diagram is drawn again', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await part(panel, 'model_FraudNet').focus();
      expect(await panel.show(WIDE)).toMatchObject({ how: 'drawn' });
      expect(await active(panel)).toBe('model_FraudNet');
    });

    it('pick a view, a subject and a scenario', async () => {
      const panel = await open();
      await panel.show(request());
      expect(await panel.page.getByLabel('Scenario').locator('option').allTextContents()).toEqual([
        'As written',
        'BlackFriday',
        'Outage',
      ]);
      expect(await panel.page.getByLabel('View').locator('option').allTextContents()).toEqual([
        'Lifecycle',
        'Features',
        'Consistency',
        'Training',
        'Serving',
        'Request',
        'Experiment',
        'Drift',
        'Capacity',
        'Cost',
      ]);
      expect(await panel.page.getByLabel('Subject').isVisible()).toBe(false);
      await panel.page.getByLabel('Scenario').selectOption('BlackFriday');
      await panel.page.getByLabel('View').selectOption('Lifecycle');
      expect(await panel.said('pick')).toEqual([
        { type: 'pick', scenario: 'BlackFriday' },
        { type: 'pick', view: 'lifecycle' },
      ]);
      await panel.page.getByLabel('Scenario').selectOption('As written');
      expect((await panel.said('pick')).at(-1)).toEqual({ type: 'pick', scenario: null });
    });

    it('pick one of several subjects', async () => {
      const panel = await open();
      await panel.show({ ...request(), subjects: ['ScoreTransaction', 'Refund'] });
      await panel.page.getByLabel('Subject').selectOption('Refund');
      expect(await panel.said('pick')).toEqual([{ type: 'pick', subject: 'Refund' }]);
    });

    it('open the view of a part that has no place in the text', async () => {
      const panel = await open();
      const band = {
        ...group('stage_data', 'Data', node('source_A', 'h-cyl', 'source', 'A|x')),
        opens: { view: 'features' },
      };
      await panel.show(
        model('lifecycle', { type: 'flowchart', direction: 'TB', groups: [band], nodes: [], edges: [] }),
      );
      await panel.page.getByRole('button', { name: 'Data' }).focus();
      await panel.page.keyboard.press('Enter');
      expect((await panel.said('pick')).map(({ view }) => view)).toEqual(['features']);
    });

    it('mark the part in whose declaration the cursor stands, also in the next drawing', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await panel.send({ type: 'mark', ids: ['loop_TrainFraudNet'] });
      const ring = part(panel, 'loop_TrainFraudNet').locator('.ring');
      await ring.waitFor();
      await panel.show(WIDE);
      expect(await ring.evaluate((rect) => getComputedStyle(rect).fill)).toBe('none');
      await panel.send({ type: 'mark', ids: [] });
      await ring.waitFor({ state: 'hidden' });
    });

    it('reveal from a row of a table and from a bar', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await panel.page.getByRole('button', { name: 'CardProfile', exact: true }).click();
      await panel.show(request());
      await panel.page.locator('.waterfall .row').nth(4).click();
      const names = (await panel.said('reveal')).map(({ target }: { target: WireTarget }) => target.name);
      expect(names).toEqual(['CardProfile', 'FraudScorer']);
    });
  });

  describe('the camera', () => {
    it('starts at 1:1, zooms with Ctrl and the wheel, and is kept over changes, pictures and reloads', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      expect(await camera(panel)).toMatch(/scale\(1\)$/);
      const home = await camera(panel);
      await panel.page.locator('.viewport').hover();
      await panel.page.mouse.wheel(0, 100);
      expect(await camera(panel)).toBe(home);
      await panel.page.keyboard.down('Control');
      await panel.page.mouse.wheel(0, -100);
      await panel.page.keyboard.up('Control');
      await panel.page.mouse.down();
      await panel.page.mouse.move(200, 300, { steps: 3 });
      await panel.page.mouse.up();
      const moved = await camera(panel);
      expect(moved).not.toMatch(/scale\(1\)$/);
      await panel.show(lifecycle({ busy: '35%' }));
      await panel.show(WIDE);
      expect(await camera(panel)).toBe(moved);
      expect(await panel.said('reveal')).toEqual([]);

      const again = await open('dark', 600, await panel.state());
      await again.show(lifecycle());
      expect(await camera(again)).toBe(moved);
      await again.page.keyboard.press('0');
      expect(await camera(again)).toBe(home);
      await again.page.keyboard.press('+');
      expect(await camera(again)).toMatch(/scale\(1\.25\)$/);
      expect(await again.state()).toMatchObject({ uri: 'file:///fraud.mlsys', view: 'lifecycle', zoom: { k: 1.25 } });
    });
  });
}
