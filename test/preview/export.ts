import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../client/preview/messages.ts';
import { chromiumOnThisMachine } from '../harness/host.ts';
import { root } from '../harness/root.ts';
import { lifecycle, request } from './fraud.ts';
import { group, HOSTILE, model, node } from './models.ts';
import { type Panel, respond, type Stage, THEME_NAMES } from './stage.ts';

export function exports(open: Stage['open']): void {
  async function exported(panel: Panel, format: ExportFormat) {
    const before = (await panel.said('exported')).length;
    await panel.send({ type: 'export', format });
    await expect.poll(async () => (await panel.said('exported')).length).toBe(before + 1);
    return (await panel.said('exported')).at(-1)!;
  }

  describe('an export', () => {
    it('is the same bytes for the same text, whatever was shown, selected and zoomed before', async () => {
      const [one, other] = [await open(), await open('dark', 900)];
      await one.show(lifecycle());
      await other.show(request());
      await other.show(lifecycle({ busy: '1%' }));
      await other.show(lifecycle());
      await other.page.locator('[data-part="model_FraudNet"]').focus();
      await other.page.keyboard.press('+');
      for (const format of ['svg', 'png', 'mermaid', 'markdown'] as const)
        expect(await exported(other, format), format).toEqual(await exported(one, format));
    });

    it.each(THEME_NAMES)('as SVG stands alone in the colours of %s', async (theme) => {
      const panel = await open(theme);
      for (const view of [lifecycle({ failing: true }), request({ over: true })]) {
        await panel.show(view);
        const { text, name } = await exported(panel, 'svg');
        expect(name).toBe([view.view, view.subject].filter(Boolean).join('-'));
        expect(text).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" role="img"/);
        expect(text).not.toMatch(
          /<style|<script|class=|var\(|color\(|tabindex|foreignObject|https?:(?!\/\/www\.w3\.org)/,
        );
        const drawn = await panel.page.evaluate((svg) => {
          const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
          return [...documentElement.querySelectorAll('text')].map((text) => text.textContent?.replace(/\s+/g, ''));
        }, text!);
        for (const { lines, role } of respond(view).model.nodes)
          if (role !== 'group') expect(drawn.join(), lines[0]!).toContain(lines[0]!.replace(/\s+/g, ''));
      }
    });

    it('as PNG has two pixels for each of the SVG, on the ground of the theme', async () => {
      const panel = await open('light');
      await panel.show(request());
      const [{ text }, { base64 }] = [await exported(panel, 'svg'), await exported(panel, 'png')];
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(text!)!.map(Number);
      const picture = PNG.sync.read(Buffer.from(base64!, 'base64'));
      expect([picture.width, picture.height]).toEqual([2 * width!, 2 * height!]);
      expect([...picture.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
      expect(new Set(picture.data).size).toBeGreaterThan(50);
    });

    it('as Markdown holds the diagram in a fence, and the tables', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const { text } = await exported(panel, 'markdown');
      expect(text).toContain('\n```mermaid\nflowchart TB\n');
      expect(text).toMatch(/\n\| :--/);
      await panel.show(request());
      expect((await exported(panel, 'markdown')).text).toContain('| Whole request | 0 ms | 7.4 ms | 13 ms |');
    });

    it('of hostile names is well-formed, and is no markup', async () => {
      const panel = await open();
      const nodes = HOSTILE.map((text, i) => node(`source_${i}`, 'h-cyl', 'source', `${text}|second`));
      const table = {
        title: HOSTILE[1]!,
        columns: [{ title: 'a|b' }],
        rows: HOSTILE.map((text) => ({ cells: [text] })),
      };
      const diagram = {
        type: 'flowchart',
        direction: 'TB',
        groups: [group('stage_x', HOSTILE[0]!, ...nodes)],
        nodes: [],
        edges: [],
      } as const;
      await panel.show(model('lifecycle', diagram, { title: HOSTILE[1]!, tables: [table] }));
      const { text } = await exported(panel, 'svg');
      const wrong = await panel.page.evaluate(
        (svg) =>
          new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('parsererror, img, script, a').length,
        text!,
      );
      expect(wrong).toBe(0);
      const { text: markdown } = await exported(panel, 'markdown');
      expect(markdown!.replace(/```mermaid[\s\S]*?\n```/, '')).not.toMatch(/(^|[^\\])<(img|script|br|\/text)/);
    });

    it('is asked for in the toolbar, with mouse and keyboard', async () => {
      const panel = await open();
      await panel.show(lifecycle());
      const { page } = panel;
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'Save as SVG' }).click();
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('SVG');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => (await panel.said('exported')).map(({ format }) => format))
        .toEqual(['svg', 'markdown']);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('menu').isVisible()).toBe(false);
      expect(await panel.said('leave')).toEqual([]);
    });

    it('waits for the first picture', async () => {
      const panel = await open();
      await panel.send({ type: 'export', format: 'mermaid' });
      await panel.show(lifecycle());
      await expect.poll(async () => (await panel.said('exported')).length).toBe(1);
    });
  });

  describe('mlsys diagram', () => {
    beforeAll(
      () => void execFileSync(process.execPath, ['esbuild.ts', 'cli'], { cwd: root, stdio: 'inherit' }),
      60_000,
    );
    const diagram = (...words: string[]) =>
      execFileSync(process.execPath, ['dist/cli.cjs', 'diagram', 'test/designs/examples/fraud.mlsys', ...words], {
        cwd: root,
        env: { ...process.env, CHROMIUM: chromiumOnThisMachine() },
      });

    it('draws a view as SVG and PNG, the same every time', () => {
      const svg = diagram('--view', 'request', '--scenario', 'BlackFriday', '--format', 'svg');
      expect(svg.toString()).toContain('fill="#ffffff"');
      expect(svg.toString()).toContain('Whole request');
      expect(diagram('--view', 'request', '--scenario', 'BlackFriday', '--format', 'svg').equals(svg)).toBe(true);
      expect(PNG.sync.read(diagram('--format', 'png')).width).toBeGreaterThan(1000);
    });

    it('passes on why a browser does not draw', () => {
      const folder = mkdtempSync(join(tmpdir(), 'mlsys-none-'));
      const program = join(folder, 'chromium');
      writeFileSync(program, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
      const words = ['dist/cli.cjs', 'diagram', 'test/designs/examples/fraud.mlsys', '--format', 'svg'];
      const env = { ...process.env, CHROMIUM: program };
      expect(() => execFileSync(process.execPath, words, { cwd: root, env, stdio: 'pipe' })).toThrow(/ended with 3/);
      rmSync(folder, { recursive: true });
    });
  });
}
