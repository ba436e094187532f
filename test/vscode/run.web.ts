/** What VS Code for the Web calls: puts the examples into the workspace, which is in memory, and runs the same suites. */
import 'mocha/mocha.js';
import { Uri, workspace } from 'vscode';
import fraud from '../designs/examples/fraud.mlsys';
import support_chat from '../designs/examples/support_chat.mlsys';
import worked_estimates from '../designs/examples/worked_estimates.mlsys';
import { OPTIONS } from './lines.ts';
import { suites } from './suites.ts';
import { until } from './support.ts';

declare const mocha: { setup(options: typeof OPTIONS): void; run(ended: (failures: number) => void): void };

export async function run(): Promise<void> {
  await fill(Uri.from({ scheme: 'tmp', path: '/' }));
  mocha.setup(OPTIONS);
  for (const load of suites) await load();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Two folders, as `test/harness/vscode.ts` makes them on the disk. */
async function fill(root: Uri): Promise<void> {
  const write = (path: string, text: string) =>
    workspace.fs.writeFile(Uri.joinPath(root, path), new TextEncoder().encode(text));
  for (const folder of ['examples', 'other']) await workspace.fs.createDirectory(Uri.joinPath(root, folder));
  for (const [name, text] of Object.entries({ fraud, support_chat, worked_estimates }))
    await write(`examples/${name}.mlsys`, text);
  await write('designs.code-workspace', JSON.stringify({ folders: [{ path: 'examples' }, { path: 'other' }] }));
  await until('two folders in the workspace', () => workspace.workspaceFolders?.length === 2);
}
