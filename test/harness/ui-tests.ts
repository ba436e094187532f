import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './host.ts';
import { root, temporaryFolder } from './root.ts';
import { openWindow, THEMES, type Window } from './ui.ts';
import type { Counts } from './vscode.ts';

const fraud = readFileSync(join(root, 'test/designs/examples/fraud.mlsys'), 'utf8');
const lineOf = (start: string) => fraud.split('\n').findIndex((line) => line.startsWith(start)) + 1;

/** What only mouse and keyboard can show, in this order and in one window. */
const tests: Readonly<Record<string, (window: Window) => Promise<void>>> = {
  'a finding is underlined': async (window) => {
    await window.open('fraud.mlsys');
    await window.goTo(lineOf('serving FraudScorer '));
    await window.squiggle('error');
  },
  'the mouse on a name shows its figures': async (window) => {
    assert.match(await window.hover('FraudScorer', 'serving FraudScorer '), /L4/);
  },
  'a click in the diagram shows the declaration, and the keyboard stays': async (window) => {
    await window.openPreview();
    await node(window, 'FraudScorer').click();
    await window.cursorIn(lineOf('serving FraudScorer '));
    assert.equal(await window.page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
  },
  'Enter on a part of the diagram does the same': async (window) => {
    await node(window, 'CardProfile').focus();
    await window.page.keyboard.press('Enter');
    await window.cursorIn(lineOf('features CardProfile '));
  },
  'the diagram follows every keystroke': async (window) => {
    await window.editor.click({ position: { x: 300, y: 10 } });
    await window.page.keyboard.press('Control+End');
    await window.page.keyboard.type('source Disputes { type: stream }');
    await node(window, 'Disputes').waitFor();
  },
  'a scenario can be picked, and shows what it breaks': async (window) => {
    await window.preview.getByLabel('Scenario', { exact: true }).selectOption('BlackFriday');
    await window.preview.locator('[role="button"][aria-label^="error: FraudScorer,"]').waitFor();
  },
  'another view can be picked': async (window) => {
    await window.preview.getByLabel('View', { exact: true }).selectOption('request');
    await node(window, 'RulesEngine').waitFor();
  },
  'what is varied in "What if" is written as one edit, and undone as one': async (window) => {
    await window.preview.getByLabel('Scenario', { exact: true }).selectOption('');
    await window.preview.getByRole('button', { name: 'What if: vary' }).click();
    await window.preview.getByRole('textbox', { name: 'peak', exact: true }).fill('43k/s');
    await window.page.keyboard.press('Enter');
    await window.preview.getByRole('button', { name: 'ScoreTransaction brings 43k/s' }).waitFor();
    await shows(window, 'param peak', '12k/s');
    await window.preview.getByRole('button', { name: 'Apply', exact: true }).click();
    await shows(window, 'param peak', '43k/s');
    await window.page.keyboard.press('Control+z');
    await shows(window, 'param peak', '12k/s');
    await window.preview.getByRole('button', { name: 'Close "What if"' }).click();
    await window.preview.getByLabel('Scenario', { exact: true }).selectOption('BlackFriday');
  },
  'a reload of the window brings the preview back, with its view and scenario': async (window) => {
    await window.page.waitForTimeout(6000); // VS Code for the browser writes down its windows every 5 s
    await window.page.reload();
    await node(window, 'RulesEngine').waitFor();
    assert.equal(await window.preview.getByLabel('Scenario', { exact: true }).inputValue(), 'BlackFriday');
  },
  'the window complains of nothing': async (window) => {
    assert.deepEqual(await window.notifications(), []);
  },
};

/** The keyboard goes into the editor, to that line, which holds that word. */
async function shows(window: Window, line: string, word: string): Promise<void> {
  await window.editor.click({ position: { x: 300, y: 10 } });
  await window.goTo(lineOf(line));
  await window.editor.locator('.view-line').filter({ hasText: 'peak' }).getByText(word).first().waitFor();
}

const node = ({ preview }: Window, name: string) => preview.locator(`[role="button"][aria-label*="${name}"]`).first();

export async function uiTests(extensions: string): Promise<Counts> {
  const folder = temporaryFolder('ui');
  cpSync(join(root, 'test/designs/examples'), folder, { recursive: true });
  const server = await startServer({ extensions, settings: { 'workbench.colorTheme': THEMES.dark } });
  const window = await openWindow(server, folder);
  const counts = { passed: 0, failed: 0 };
  for (const [name, test] of Object.entries(tests)) {
    const started = Date.now();
    try {
      await test(window);
      counts.passed++;
      console.log(`ok   in the window: ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      counts.failed++;
      const picture = join(root, `test-results/ui-${counts.failed}.png`);
      mkdirSync(join(root, 'test-results'), { recursive: true });
      await window.page.screenshot({ path: picture });
      console.log(
        `FAIL in the window: ${name} (pictured in ${picture})\n${error instanceof Error ? error.stack : error}`,
      );
    }
  }
  await window.close();
  server.stop();
  return counts;
}
