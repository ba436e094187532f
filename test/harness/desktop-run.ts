import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { temporaryFolder } from './root.ts';
import type { Counts, Run } from './vscode.ts';

/** VS Code on the desktop, with folders of its own. It prints the tests' lines itself. */
export async function runOnDesktop({ vsix, carrier, tests, workspace }: Run): Promise<Counts> {
  const vscodeExecutablePath =
    process.env.VSCODE_EXECUTABLE ?? (await downloadAndUnzipVSCode(process.env.VSCODE_VERSION ?? 'stable'));
  const folder = temporaryFolder('desktop');
  const places = ['--extensions-dir', join(folder, 'extensions'), '--user-data-dir', join(folder, 'data')];
  const cli = resolveCliPathFromVSCodeExecutablePath(vscodeExecutablePath);
  const shell = process.platform === 'win32';
  const installed = spawnSync(cli, [...places, '--install-extension', vsix, '--force'], { encoding: 'utf8', shell });
  if (installed.status !== 0)
    throw new Error(`${vsix} could not be installed\n${installed.error ?? installed.stdout + installed.stderr}`);
  const counts = join(folder, 'counts.json');
  const extensionTestsEnv = { MLSYS_TEST_COUNTS: counts };
  const launchArgs = [workspace, ...places];
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: carrier,
      extensionTestsPath: tests,
      extensionTestsEnv,
      launchArgs,
    });
    return JSON.parse(readFileSync(counts, 'utf8'));
  } catch (error) {
    console.error(String(error));
    return existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1 };
  }
}
