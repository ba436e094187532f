/** Pictures of the packaged extension in a real VS Code, for people to look at: `node screenshots.ts [theme...]` into `test-results/`. */
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

const asked = process.argv.slice(2) as ThemeName[];
for (const theme of asked.length > 0 ? asked : (Object.keys(THEMES) as ThemeName[])) await take(theme);
process.exit();

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
