// `npm start`: installs, builds, checks the examples, and opens them with their preview. `npm start -- --check-only` stops before that.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fail, npm, root, setUp } from './setup.mjs';

const EXAMPLES = 'test/designs/examples';

setUp();
process.env.PATH = join(root, 'node_modules/.bin') + delimiter + process.env.PATH; // Node 24 from here on
const shell = process.platform === 'win32';
const checkOnly = process.argv.includes('--check-only');

console.log(checkOnly ? 'Building ...' : 'Building and packaging ...');
if (npm(['run', '-s', checkOnly ? 'build' : 'package'], { quiet: true }) !== 0) fail('The build failed.');

console.log(`\nmlsys check ${EXAMPLES}\n`);
const { status } = spawnSync('node', ['dist/cli.cjs', 'check', EXAMPLES], { cwd: root, stdio: 'inherit', shell });
if (status !== 0 && status !== 1) fail(`mlsys check ended with ${status}.`); // 1: it has findings, which is what it is for
if (!checkOnly) openEditor();

function openEditor() {
  console.log('');
  // The channel tells the child when this process is gone, however it went.
  const child = spawn('node', ['test/harness/editor.ts', EXAMPLES], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    shell,
  });
  let ended = false;
  const end = () => {
    ended = true;
    if (child.connected) child.disconnect();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  // A npm that is told to end does not tell: this process gets another parent.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 500).unref();
  child.on('exit', (code) => process.exit(ended ? 0 : (code ?? 1)));
}
