import { runSuites } from './automation.ts';
import { installVsix, startBrowser, startServer } from './host.ts';
import { temporaryFolder } from './root.ts';
import { uiTests } from './ui-tests.ts';
import type { Counts, Run } from './vscode.ts';

/** VS Code in Chromium: first the suites inside of its extension host, then the tests that use mouse and keyboard. */
export async function runInBrowser({ vsix, carrier, tests, workspace }: Run): Promise<Counts> {
  const extensions = temporaryFolder('extensions');
  installVsix(vsix, extensions);
  const server = await startServer({ extensions, tests: true });
  const { browser, page } = await startBrowser();
  try {
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', server.uri(carrier)],
      ['extensionTestsPath', server.uri(tests)],
    ]);
    const query = `workspace=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(payload)}`;
    const inside = await runSuites(page, `${server.origin}/?${query}`, server.log);
    const outside = await uiTests(extensions);
    return { passed: inside.passed + outside.passed, failed: inside.failed + outside.failed };
  } finally {
    await browser.close();
    server.stop();
  }
}
