/**
 * Pictures of the packaged extension in a real VS Code, for people to look at: `node screenshots.ts [theme...]` into `test-results/`;
 * `node screenshots.ts tour` makes those of `client/TOUR.md` anew.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installVsix, startServer } from './host.ts';
import { root, temporaryFolder } from './root.ts';
import { openWindow, THEMES, type ThemeName } from './ui.ts';

const results = join(root, 'test-results');
const folder = join(root, 'test/designs/examples');
const extensions = temporaryFolder('extensions');
mkdirSync(results, { recursive: true });
installVsix(join(root, 'mlsys.vsix'), extensions);

const asked = process.argv.slice(2);
if (asked.includes('tour')) await tour();
else
  for (const theme of asked.length > 0 ? (asked as ThemeName[]) : (Object.keys(THEMES) as ThemeName[]))
    await take(theme);
process.exit();

/** What a newcomer sees in two minutes, in the order of the page. */
async function tour(): Promise<void> {
  const server = await startServer({ extensions, settings: { 'workbench.colorTheme': THEMES.light } });
  const window = await openWindow(server, folder, 'light', { width: 1280, height: 800 });
  const { page, preview } = window;
  const picture = async (name: string) => {
    await page.waitForTimeout(1500); // inlay hints and the diagram come when they come
    await page.screenshot({ path: join(root, `client/images/tour-${name}.png`) });
    console.log(name);
  };
  const pick = (list: string, entry: string) => preview.getByLabel(list, { exact: true }).selectOption(entry);
  await window.open('fraud.mlsys');
  await page.keyboard.press('Control+b'); // room for the text and the picture
  await window.goTo(136);
  await window.openPreview();
  await picture('lifecycle');
  await preview.locator('[role="button"][aria-label*="FraudScorer,"]').first().hover();
  await preview.getByRole('tooltip').waitFor();
  await picture('hover');
  await page.mouse.move(5, 5);
  await pick('Scenario', 'BlackFriday');
  await preview.locator('[role="button"][aria-label^="error: FraudScorer,"]').waitFor();
  await picture('scenario');
  await preview.locator('[role="button"][aria-label*="ScoreTransaction,"]').first().dblclick();
  await preview.getByRole('navigation', { name: 'Breadcrumbs' }).waitFor();
  await picture('request');
  await preview.getByRole('button', { name: 'Lifecycle' }).click();
  await pick('Scenario', '');
  await preview.getByRole('button', { name: 'What if: vary' }).click();
  await preview.getByRole('textbox', { name: 'peak', exact: true }).fill('40k/s');
  await page.keyboard.press('Enter');
  await preview.getByRole('button', { name: 'ScoreTransaction brings 40k/s' }).waitFor();
  await picture('what-if');
  await window.close();
  server.stop();
}

async function take(theme: ThemeName): Promise<void> {
  const server = await startServer({ extensions, settings: { 'workbench.colorTheme': THEMES[theme] } });
  const window = await openWindow(server, folder, theme, { width: 1600, height: 1000 });
  const picture = async (name: string) => {
    const path = join(results, `${name}-${theme}.png`);
    await window.page.screenshot({ path });
    console.log(path);
  };
  await window.open('fraud.mlsys');
  await window.goTo(136);
  await window.squiggle('error');
  await window.page.waitForTimeout(1000); // inlay hints come when they come
  await picture('editor');
  await window.hover('FraudScorer', 'serving FraudScorer ');
  await window.page.waitForTimeout(500); // it fades in
  await picture('hover');
  await window.page.keyboard.press('Escape');
  await window.openPreview();
  await window.page.waitForTimeout(1000);
  await picture('preview');
  const pick = (list: string, entry: string) => window.preview.getByLabel(list, { exact: true }).selectOption(entry);
  await pick('Scenario', 'BlackFriday');
  await window.page.waitForTimeout(1000);
  await picture('scenario');
  await pick('View', 'request');
  await window.page.waitForTimeout(1000);
  await picture('request');
  await window.close();
  server.stop();
}
