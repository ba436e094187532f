import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { installVsix, type Server, startBrowser, startServer } from './host.ts';
import { root, temporaryFolder } from './root.ts';
import { uiTests } from './ui-tests.ts';
import type { Counts, Run } from './vscode.ts';

const LIMIT = Number(process.env.MLSYS_VSCODE_TIMEOUT ?? 240_000);

/** VS Code in Chromium: first the suites inside of its extension host, then the tests that use mouse and keyboard. */
export async function runInBrowser(run: Run): Promise<Counts> {
  const extensions = temporaryFolder('extensions');
  installVsix(run.vsix, extensions);
  const server = await startServer({ extensions, tests: true });
  const { browser, page } = await startBrowser();
  try {
    const inside = await runSuites(page, server, run);
    const outside = await uiTests(extensions);
    return { passed: inside.passed + outside.passed, failed: inside.failed + outside.failed };
  } finally {
    await browser.close();
    server.stop();
  }
}

/** VS Code's own protocol for extension tests: the address names them, and the window calls back when they have ended. */
async function runSuites(page: Page, server: Server, run: Run): Promise<Counts> {
  let counts: Counts = { passed: 0, failed: 0 };
  await page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => {
    const [, line] = /^\[mlsys-test\] ([\s\S]*)$/.exec(format(...words)) ?? [];
    if (process.env.MLSYS_VSCODE_VERBOSE && !line) console.log(format(...words));
    const [, passed, failed] = /^counts (\d+) (\d+)$/.exec(line ?? '') ?? [];
    if (passed) counts = { passed: Number(passed), failed: Number(failed) };
    else if (line) console.log(line);
  });
  const ended = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', server.uri(run.carrier)],
    ['extensionTestsPath', server.uri(run.tests)],
  ]);
  await page.goto(
    `${server.origin}/?folder=${encodeURIComponent(run.workspace)}&payload=${encodeURIComponent(payload)}`,
  );
  const code = await Promise.race([
    ended,
    new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), LIMIT).unref()),
  ]);
  if (code === 0) return counts;
  const picture = join(root, 'test-results/vscode-failure.png');
  mkdirSync(join(root, 'test-results'), { recursive: true });
  await page.screenshot({ path: picture }).catch(() => {});
  console.log(
    code === 'late'
      ? `No end within ${LIMIT} ms.\n${server.log().slice(-4000)}`
      : `The window is pictured in ${picture}`,
  );
  return { ...counts, failed: Math.max(1, counts.failed) };
}
