/** Tells the tests' lines from all else that VS Code logs. */
const MARK = '[mlsys-test]';

/** A reporter for every host: one line a test, and the counts. */
export class Lines {
  constructor(runner: Mocha.Runner) {
    const say = (text: string) => console.log(`${MARK} ${text}`);
    runner.on('pass', (test) => say(`ok   ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('fail', (test, error) => say(`FAIL ${test.fullTitle()}\n${error.stack}`));
    runner.on('end', () => say(`counts ${runner.stats!.passes} ${runner.stats!.failures}`));
  }
}

export const OPTIONS = { ui: 'bdd', timeout: 30_000, reporter: Lines as never } as const;
