import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { examples, root } from './designs.ts';

const main = join(root, 'server/cli/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'mlsys-format-'));
const at = (path: string) => join(folder, path);

afterAll(() => rmSync(folder, { recursive: true }));

function mlsys(args: readonly string[], input = ''): { status: number | null; out: string; err: string } {
  const env = { ...process.env, npm_lifecycle_event: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'format', ...args], {
    cwd: folder,
    input,
    env,
  });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

describe('mlsys format', { timeout: 60_000 }, () => {
  beforeEach(() => {
    mkdirSync(at('tree/sub'), { recursive: true });
    writeFileSync(at('tree/good.mlsys'), 'param a = 1\n');
    writeFileSync(at('tree/sub/bad.mlsys'), '\uFEFFparam  a=1\r\nmodel A {\r\nparams:1M // how many\r\n}');
  });
  const formatted = '\uFEFFparam a = 1\r\n\r\nmodel A {\r\n  params: 1M // how many\r\n}\r\n';

  it('formats files and folders in place, with their line ends and byte order mark', () => {
    expect(mlsys(['tree', 'tree/good.mlsys'])).toEqual({
      status: 0,
      out: 'tree/sub/bad.mlsys\nformatted 1 of 2 files\n',
      err: '',
    });
    expect(readFileSync(at('tree/sub/bad.mlsys'), 'utf8')).toBe(formatted);
    expect(mlsys([])).toEqual({ status: 0, out: 'formatted 0 of 2 files\n', err: '' });
  });

  it('with --check changes nothing, and fails where something is not formatted', () => {
    const before = readFileSync(at('tree/sub/bad.mlsys'));
    const report = { status: 1, out: 'tree/sub/bad.mlsys\nnot formatted: 1 of 2 files\n', err: '' };
    expect(mlsys(['tree', '--check'])).toEqual(report);
    expect(readFileSync(at('tree/sub/bad.mlsys'))).toEqual(before);
    expect(mlsys(['--check', 'tree/good.mlsys', examples]).status).toBe(0);
  });

  it('takes standard input to standard output', () => {
    expect(mlsys(['-'], 'param  a=1')).toEqual({ status: 0, out: 'param a = 1\n', err: '' });
    expect(mlsys(['-'], 'param a = 1\n')).toEqual({ status: 0, out: 'param a = 1\n', err: '' });
    expect(mlsys(['-', '--check'], 'param  a=1')).toEqual({
      status: 1,
      out: '-\nnot formatted: 1 of 1 file\n',
      err: '',
    });
  });

  it('leaves what it cannot read as it is', () => {
    const text = 'param  a = 1 2 3\nsource  S{ type:stream }\n';
    expect(mlsys(['-'], text).out).toBe('param  a = 1 2 3\nsource S { type: stream }\n');
  });

  it('says in one line what it cannot do', () => {
    writeFileSync(at('tree/latin1.mlsys'), Buffer.from('system Müller { }', 'latin1'));
    const encoding = { status: 2, out: '', err: 'mlsys: tree/latin1.mlsys: not a text in UTF-8\n' };
    expect(mlsys(['tree'])).toEqual(encoding);
    rmSync(at('tree/latin1.mlsys'));
    expect(mlsys(['tree/none.mlsys'])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^mlsys: .*no such file.*\n$/),
    });
    expect(mlsys(['-', 'tree'])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^mlsys: format reads - alone/),
    });
  });

  // everything may be written by root
  it.runIf(process.getuid?.() !== 0)('says so where it may not write', () => {
    chmodSync(at('tree/sub/bad.mlsys'), 0o444);
    expect(mlsys(['tree'])).toEqual({
      status: 2,
      out: '',
      err: 'mlsys: tree/sub/bad.mlsys: cannot be written (EACCES)\n',
    });
    chmodSync(at('tree/sub/bad.mlsys'), 0o644);
  });
});
