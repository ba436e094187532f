/** What VS Code calls, on the desktop and in the browser alike: runs the suites of `suites.ts` with mocha. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { suites } from './suites.ts';

/** Tells the tests' lines from all else that VS Code logs. */
const MARK = '[mlsys-test]';

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: Lines as never });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of suites) await load();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

class Lines {
  constructor(runner: Mocha.Runner) {
    const say = (text: string) => console.log(`${MARK} ${text}`);
    runner.on('pass', (test) => say(`ok   ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('fail', (test, error) => say(`FAIL ${test.fullTitle()}\n${error.stack}`));
    runner.on('end', () => {
      const { passes: passed, failures: failed } = runner.stats!;
      say(`counts ${passed} ${failed}`);
      const file = process.env.MLSYS_TEST_COUNTS;
      if (file) writeFileSync(file, JSON.stringify({ passed, failed }));
    });
  }
}
