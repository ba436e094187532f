/** What VS Code calls, on the desktop and in the browser alike: runs the suites of `suites.ts` with mocha. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { OPTIONS } from './lines.ts';
import { suites } from './suites.ts';

export async function run(): Promise<void> {
  const mocha = new Mocha(OPTIONS);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of suites) await load();
  const { passes: passed, failures: failed } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats!));
  });
  const file = process.env.MLSYS_TEST_COUNTS;
  if (file) writeFileSync(file, JSON.stringify({ passed, failed }));
  if (failed > 0) throw new Error(`${failed} failed`);
}
