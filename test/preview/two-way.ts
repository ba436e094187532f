import { describe, expect, it } from 'vitest';
import type { ViewModel } from '../../language/views/view.ts';
import { lifecycle, request } from './fraud.ts';
import { HOSTILE, model } from './models.ts';
import { type Panel, respond, type Stage } from './stage.ts';

/** The life cycle with ways into other views. */
function withWays(): ViewModel {
  const view = lifecycle();
  if (view.diagram.type !== 'flowchart') return view;
  const groups = view.diagram.groups.map((group) => ({
    ...group,
    nodes: group.nodes.map((node) =>
      node.role === 'request' ? { ...node, opens: { view: 'request', subject: 'ScoreTransaction' } } : node,
    ),
  }));
  return { ...view, diagram: { ...view.diagram, groups } };
}

export function twoWay(open: Stage['open']): void {
  const part = ({ page }: Panel, id: string) => page.locator(`g[data-part="${id}"]`);
  const picks = async (panel: Panel) => (await panel.said('pick')).map(({ view, subject }) => [view, subject]);

  describe('a drill-down', () => {
    it('is a double click, and breadcrumbs lead back', async () => {
      const panel = await open();
      await panel.show(withWays());
      const crumbs = panel.page.getByRole('navigation', { name: 'Breadcrumbs' });
      expect(await crumbs.isVisible()).toBe(false);
      await part(panel, 'request_ScoreTransaction').dblclick();
      expect(await picks(panel)).toEqual([['request', 'ScoreTransaction']]);
      await panel.show(request());
      expect(await crumbs.locator('li').allTextContents()).toEqual(['Lifecycle›', 'Request']);
      await crumbs.getByRole('button', { name: 'Lifecycle' }).click();
      expect((await picks(panel)).at(-1)).toEqual(['lifecycle', null]);
      await panel.show(withWays());
      expect(await crumbs.isVisible()).toBe(false);
    });

    it('is Alt and Enter, and Alt and the left arrow or Backspace lead back', async () => {
      const panel = await open();
      await panel.show(withWays());
      await part(panel, 'request_ScoreTransaction').focus();
      await panel.page.keyboard.press('Alt+Enter');
      expect((await picks(panel)).at(-1)).toEqual(['request', 'ScoreTransaction']);
      for (const key of ['Alt+ArrowLeft', 'Backspace']) {
        await panel.show(request());
        await panel.page.keyboard.press(key);
        expect((await picks(panel)).at(-1), key).toEqual(['lifecycle', null]);
        await panel.send({ type: 'act', act: 'open', id: 'request_ScoreTransaction' });
      }
    });

    it('is offered by the context menu, which knows what a part can do', async () => {
      const panel = await open();
      await panel.show(withWays());
      const context = JSON.parse((await part(panel, 'request_ScoreTransaction').getAttribute('data-vscode-context'))!);
      expect(context).toMatchObject({
        webviewSection: 'part',
        mlsysPart: 'request_ScoreTransaction',
        mlsysShown: true,
        mlsysOpens: true,
      });
      await panel.send({ type: 'act', act: 'open', id: context.mlsysPart });
      await panel.send({ type: 'act', act: 'reveal', id: context.mlsysPart });
      await expect.poll(() => panel.said('reveal')).toHaveLength(1);
      expect(await picks(panel)).toEqual([['request', 'ScoreTransaction']]);
    });

    it('is forgotten where another view is picked from the list', async () => {
      const panel = await open();
      await panel.show(withWays());
      await part(panel, 'request_ScoreTransaction').dblclick();
      await panel.show(request());
      await panel.page.getByLabel('View').selectOption('Serving');
      await panel.show({ ...request(), view: 'serving' });
      expect(await panel.page.locator('.trail li').allTextContents()).toEqual(['Lifecycle›', 'Serving']);
    });
  });

  describe('what the editor says of a part', () => {
    const says = (panel: Panel, id: string, ...markdown: string[]) => panel.send({ type: 'hover', id, markdown });
    const card = ({ page }: Panel) => page.getByRole('tooltip');

    it('is asked when the mouse rests, and shown beside it', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await part(panel, 'model_FraudNet').hover();
      await expect.poll(() => panel.said('hover')).toHaveLength(1);
      expect((await panel.said('hover'))[0]).toMatchObject({ id: 'model_FraudNet', target: { name: 'FraudNet' } });
      await says(panel, 'model_FraudNet', '**FraudNet** needs `50 MB`\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |');
      await card(panel).waitFor();
      expect(await card(panel).locator('strong, code, td').allTextContents()).toEqual(['FraudNet', '50 MB', '1', '2']);
      await panel.page.locator('header').hover();
      await card(panel).waitFor({ state: 'hidden' });
      await says(panel, 'model_FraudNet', 'too late');
      expect(await card(panel).isVisible()).toBe(false);
    });

    it('comes with the focus, describes the part, and Escape closes it before it leaves', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await panel.page.locator('[data-part][tabindex="0"]').focus();
      await panel.page.keyboard.press('ArrowRight');
      await expect.poll(() => panel.said('hover')).toHaveLength(1);
      const { id } = (await panel.said('hover'))[0]!;
      await says(panel, id, 'about it');
      await card(panel).waitFor();
      expect(await part(panel, id).getAttribute('aria-describedby')).toBe('card');
      await panel.page.keyboard.press('Escape');
      expect([await card(panel).isVisible(), await panel.said('leave')]).toEqual([false, []]);
      await panel.page.keyboard.press('Escape');
      expect(await panel.said('leave')).toHaveLength(1);
    });

    it('is text, whatever stands in the document', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await part(panel, 'model_FraudNet').hover();
      const hostile = [
        ...HOSTILE,
        '<img src=x onerror="document.title=1">',
        '![a](https://example.com/a.png)',
        '[a](javascript:alert(1))',
        '[b](command:workbench.action.quit)',
        '<svg onload=alert(1)>',
        '<style>*{display:none}</style>',
        '<form action=x><input name=attributes>',
      ];
      await says(panel, 'model_FraudNet', ...hostile);
      await card(panel).waitFor();
      const inside = card(panel).locator(
        'img, script, svg, style, form, input, iframe, [onerror], [onload], [style], [id], [class]',
      );
      expect(await inside.count()).toBe(0);
      const links = await card(panel)
        .locator('a')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      expect(links.filter((href) => href !== '' && !href.startsWith('https://'))).toEqual([]);
      expect(await card(panel).textContent()).toContain('<img src=x onerror=alert(1)>');
      expect(await panel.said('csp')).toEqual([]);
      expect(await panel.page.title()).toBe('MLSys preview');
    });
  });

  describe('the table in place of the picture', () => {
    it('has every part of the picture, and is one key away', async () => {
      const panel = await open();
      for (const view of [withWays(), request()]) {
        await panel.show(view);
        if (view.view === 'lifecycle') await panel.page.keyboard.press('t');
        const table = panel.page.getByRole('table', { name: view.title });
        const names = respond(view).model.nodes.map((node) =>
          node.role === 'group' ? node.lines.join(' ').trim() : node.lines[0]!.replace(/^(✖|⚠\uFE0E|ℹ\uFE0E) /, ''),
        );
        expect(
          await table
            .locator('tbody th')
            .evaluateAll((all) => all.map((th) => (th.querySelector('button') ?? th).textContent)),
        ).toEqual(names);
        expect(await panel.page.locator('.viewport').isVisible()).toBe(false);
      }
      await panel.show(withWays());
      await panel.page.getByRole('button', { name: 'Request · ScoreTransaction' }).click();
      expect((await picks(panel)).at(-1)).toEqual(['request', 'ScoreTransaction']);
      expect(await panel.state()).toMatchObject({ table: true });
      await panel.page.keyboard.press('t');
      expect(await panel.page.locator('.viewport > svg').isVisible()).toBe(true);
    });

    it('follows the text', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      await panel.page.getByRole('button', { name: /as a table/ }).click();
      await panel.show(lifecycle({ busy: '84%' }));
      expect(await panel.page.locator('.parts').textContent()).toContain('84% busy');
    });
  });

  describe('broken text', () => {
    it('marks what cannot be read, by name and where it is gone, until it can', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const left = model('lifecycle', withWays().diagram);
      expect(await panel.show(left, { broken: true, brokenNames: ['FraudNet'] })).toMatchObject({ how: 'kept' });
      const stale = () =>
        panel.page.locator('.stale').evaluateAll((all) => all.map((part) => part.getAttribute('data-part')));
      expect(await stale()).toEqual(['model_FraudNet']);
      expect(await part(panel, 'model_FraudNet').getAttribute('aria-label')).toMatch(/, as it last was$/);
      expect(await panel.page.locator('.notice').textContent()).toBe(
        'Showing the last version that parsed: FraudNet cannot be read now',
      );
      if (left.diagram.type !== 'flowchart') return;
      const groups = left.diagram.groups.map((group) => ({
        ...group,
        nodes: group.nodes.filter(({ id }) => id !== 'registry_Models'),
      }));
      await panel.show(model('lifecycle', { ...left.diagram, groups }), { broken: true });
      expect(await stale()).toEqual(['registry_Models']);
      await panel.show(lifecycle());
      expect(await stale()).toEqual([]);
      expect(await part(panel, 'model_FraudNet').getAttribute('aria-label')).not.toContain('as it last was');
    });
  });
}
