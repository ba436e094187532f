import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { root } from './root.ts';
import type { Counts } from './vscode.ts';

const LIMIT = Number(process.env.MLSYS_VSCODE_TIMEOUT ?? 240_000);

/**
 * Runs the suites that a window's address names, by VS Code's own protocol for extension tests: the window calls back with each line
 * of its log, and when its extension host has ended. `log` is what else there is to read where it does not end.
 */
export async function runSuites(page: Page, address: string, log: () => string): Promise<Counts> {
  let counts: Counts = { passed: 0, failed: 0 };
  await page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => {
    const [, line] = /^\[mlsys-test\] ([\s\S]*)$/.exec(format(...words)) ?? [];
    if (process.env.MLSYS_VSCODE_VERBOSE && !line) console.log(format(...words));
    const [, passed, failed] = /^counts (\d+) (\d+)$/.exec(line ?? '') ?? [];
    if (passed) counts = { passed: Number(passed), failed: Number(failed) };
    else if (line) console.log(line);
  });
  const ended = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.goto(address);
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), LIMIT).unref());
  const code = await Promise.race([ended, late]);
  if (code === 0) return counts;
  const picture = join(root, 'test-results/vscode-failure.png');
  mkdirSync(join(root, 'test-results'), { recursive: true });
  await page.screenshot({ path: picture }).catch(() => {});
  if (code === 'late') console.log(`No end within ${LIMIT} ms.\n${log().slice(-4000)}`);
  else console.log(`The window is pictured in ${picture}`);
  return { ...counts, failed: Math.max(1, counts.failed) };
}
