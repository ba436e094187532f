import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type Server, startBrowser } from './host.ts';

/** The four themes that VS Code ships as its defaults. */
export const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

export type ThemeName = keyof typeof THEMES;

/** One window of VS Code, used as a person uses it. */
export interface Window {
  readonly page: Page;
  /** the text of the active editor */
  readonly editor: Locator;
  /** the page inside of the preview */
  readonly preview: FrameLocator;
  open(file: string): Promise<void>;
  /** runs a command by its title */
  command(title: string): Promise<void>;
  /** waits for a squiggle: `error`, `warning`, `info` */
  squiggle(severity?: string): Promise<void>;
  /** rests the mouse on the first `word` in sight, in a line that holds `line`: the hover's text */
  hover(word: string, line: string): Promise<string>;
  /** scrolls to a line and puts the cursor there; lines count from 1 */
  goTo(line: number): Promise<void>;
  /** waits until the cursor stands in this line */
  cursorIn(line: number): Promise<void>;
  openPreview(): Promise<void>;
  /** what the window complains of */
  notifications(): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a window on a folder. */
export async function openWindow(
  server: Server,
  folder: string,
  theme: ThemeName = 'dark',
  size = { width: 1400, height: 900 },
): Promise<Window> {
  const { browser, page } = await startBrowser({
    viewport: size,
    colorScheme: theme.includes('light') ? 'light' : 'dark',
  });
  page.setDefaultTimeout(30_000);
  await page.goto(`${server.origin}/?folder=${encodeURIComponent(folder)}`);
  const editor = page.locator('.editor-instance .monaco-editor').first();
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

  async function pick(prefix: string, text: string): Promise<void> {
    await page.keyboard.press('F1');
    await page
      .locator('.quick-input-widget input')
      .first()
      .fill(prefix + text);
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  const window: Window = {
    page,
    editor,
    preview,
    async open(file) {
      await page.locator('.explorer-folders-view').getByText(file, { exact: true }).dblclick();
      await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
      await editor.locator('.view-line').first().waitFor();
    },
    command: (title) => pick('>', title),
    goTo: (line) => pick(':', String(line)),
    async squiggle(severity = 'error') {
      await page.locator(`.squiggly-${severity}`).first().waitFor();
    },
    async hover(word, line) {
      const token = editor.locator('.view-line').filter({ hasText: line }).getByText(word, { exact: true }).first();
      await token.hover({ position: { x: 2, y: 2 } });
      await token.hover(); // one jump of the mouse opens no hover
      const hover = page.locator('.monaco-hover:not(.hidden)').filter({ hasNotText: 'Loading...' }).first();
      await hover.locator('.hover-contents').first().waitFor();
      return (await hover.textContent()) ?? '';
    },
    async cursorIn(line) {
      // The status bar forgets the cursor while the keyboard is in the preview; the line's number stays marked.
      await editor.locator('.active-line-number').getByText(String(line), { exact: true }).waitFor();
    },
    async openPreview() {
      await window.command('MLSys: Open Preview to the Side');
      await preview.locator('#preview svg').first().waitFor();
    },
    notifications: () => page.locator('.notification-toast').allInnerTexts(),
    close: () => browser.close(),
  };
  return window;
}
