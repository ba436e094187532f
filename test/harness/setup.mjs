// Plain JavaScript without dependencies: the first thing that runs on a fresh clone, on the system's own Node (20 or newer).
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const node24 = join(root, 'node_modules/node/bin');

/** Installs the dependencies where they are missing or older than the lock file, in the sight of the user. */
export function setUp() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node 20 or newer is needed, and this is ${process.version}.`);
  if (upToDate()) return;
  console.log('Installing the dependencies (npm ci), once: 15 to 60 s ...');
  const started = Date.now();
  const status = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) fail(`npm ci ended with ${status}.`);
  if (!existsSync(node24))
    fail('Node 24, a dependency, is missing: its install script was not allowed to run (ignore-scripts).');
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/** Runs npm in the root folder: its exit status, or what kept it from starting. `quiet`: only a failure is shown. */
export function npm(words, { quiet = false } = {}) {
  const program = process.env.npm_execpath; // the very npm that runs this script, if one does
  const [file, first] = program?.endsWith('.js') ? [process.execPath, [program]] : ['npm', []];
  const shell = file === 'npm' && process.platform === 'win32';
  const stdio = quiet ? 'pipe' : 'inherit';
  const { status, error, stdout, stderr } = spawnSync(file, [...first, ...words], {
    cwd: root,
    stdio,
    shell,
    encoding: 'utf8',
  });
  if (quiet && status !== 0) console.error(stdout + stderr);
  return status ?? String(error ?? 'a signal');
}

/** npm writes `.package-lock.json` last of all. */
function upToDate() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || !existsSync(node24)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
