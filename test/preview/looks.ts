import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildView, VIEWS } from '../../language/views/index.ts';
import { Workspace } from '../../language/workspace.ts';
import { lifecycle, request } from './fraud.ts';
import { edge, group, model, node } from './models.ts';
import { type Panel, type Stage, THEME_NAMES } from './stage.ts';

const bad = lifecycle({ busy: '84%', p99: '27 of 20 ms', failing: true });
const views = { lifecycle: bad, request: request({ over: true }) };

export function looks(open: Stage['open']): void {
  describe.each(THEME_NAMES)('in the theme %s', (theme) => {
    it.each(Object.entries(views))('%s is readable at 600 and 1000 px', async (_, view) => {
      for (const width of [600, 1000]) {
        const panel = await open(theme, width);
        await panel.show(view);
        expect(await panel.page.evaluate(unreadable), `${width} px`).toEqual([]);
        expect(await panel.page.evaluate(cut), `${width} px`).toEqual([]);
        expect(await panel.said('csp')).toEqual([]);
        await panel.page.close();
      }
    });

    it('draws nothing again when it comes', async () => {
      const panel = await open(theme === 'dark' ? 'light' : 'dark');
      await panel.show(bad);
      const before = await panel.page.locator('.viewport').innerHTML();
      await panel.theme(theme);
      expect(await panel.page.evaluate(unreadable)).toEqual([]);
      expect(await panel.page.locator('.viewport').innerHTML()).toBe(before);
    });
  });

  describe('the picture', () => {
    it('is at most 581 px wide with three parts a row, and the same at every width of the panel', async () => {
      for (const view of [lifecycle(), request()]) {
        const [narrow, wide] = [await open('dark', 600), await open('dark', 1000)];
        const size = ({ page }: Panel) =>
          page.locator('.viewport > svg').evaluate((svg) => [svg.getAttribute('width'), svg.getAttribute('height')]);
        for (const panel of [narrow, wide]) await panel.show(view);
        expect(Number((await size(narrow))[0])).toBeLessThanOrEqual(581);
        expect(await size(wide)).toEqual(await size(narrow));
      }
    });

    it.each(['fraud', 'support_chat'])('fits and reads well in every view of %s', async (name) => {
      const file = new URL(`../designs/examples/${name}.mlsys`, import.meta.url);
      const document = new Workspace().update('file:///design.mlsys', readFileSync(file, 'utf8'));
      const panel = await open('light', 600);
      for (const { id } of VIEWS)
        for (const scenario of [null, ...document.design.scenarios.map((s) => s.name)]) {
          const shown = `${id}, ${scenario}`;
          await panel.show(buildView(document, { view: id, scenario }));
          for (const theme of THEME_NAMES) {
            await panel.theme(theme);
            expect(await panel.page.evaluate(unreadable), `${shown} in ${theme}`).toEqual([]);
          }
          const widths = await panel.page
            .locator('.viewport > svg')
            .evaluateAll((all) => all.map((svg) => svg.getAttribute('width')));
          for (const width of widths) expect(Number(width), shown).toBeLessThanOrEqual(581);
          expect(await panel.page.evaluate(cut), shown).toEqual([]);
          expect(await panel.page.evaluate(crossed), shown).toEqual([]);
        }
    });

    it('would show a line through a title', async () => {
      const panel = await open('light', 600);
      const [above, below] = ['model_A', 'model_B'].map((id) => node(id, 'hex', 'model', 'A|x'));
      const title = 'A title of many words that a line goes through';
      const [groups, edges] = [[group('group_g', title, below!)], [edge('model_A', 'model_B')]];
      await panel.show(model('x', { type: 'flowchart', direction: 'TB', groups, nodes: [above!], edges }));
      expect(await panel.page.evaluate(crossed)).toHaveLength(1);
    });

    it('shrinks to text of 11 px where long names make it wider', async () => {
      const panel = await open('dark', 600);
      const nodes = [1, 2, 3].map((i) =>
        node(`serving_${i}`, 'procs', 'serving', 'RecommendationRanker v12|16 of 23 × L4 · 27k/s read'),
      );
      await panel.show(
        model('serving', {
          type: 'flowchart',
          direction: 'TB',
          groups: [group('group_g', 'Online', ...nodes)],
          nodes: [],
          edges: [],
        }),
      );
      expect(Number(await panel.page.locator('.viewport > svg').getAttribute('width'))).toBeGreaterThan(600);
      expect(await panel.page.evaluate(cut)).toEqual([]);
      expect(await panel.page.evaluate(unreadable)).toEqual([]);
    });

    it('dashes each line of a border once', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const lines = await panel.page.locator('[data-part="features_CardProfile"] path[fill="none"]').getAttribute('d');
      expect(lines!.match(/[CL]/g)).toHaveLength(6);
    });

    it('puts figures beside it from 900 px on, and under it below', async () => {
      const [narrow, wide] = [await open('dark', 899), await open('dark', 900)];
      const beside = async (panel: Panel) => {
        await panel.show(lifecycle());
        const [picture, table] = await Promise.all(
          ['.picture', '.figures'].map((part) => panel.page.locator(part).boundingBox()),
        );
        return table!.y < picture!.y + picture!.height;
      };
      expect([await beside(narrow), await beside(wide)]).toEqual([false, true]);
    });
  });

  describe('the strip of times', () => {
    const bars = ({ page }: Panel) =>
      page
        .locator('.waterfall .row')
        .evaluateAll((rows) =>
          rows.map((row) =>
            ['.bar', '.tail, .free', '.over'].map((part) =>
              Math.round(Number(row.querySelector(`rect${part.replace(', ', ', rect')}`)?.getAttribute('width'))),
            ),
          ),
        );

    it('fills bars to the median, outlines them to p99, and hatches what is over the budget', async () => {
      const panel = await open();
      await panel.show(request());
      const row = panel.page.locator('.waterfall .row');
      expect(await row.locator('.value').allTextContents()).toEqual([
        '3.0 ms',
        '4.0 ms',
        '4.0 ms',
        '1.0 ms',
        '5.0 of 20 ms',
        '6.0 ms',
        '0.05%',
        '13 of 50 ms',
      ]);
      const [edge, , , , scorer, , free, whole] = await bars(panel);
      expect(edge![1]! / edge![0]!).toBeCloseTo(3, 0);
      expect(scorer![1]! / edge![1]!).toBeCloseTo(5 / 3, 1);
      expect([free![0], whole![2]]).toEqual([0, 0]);

      await panel.page.locator('.waterfall svg').evaluate((svg) => svg.setAttribute('data-kept', ''));
      const slower = request();
      await panel.show({ ...slower, waterfall: { ...slower.waterfall!, whole: { p50: 0.0074, p99: 0.063 } } });
      expect(await panel.page.locator('.waterfall svg').getAttribute('data-kept')).toBe('');
      expect(await row.last().locator('.value').textContent()).toBe('✖ 63 of 50 ms');
      expect((await bars(panel)).at(-1)![2]).toBeGreaterThan(10);
    });

    it('is one picture with a sentence, and a table, to a screen reader', async () => {
      const panel = await open();
      await panel.show(request());
      expect(await panel.page.getByRole('img', { name: 'Where the time of one request goes' }).count()).toBe(1);
      expect(await panel.page.locator('.waterfall table tbody tr').count()).toBe(8);
    });
  });

  describe('to a screen reader', () => {
    it('the page has one main part, a heading, and buttons in a group', async () => {
      const panel = await open();
      await panel.show(bad);
      const { page } = panel;
      expect([await page.getByRole('main').count(), await page.getByRole('heading', { level: 1 }).count()]).toEqual([
        1, 1,
      ]);
      expect(await page.getByRole('group', { name: 'CardFraud, lifecycle' }).getByRole('button').count()).toBe(14);
      expect(
        await page.getByRole('button', { name: 'warning: CardProfile v2, Spark, 3 columns, fresh 36 h' }).count(),
      ).toBe(1);
      expect(
        await page.locator('[role="img"] [role="button"], button [tabindex], [role="button"] [tabindex]').count(),
      ).toBe(0);
    });
  });
}

