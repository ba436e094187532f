import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples, LOADED, root } from './designs.ts';
import { CHECK, ESTIMATE, expectShape, SOLVE } from './shape.ts';

const main = join(root, 'dist/cli.cjs');
beforeAll(() => void execFileSync(process.execPath, ['esbuild.ts', 'cli'], { cwd: root, stdio: 'inherit' }), 60_000);

const folder = mkdtempSync(join(tmpdir(), 'mlsys-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (path: string, content: string | Uint8Array): void => writeFileSync(join(folder, path), content);

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** The program as it ships, in the temporary folder. */
const mlsys = (args: readonly string[], around: Surroundings = {}): Promise<Run> =>
  run(process.execPath, [main, ...args], around);

async function run(command: string, args: readonly string[], { cwd = folder, input, env }: Surroundings): Promise<Run> {
  const child = spawn(command, args, { cwd, env: { ...process.env, npm_lifecycle_event: '', ...env } });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (texts.out += data));
  child.stderr.on('data', (data: Buffer) => (texts.err += data));
  child.stdin.on('error', () => {}); // it may end before it has read all
  child.stdin.end(input ?? '');
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, ...texts };
}

describe.concurrent('mlsys check', { timeout: 60_000 }, () => {
  it('reads every example without a mistake in its text', async () => {
    const { out } = await mlsys(['check', '--format', 'json', examples]);
    const report = JSON.parse(out);
    expectShape(report, CHECK);
    expect(report.files).toBe(3);
    expect(report.diagnostics.filter((d: { rule: string }) => /^(syntax|type|name)\//.test(d.rule))).toEqual([]);
  });

  it('exits with 1 on an error, and colours nothing in a pipe', async () => {
    write('loaded.mlsys', LOADED);
    const { status, out, err } = await mlsys(['check', 'loaded.mlsys']);
    expect(status).toBe(1);
    expect(out).toMatch(/^loaded\.mlsys:6:13 error capacity\/unstable /);
    expect(out).toMatch(/\n3 errors, 0 warnings in 1 file\n$/);
    expect(out).not.toContain('\u001b');
    expect(err).toBe('');
  });

  it('counts warnings against --max-warnings', async () => {
    write('idle.mlsys', '// mlsys-ignore capacity/unstable: no reason\nparam a = 1\n');
    const runs = ['0', '1'].map((n) => mlsys(['check', 'idle.mlsys', '--max-warnings', n]));
    expect((await Promise.all(runs)).map((r) => r.status)).toEqual([1, 0]);
  });

  it('reads standard input, with imports from where it was called', async () => {
    write('shared.mlsys', 'param peak = 3/s\n');
    const input = 'import "./shared.mlsys"\nsource A { type: stream  rate: peak  record: pek }\n';
    const { status, out } = await mlsys(['check', '-', '--format', 'json'], { input });
    expect(status).toBe(1);
    const { diagnostics } = JSON.parse(out);
    expect(diagnostics).toMatchObject([
      { file: '-', rule: 'name/unresolved', range: { start: { line: 1, character: 45 } } },
    ]);
  });

  it('searches folders, in order, each file once', async () => {
    for (const path of ['tree/sub', 'tree/.hidden', 'tree/node_modules/x']) {
      mkdirSync(join(folder, path), { recursive: true });
      write(`${path}/bad.mlsys`, 'nonsense\n');
    }
    write('tree/a.mlsys', '\ufeffnonsense\r\n');
    write('tree/notes.txt', 'nonsense\n');
    const { out } = await mlsys(['check', 'tree', './tree/a.mlsys', '--format', 'json']);
    const { files, diagnostics } = JSON.parse(out);
    expect(files).toBe(2);
    expect(diagnostics.map((d: { file: string }) => d.file)).toEqual(['tree/a.mlsys', 'tree/sub/bad.mlsys']);
    expect(diagnostics[0].range.start).toEqual({ line: 0, character: 0 });
  });

  it('writes SARIF with the rules of the package', async () => {
    const { status, out } = await mlsys(['check', '-', '--format', 'sarif'], { input: LOADED });
    expect(status).toBe(1);
    const log = JSON.parse(out);
    expect(log.runs[0].results).toHaveLength(3);
    expect(log.runs[0].tool.driver.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('holds what is true in one scenario', async () => {
    const { status, out } = await mlsys(['check', '-', '--scenario', 'Quiet'], { input: LOADED });
    expect(status).toBe(1);
    expect(out).toContain('1 error, 0 warnings in 1 file');
  });

  it('starts from the folder of the caller under npm run mlsys, and from its own under other scripts', async () => {
    mkdirSync(join(folder, 'caller'));
    write('caller/here.mlsys', 'param a = 1\n');
    const npm = { npm_package_json: join(root, 'package.json'), INIT_CWD: join(folder, 'caller') };
    const runs = ['mlsys', 'lint'].map((script) =>
      mlsys(['check', 'here.mlsys'], { cwd: root, env: { ...npm, npm_lifecycle_event: script } }),
    );
    expect((await Promise.all(runs)).map((r) => r.status)).toEqual([0, 2]);
  });
});

describe.concurrent('mlsys estimate', { timeout: 60_000 }, () => {
  const worked = join(examples, 'worked_estimates.mlsys');

  it('prints the worked estimates as JSON', async () => {
    const { status, out, err } = await mlsys(['estimate', worked, '--format', 'json']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const report = JSON.parse(out);
    expectShape(report, ESTIMATE);
    expect(report).toMatchObject({ version: 1, file: 'worked_estimates.mlsys', scenario: null });
    const gpus = report.estimates.filter((e: { quantity: string }) => e.quantity === 'serving.gpus');
    expect(gpus.map((e: { display: string }) => e.display)).toEqual(['400 GPUs', '100 GPUs']);
  });

  it('takes --set and --scenario together', async () => {
    const args = ['estimate', '-', '--format', 'json', '--scenario', 'Busy', '--subject', 'Roomy'];
    const { status, out } = await mlsys([...args, '--set', 'Roomy.replicas=20', '--set', 'Roomy.latency=10ms'], {
      input: LOADED.replace('20ms }', '1/s }'),
    });
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ file: '-', scenario: 'Busy' });
    const busy = report.estimates.find((e: { quantity: string }) => e.quantity === 'serving.utilization');
    expect(busy).toMatchObject({ subject: 'Roomy', display: '20%' });
    expect(new Set(report.estimates.map((e: { subject: string }) => e.subject))).toEqual(new Set(['Roomy']));
  });

  it('shows the derivation of one subject', async () => {
    const { out } = await mlsys(['estimate', worked, '--subject', 'RealTime']);
    expect(out).toMatch(/requests per GPU +50% (× 1 )?\/ 20 ms +25\/s {2}derived/);
  });

  it('says that a text with mistakes may mislead', async () => {
    const { status, out, err } = await mlsys(['estimate', '-'], { input: LOADED });
    expect(status).toBe(1);
    expect(out).toContain('serving Full');
    expect(err).toBe('mlsys: - has 1 mistake that may change this: see mlsys check -\n');
  });
});

describe.concurrent('mlsys solve', { timeout: 60_000 }, () => {
  const question = (target: string) => [
    'solve',
    join(examples, 'worked_estimates.mlsys'),
    '--for',
    'RealTime.gpus',
    '--target',
    target,
    '--vary',
    'RealTime.latency',
  ];

  it('says what to write, and what is then reached', async () => {
    const { status, out, err } = await mlsys(question('<= 200'));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^RealTime\.latency = 10 ms meets RealTime\.gpus <= 200 GPUs\n {2}reached +200 GPUs/);
    expect(out).toMatch(/now +400 GPUs.* with RealTime\.latency = 20 ms/);
  });

  it('prints the same as JSON', async () => {
    const report = JSON.parse((await mlsys([...question('<= 200'), '--format', 'json'])).out);
    expectShape(report, SOLVE);
    expect(report).toMatchObject({ version: 1, file: 'worked_estimates.mlsys', met: true, to: '10 ms', from: null });
    expect(report.answer).toMatchObject({ text: '10 ms', value: 0.01, reached: { value: 200, display: '200 GPUs' } });
  });

  it('exits with 1 where no value does, and names the nearest', async () => {
    const { status, out } = await mlsys(question('< 0'));
    expect(status).toBe(1);
    expect(out).toMatch(
      /^cannot be met: no value of RealTime\.latency brings RealTime\.gpus < 0 GPUs\n {2}nearest +1 GPU/,
    );
  });
});

describe.concurrent('other commands', { timeout: 60_000 }, () => {
  it('diagram prints Mermaid', async () => {
    const { status, out } = await mlsys(['diagram', join(examples, 'fraud.mlsys'), '--view', 'lifecycle']);
    expect(status).toBe(0);
    expect(out).toMatch(/^flowchart /);
    expect(out).toContain('FraudScorer');
  });

  it('diagram needs a browser for a picture, and says so where there is none', async () => {
    const words = ['diagram', join(examples, 'fraud.mlsys'), '--format', 'svg'];
    const none = await mlsys(words, { env: { CHROMIUM: join(folder, 'no-browser') } });
    expect(none).toMatchObject({ status: 2, out: '' });
    expect(none.err).toMatch(/^mlsys: CHROMIUM names [^\n]+no-browser, and there is no such file\.\n$/);
  });

  it('explain lists the rules, and shows one', async () => {
    const [list, page] = await Promise.all([mlsys(['explain']), mlsys(['explain', 'capacity/gpu-shortfall'])]);
    expect(list.out).toMatch(/^capacity\/gpu-shortfall +error +\S/m);
    expect(page.status).toBe(0);
    expect(page.out).toContain('gpu-shortfall');
  });

  it('lsp answers over standard input and output', async () => {
    const child = spawn(process.execPath, [main, 'lsp', '--stdio'], { cwd: folder });
    let out = '';
    child.stdout.on('data', (data: Buffer) => (out += data));
    const send = (content: object) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...content });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    };
    const ended = new Promise((resolve) => child.once('close', resolve));
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    await expect.poll(() => out, { timeout: 20_000 }).toContain('"hoverProvider"');
    send({ id: 2, method: 'shutdown' });
    await expect.poll(() => out, { timeout: 20_000 }).toContain('"id":2');
    send({ method: 'exit' });
    expect(await ended).toBe(0);
  });

  it('help and version are no errors', async () => {
    const runs = await Promise.all([['--help'], ['help', 'check'], ['--version']].map((args) => mlsys(args)));
    expect(runs.map(({ status, err }) => ({ status, err }))).toEqual(runs.map(() => ({ status: 0, err: '' })));
    expect(runs[0]!.out).toContain('Exit status');
    expect(runs[2]!.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('end quietly where the pipe is closed', async () => {
    write('many.mlsys', 'nonsense\n'.repeat(3) + 'source A { type: strem }\n'.repeat(3000));
    const line = `(${JSON.stringify(process.execPath)} ${JSON.stringify(main)} check many.mlsys; echo $? >&2) | head -n 1`;
    const { out, err } = await run('sh', ['-c', line], {});
    expect(out).toMatch(/^many\.mlsys:1:1 error/);
    expect(err).toBe('1\n');
  });
});

describe.concurrent('wrong usage and unreadable files are one line and exit status 2', { timeout: 60_000 }, () => {
  const design = join(examples, 'worked_estimates.mlsys');

  it.each([
    [[], /name a command/],
    [['solve', design, '--for', 'RealTime.gpus'], /required option '--target/],
    [['solve', design, '--for', 'RealTime.gpu', '--target', '< 9', '--vary', 'RealTime.latency'], /no figure `gpu`/],
    [['solve', design, '--for', 'RealTime.gpus', '--target', '< 9ms', '--vary', 'RealTime.latency'], /plain number/],
    [['solve', design, '--for', 'RealTime.gpus', '--target', '9', '--vary', 'RealTime.latency'], /compares/],
    [['solve', design, '--for', 'RealTime.gpus', '--target', '< 9', '--vary', 'OneGpu.step'], /does not depend/],
    [['chek'], /unknown command 'chek'.*check/],
    [['--what'], /unknown option '--what'/],
    [['check', '--format', 'xml'], /text, json, sarif, github/],
    [['check', '--max-warnings', 'few'], /whole number/],
    [['check', design, '--scenario', 'Busy'], /no scenario `Busy`/],
    [['estimate'], /missing required argument/],
    [['estimate', design, '--subject', 'RealTim'], /did you mean `RealTime`/],
    [['estimate', design, '--set', 'RealTime.replica=3'], /did you mean `replicas`/],
    [['diagram', design, '--format', 'gif'], /mermaid, svg, png/],
    [['diagram', design, '--view', 'lifecycl'], /did you mean `lifecycle`/],
    [['explain', 'capacity/gpu-shortfal'], /did you mean `capacity\/gpu-shortfall`/],
    [['explain', 'unstabel'], /did you mean `capacity\/unstable`/],
    [['lsp'], /--stdio/],
  ])('mlsys %j', async (args, message) => {
    const { status, out, err } = await mlsys(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^mlsys: [^\n]+\n$/);
  });

  it.each([
    ['missing.mlsys', undefined, /missing\.mlsys: no such file/],
    ['binary.mlsys', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1), /not a text in UTF-8/],
    ['latin1.mlsys', Buffer.from('system Müller { }', 'latin1'), /not a text in UTF-8/],
    ['utf16.mlsys', Buffer.from('system A { }', 'utf16le'), /not a text in UTF-8/],
  ])('check %s', async (name, content, message) => {
    if (content) write(name, content);
    const { status, out, err } = await mlsys(['check', name]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toMatch(/^mlsys: [^\n]+\n$/);
  });

  it('a file that vanishes while its folder is read', async () => {
    mkdirSync(join(folder, 'gone'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'gone/gone.mlsys'));
    const { status, err } = await mlsys(['check', 'gone']);
    expect({ status, err }).toEqual({ status: 2, err: 'mlsys: gone/gone.mlsys: no such file or folder\n' });
  });

  it('an import in another encoding', async () => {
    write('old.mlsys', Buffer.from('param größe = 1', 'latin1'));
    const { status, err } = await mlsys(['check', '-'], { input: 'import "./old.mlsys"\n' });
    expect(status).toBe(2);
    expect(err).toMatch(/^mlsys: old\.mlsys: not a text in UTF-8\n$/);
  });

  it('a folder in the place of a file', async () => {
    const { status, err } = await mlsys(['estimate', '.']);
    expect({ status, err }).toEqual({ status: 2, err: 'mlsys: .: this is a folder, not a file\n' });
  });

  // nothing is forbidden to root
  it.runIf(process.getuid?.() !== 0)('a folder without permission', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o000 });
    const { status, err } = await mlsys(['check', 'closed']);
    expect({ status, err }).toEqual({ status: 2, err: 'mlsys: closed: no permission to read it\n' });
  });
});
