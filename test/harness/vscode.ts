/**
 * The extension's tests in a real VS Code, against the package `mlsys.vsix`:
 * on the desktop where one can be had and there is a display, else in VS Code for the browser (code-server and Chromium).
 * `MLSYS_VSCODE_HOST` (`desktop`, `browser`) forces one.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInBrowser } from './browser-run.ts';
import { runOnDesktop } from './desktop-run.ts';
import { chromiumOnThisMachine } from './host.ts';
import { root, temporaryFolder } from './root.ts';

export interface Run {
  readonly vsix: string;
  /** carries the tests in, so that the extension under test can be the installed one */
  readonly carrier: string;
  /** the bundled suites */
  readonly tests: string;
  /** a workspace file with two folders: a copy of the examples, as the tests type in them, and an empty one */
  readonly workspace: string;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const host = await chooseHost();
console.log(`VS Code tests: ${host.name}, because ${host.because}.`);
if (host.name === 'none') {
  console.log('NOT RUN: the VS Code tests need a browser. Install chromium, or set CHROMIUM to its program file.');
  process.exit(process.env.CI ? 1 : 0);
}
const folder = temporaryFolder('workspace');
cpSync(join(root, 'test/designs/examples'), join(folder, 'examples'), { recursive: true });
mkdirSync(join(folder, 'other'));
const workspace = join(folder, 'designs.code-workspace');
writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'examples' }, { path: 'other' }] }));
const run = {
  vsix: join(root, 'mlsys.vsix'),
  carrier: join(root, 'test/vscode/host'),
  tests: join(root, 'out-test/vscode.cjs'),
  workspace,
};
const started = Date.now();
const { passed, failed } = await (host.name === 'desktop' ? runOnDesktop(run) : runInBrowser(run));
console.log(`VS Code tests: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function chooseHost(): Promise<{ name: 'desktop' | 'browser' | 'none'; because: string }> {
  const forced = process.env.MLSYS_VSCODE_HOST;
  if (forced === 'desktop' || forced === 'browser') return { name: forced, because: 'MLSYS_VSCODE_HOST says so' };
  const missing = await missingForDesktop();
  if (!missing) return { name: 'desktop', because: 'there is a VS Code and a display' };
  if (chromiumOnThisMachine()) return { name: 'browser', because: missing };
  return { name: 'none', because: `${missing}, and there is no browser` };
}

async function missingForDesktop(): Promise<string | null> {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display) return 'there is no display';
  if (process.env.VSCODE_EXECUTABLE || downloaded() || (await downloadable())) return null;
  return 'no desktop VS Code is here (VSCODE_EXECUTABLE, .vscode-test), and none can be downloaded';
}

function downloaded(): boolean {
  const folder = join(root, '.vscode-test');
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('vscode-'));
}

async function downloadable(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(3000);
    return (await fetch('https://update.code.visualstudio.com/api/releases/stable', { signal })).ok;
  } catch {
    return false;
  }
}
