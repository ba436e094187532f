import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** code-server's version; it is VS Code 1.139.1. Exact: its own shrinkwrap pins the rest. */
const VERSION = '4.139.1';

/** Not needed here, and half of what would lie on the disk. */
const UNUSED = ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot'];

/**
 * The program file of code-server, a real VS Code that a browser can show. The first call installs it into a cache folder of the
 * user (`MLSYS_VSCODE_CACHE` moves it), for it is too big for a dependency and its install scripts want a compiler.
 */
export function codeServer(): string {
  const caches =
    process.env.MLSYS_VSCODE_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mlsys-vscode');
  const folder = join(caches, `code-server-${VERSION}-${process.platform}-${process.arch}`);
  if (!existsSync(join(folder, 'complete'))) install(caches, folder);
  return join(folder, 'node_modules/code-server/out/node/entry.js');
}

/** Fills a folder of its own and renames it, so that two at once, or one that is cut off, do no harm. */
function install(caches: string, folder: string): void {
  console.log(`Fetching VS Code for the browser (code-server ${VERSION}) into ${folder}, once: 10 to 60 s ...`);
  const started = Date.now();
  mkdirSync(caches, { recursive: true });
  const draft = mkdtempSync(join(caches, 'draft-'));
  try {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }');
    npm(draft, 'install', `code-server@${VERSION}`);
    const vscode = join(draft, 'node_modules/code-server/lib/vscode');
    npm(vscode, 'install', '--omit=dev');
    for (const path of UNUSED) rmSync(join(vscode, path), { recursive: true, force: true });
    writeFileSync(join(draft, 'complete'), '');
    publish(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  console.log(`Fetched in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function publish(draft: string, folder: string): void {
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'complete'))) throw error;
  }
}

/** Without install scripts: they would build native parts (log files, Kerberos) that neither tests nor previews need. */
function npm(folder: string, ...words: string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const ended = spawnSync(program, [...first, ...words, '--prefix', folder, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (ended.status !== 0) throw new Error(`npm ${words.join(' ')} ended with ${ended.status ?? ended.error}`);
}
