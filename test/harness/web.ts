/** The extension's suites in VS Code for the Web: the same as in `vscode.ts`, in the extension host that is a worker of the browser. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runSuites } from './automation.ts';
import { chromiumOnThisMachine, installVsix, startBrowser } from './host.ts';
import { root, temporaryFolder } from './root.ts';
import { startWebServer } from './web-server.ts';

if (!chromiumOnThisMachine()) {
  console.log('NOT RUN: the tests on the web need a browser. Install chromium, or set CHROMIUM to its program file.');
  process.exit(process.env.CI ? 1 : 0);
}
const extensions = temporaryFolder('extensions');
installVsix(join(root, 'mlsys.vsix'), extensions); // unpacks what ships, and nothing else
const extension = join(extensions, readdirSync(extensions).find((name) => name.startsWith('mlsys.mlsys-'))!);
const tests = 'vscode.web.cjs';
cpSync(join(root, 'out-test', tests), join(extension, tests));
const started = Date.now();
const server = await startWebServer({ extension, tests });
const { browser, page } = await startBrowser();
const { passed, failed } = await runSuites(page, server.address, () => `Not found: ${server.missing.join(', ')}`);
await browser.close();
server.stop();
console.log(`VS Code tests: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
