import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from './output.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];

/** Where installers put a browser that is not on the PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The program file of a browser that can draw: the one that CHROMIUM names, else one that the machine has. */
export function findBrowser(): string {
  const { CHROMIUM: named, PATH = '' } = process.env;
  if (named && existsSync(named)) return named;
  if (named) throw new UsageError(`CHROMIUM names ${named}, and there is no such file.`);
  const files = PATH.split(delimiter).flatMap((folder) =>
    NAMES.flatMap((name) => (folder ? [join(folder, name), join(folder, `${name}.exe`)] : [])),
  );
  const found = [...files, ...PLACES].find((file) => existsSync(file));
  if (found) return found;
  throw new UsageError(
    'SVG and PNG are drawn by Chromium, Chrome or Edge, and none was found: install one, or set CHROMIUM to its program file.',
  );
}

/** Shows a page of this machine without a window, asking nobody else for anything, until `done` is settled. */
export async function withPage<T>(browser: string, address: string, done: Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mlsys-browser-'));
  const options = [
    '--headless=new',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    `--user-data-dir=${folder}`,
    // root has no sandbox, and what is drawn is the user's own
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const child = spawn(browser, [...options, address], { stdio: 'ignore' });
  try {
    return await Promise.race([done, ended(child, browser)]);
  } finally {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function ended(child: ChildProcess, browser: string): Promise<never> {
  return new Promise((_, reject) => {
    child.once('error', ({ message }) => reject(new UsageError(`${browser} did not start: ${message}`)));
    child.once('exit', (code) => reject(new UsageError(`${browser} ended with ${code} before it had drawn.`)));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