/** Runs in the page: texts under 11 px, or under 4.5 to 1 on what lies behind them. */
function unreadable(): string[] {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  })!;
  const pixel = (...layers: string[]) => {
    for (const layer of layers) {
      context.fillStyle = layer;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data]
      .slice(0, 3)
      .map((byte) => (byte <= 10 ? byte / 3294 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
  };
  const light = ([r, g, b]: number[]) => 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  const page = getComputedStyle(document.body).backgroundColor;
  const found: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement | SVGElement>('body *')) {
    const own = [...element.childNodes].some(
      (child) => child.nodeType === Node.TEXT_NODE && child.textContent!.trim() !== '',
    );
    if (
      !own ||
      element.closest('.unseen, script, style, title, option, defs, symbol') ||
      element.getClientRects().length === 0
    )
      continue;
    const style = getComputedStyle(element);
    const scale = element.closest('.viewport')
      ? new DOMMatrix(getComputedStyle(document.querySelector('.viewport > svg')!).transform).a
      : 1;
    const shape = element
      .closest('.node')
      ?.querySelector('.label-container:not(g), .label-container path:not([fill="none"])');
    const behind = shape
      ? getComputedStyle(shape).fill
      : element.closest('select')
        ? style.backgroundColor
        : 'transparent';
    const ground = behind === 'none' ? [page] : [page, behind];
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [light(pixel(...ground, ink)), light(pixel(...ground))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = Number.parseFloat(style.fontSize) * scale;
    if (size < 10.99 || contrast < 4.5) found.push(`${element.textContent}: ${size} px, ${contrast.toFixed(1)} to 1`);
  }
  return found;
}

/** Runs in the page: titles of groups that a line goes through. */
function crossed(): string[] {
  const titles = [...document.querySelectorAll('.viewport .cluster-label')].filter((title) => title.textContent !== '');
  const lines = [
    ...document.querySelectorAll<SVGPathElement>('.viewport path.flowchart-link:not(.edge-thickness-invisible)'),
  ];
  const through = (line: SVGPathElement, { left, right, top, bottom }: DOMRect): boolean => {
    const place = line.getScreenCTM()!;
    const count = Math.ceil(line.getTotalLength());
    return Array.from({ length: count + 1 }, (_, i) => line.getPointAtLength(i).matrixTransform(place)).some(
      ({ x, y }) => x > left && x < right && y > top && y < bottom,
    );
  };
  return titles
    .filter((title) => lines.some((line) => through(line, title.querySelector('text')!.getBoundingClientRect())))
    .map((title) => title.textContent ?? '');
}

/** Runs in the page: texts that leave their shape, the panel, or lie on each other. */
function cut(): string[] {
  const found: string[] = [];
  const inside = (outer: DOMRect, inner: DOMRect) =>
    inner.left >= outer.left - 0.5 &&
    inner.right <= outer.right + 0.5 &&
    inner.top >= outer.top - 0.5 &&
    inner.bottom <= outer.bottom + 0.5;
  const page = new DOMRect(0, 0, document.documentElement.clientWidth, document.body.scrollHeight);
  for (const part of document.querySelectorAll('.viewport g.node, .viewport [data-et="participant"]')) {
    const shape = part.querySelector('.label-container, rect.actor')!.getBoundingClientRect();
    for (const text of part.querySelectorAll('text'))
      if (!inside(shape, text.getBoundingClientRect())) found.push(`shape: ${text.textContent}`);
    if (!inside(page, shape)) found.push(`panel: ${part.textContent}`);
  }
  const texts = [...document.querySelectorAll('text, header > *, .summary, .tools, td, th, li, h2')].filter(
    (text) => text.getClientRects().length > 0 && !text.closest('.unseen'),
  );
  for (const [i, text] of texts.entries()) {
    const box = text.getBoundingClientRect();
    if (box.width > 0 && !inside(page, box)) found.push(`panel: ${text.textContent}`);
    for (const other of texts.slice(i + 1)) {
      const next = other.getBoundingClientRect();
      const over = Math.min(box.right, next.right) - Math.max(box.left, next.left);
      const down = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
      if (over > 2 && down > 3 && !text.contains(other) && box.width > 0 && next.width > 0)
        found.push(`overlap: ${text.textContent} and ${other.textContent}`);
    }
  }
  return found;
}
