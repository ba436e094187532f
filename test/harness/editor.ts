/** Shows a folder of designs in VS Code: `node editor.ts FOLDER`. On the desktop where `code` is on the PATH, else in the browser. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { beforeExit, root, temporaryFolder } from './root.ts';

const SETTINGS = { 'mlsys.preview.openWithDesign': true };
const vsix = join(root, 'mlsys.vsix');

process.once('disconnect', () => process.exit()); // whoever started this is gone

const folder = temporaryFolder('examples');
cpSync(resolve(root, process.argv[2]!), folder, { recursive: true });
const design = join(folder, readdirSync(folder).find((name) => name.endsWith('.mlsys'))!);

const code = onPath('code');
const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
if (!code) await showInBrowser('There is no "code" on the PATH');
else if (!display) await showInBrowser('There is no display');
else if (!showOnDesktop(code)) await showInBrowser(`${code} does not take the extension`);

function onPath(program: string): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((path) => names.map((name) => join(path, name))).find((path) => existsSync(path));
}

/** A window with settings and extensions of its own, so that the user's stay as they are. False: this VS Code is too old, or remote. */
function showOnDesktop(code: string): boolean {
  const own = temporaryFolder('desktop');
  const data = join(own, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify({ ...SETTINGS, 'workbench.startupEditor': 'none' }));
  const places = ['--user-data-dir', data, '--extensions-dir', join(own, 'extensions')];
  const shell = process.platform === 'win32';
  const installed = spawnSync(code, [...places, '--install-extension', vsix, '--force'], { stdio: 'inherit', shell });
  if (installed.status !== 0) return false;
  console.log(
    'The examples are open in VS Code, as copies: what you change in them is not kept. Close the window, or press Ctrl+C here, to end.',
  );
  const words = ['--wait', '--new-window', '--disable-workspace-trust', '--skip-welcome', ...places, folder, design];
  const window = spawn(code, words, { stdio: 'inherit', shell });
  beforeExit(() => endDesktop(data));
  window.once('exit', (status) => process.exit(status ?? 0));
  return true;
}

/** `code` only asks the window's process to start; that one writes its id into its data folder. */
function endDesktop(data: string): void {
  const lock = join(data, 'code.lock');
  const id = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  try {
    if (id > 1) process.kill(id);
  } catch {
    // The window is closed already.
  }
}

async function showInBrowser(why: string): Promise<void> {
  const { installVsix, startServer } = await import('./host.ts');
  console.log(`${why}: starting VS Code for the browser ...`);
  const extensions = temporaryFolder('extensions');
  installVsix(vsix, extensions);
  const server = await startServer({ extensions, settings: SETTINGS });
  const payload = JSON.stringify([['openFile', server.uri(design)]]);
  const address = `${server.origin}/?folder=${inAddress(folder)}&payload=${inAddress(payload)}`;
  console.log(
    `\nThe examples are open, as copies (what you change in them is not kept), in VS Code at\n\n    ${address}\n`,
  );
  console.log('Ctrl+C ends it.');
}

/** As little encoded as terminals need to find the whole address. */
function inAddress(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|3A|2C)/g, (code) => decodeURIComponent(code));
}
