/** Runs every part of `npm test`, each an npm script of its own, and adds up: the last line is `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { root } from './root.ts';

const PARTS = ['generate -- --check', 'types', 'lint', 'test:unit', 'test:vscode', 'test:web'];

interface Result {
  readonly part: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** why it was not run, in its own words */
  readonly left?: string;
}

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

const results: Result[] = [];
for (const part of PARTS) {
  console.log(`\n── npm run ${part}`);
  results.push(await run(part));
}

console.log('');
for (const { part, passed, failed, seconds } of results) {
  console.log(
    `${failed > 0 ? 'FAIL' : 'ok  '} ${part.padEnd(20)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(1)} s`,
  );
}
const sum = (count: 'passed' | 'failed' | 'skipped') => results.reduce((total, result) => total + result[count], 0);
const left = results.map((result) => result.left).filter(Boolean);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log([`${sum('passed')} passed, ${sum('failed')} failed${skipped}`, ...left].join('; '));
process.exit(sum('failed') > 0 ? 1 : 0);

async function run(part: string): Promise<Result> {
  const started = Date.now();
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const options = { cwd: root, env: { ...process.env, ...color }, shell: process.platform === 'win32' };
  const child = spawn('npm', ['run', '-s', ...part.split(' ')], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data;
    process.stdout.write(data);
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const left = /^NOT RUN: .*$/m.exec(output)?.[0];
  const counts = left ? NOTHING : (counted(output) ?? { ...NOTHING, passed: status === 0 ? 1 : 0 });
  const failed = status === 0 ? counts.failed : Math.max(1, counts.failed);
  return { ...counts, part, failed, seconds: (Date.now() - started) / 1000, left };
}

/** From vitest's last lines, and from ours for VS Code. */
function counted(output: string): Pick<Result, 'passed' | 'failed' | 'skipped'> | null {
  const line = /^(?: +Tests |VS Code tests:) .*(?:passed|failed).*$/m.exec(stripVTControlCharacters(output))?.[0];
  if (!line) return null;
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}
