import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { codeServer } from './code-server.ts';
import { beforeExit, temporaryFolder } from './root.ts';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(`code-server needs Node 24, and this is ${process.version}: start it through "npm run".`);
}

/** A quiet window: editors and panels only, and no request that leaves the machine. */
export const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.editor.useModal': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.enableExperiments': false,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'telemetry.feedback.enabled': false,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'files.autoSave': 'off',
};

/** An empty gallery address switches the extension gallery off. */
const NO_GALLERY = JSON.stringify({ serviceUrl: '', itemUrl: '' });

const BROWSERS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The program file of a Chromium, if the machine has one (`CHROMIUM` names another). */
export const chromiumOnThisMachine = (): string | undefined => BROWSERS.find((path) => path && existsSync(path));

export interface Server {
  /** `http://127.0.0.1:40123` */
  readonly origin: string;
  /** the path of a folder or file of this machine, as the window wants it */
  uri(path: string): string;
  log(): string;
  stop(): void;
}

export interface ServerOptions {
  readonly extensions: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** lets the page run extension tests */
  readonly tests?: boolean;
}

/** Starts code-server on 127.0.0.1 and a free port, with folders of its own that go when it stops. */
export async function startServer({ extensions, settings = {}, tests = false }: ServerOptions): Promise<Server> {
  const folder = temporaryFolder('window');
  const user = join(folder, 'data/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }, null, 2));
  const options = ['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'];
  options.push(
    '--disable-workspace-trust',
    '--disable-getting-started-override',
    '--disable-proxy',
    '--ignore-last-opened',
  );
  if (tests) options.push('--vscode-option', 'enable-smoke-test-driver');
  const child = spawn(process.execPath, [codeServer(), ...places(folder, extensions), ...options], {
    detached: true, // a process group of its own: the extension host and the watchers end with it
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment(folder), PORT: '' },
  });
  const stop = () => endGroup(child);
  beforeExit(stop);
  let log = '';
  const address = new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      log += data;
      const listening = /listening on (http:\/\/127\.0\.0\.1:\d+)\//.exec(log);
      if (listening) resolve(listening[1]!);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`code-server ended with ${code}\n${log}`)));
    setTimeout(() => reject(new Error(`code-server did not start within 60 s\n${log}`)), 60_000).unref();
  });
  const origin = await address;
  const uri = (path: string) => `vscode-remote://${origin.slice('http://'.length)}${encodeURI(path)}`;
  return { origin, uri, log: () => log, stop };
}

/** Installs a VSIX into a folder of extensions, which may be new. */
export function installVsix(vsix: string, extensions: string): void {
  const folder = temporaryFolder('install');
  const words = [codeServer(), ...places(folder, extensions), '--install-extension', vsix, '--force'];
  const ended = spawnSync(process.execPath, words, { encoding: 'utf8', env: environment(folder) });
  if (ended.status !== 0) throw new Error(`${vsix} could not be installed\n${ended.stdout}${ended.stderr}`);
}

/** A window on a page of the server. `close()` the browser when done. */
export async function startBrowser(options: BrowserContextOptions = {}): Promise<{ browser: Browser; page: Page }> {
  const executablePath = chromiumOnThisMachine();
  if (!executablePath) throw new Error('No Chromium on this machine.');
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const browser = await chromium.launch({ executablePath, args });
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  return { browser, page: await context.newPage() };
}

/** Without a configuration file of its own, code-server writes one with a password into the user's home. */
function places(folder: string, extensions: string): string[] {
  const config = join(folder, 'config.yaml');
  writeFileSync(config, 'auth: none\ncert: false\n');
  mkdirSync(extensions, { recursive: true });
  return ['--config', config, '--user-data-dir', join(folder, 'data'), '--extensions-dir', extensions];
}

const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  EXTENSIONS_GALLERY: NO_GALLERY,
  XDG_DATA_HOME: join(folder, 'share'),
  XDG_CONFIG_HOME: join(folder, 'config'),
  // Sockets and compile caches go there. Not on a Mac, whose long temporary paths exceed what a socket's name may have.
  ...(process.platform === 'linux' ? { TMPDIR: folder } : {}),
});

function endGroup(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
