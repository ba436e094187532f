import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOADED, root } from './designs.ts';

const program = join(root, 'dist/cli.cjs');
beforeAll(() => void execFileSync(process.execPath, ['esbuild.ts', 'cli'], { cwd: root, stdio: 'inherit' }), 60_000);

const folder = mkdtempSync(join(tmpdir(), 'mlsys-severity-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `mlsys check` of one design in a folder of its own, with that folder's `mlsys.json`. */
function check(name: string, configuration: string) {
  mkdirSync(join(folder, name, 'designs'), { recursive: true });
  writeFileSync(join(folder, name, 'designs/loaded.mlsys'), LOADED);
  writeFileSync(join(folder, name, 'mlsys.json'), configuration);
  const cwd = join(folder, name);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'check', '--format', 'json'], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stderr, report: stdout ? JSON.parse(stdout) : undefined };
}

describe('mlsys check with an mlsys.json', { timeout: 60_000 }, () => {
  it('takes severities from above the file', () => {
    const { status, report, stderr } = check('quiet', '{"rules": {"*": "info", "capacity/*": "warning"}}');
    expect(report.errors).toBe(0);
    expect(report.warnings).toBeGreaterThan(0);
    expect(
      new Set(report.diagnostics.map((d: { rule: string; severity: string }) => `${d.rule} ${d.severity}`)),
    ).toContain('capacity/unstable warning');
    expect(status).toBe(0);
    expect(stderr).toBe('');
  });

  it('says which name is unknown, and goes on', () => {
    const { status, stderr } = check('typo', '{"rules": {"capacity/unstabel": "off"}}');
    expect(stderr).toBe('mlsys: mlsys.json: There is no rule `capacity/unstabel`: did you mean `capacity/unstable`?\n');
    expect(status).toBe(1);
  });

  it('ends with 2 where it is no JSON', () => {
    const { status, stderr, report } = check('broken', '{"rules": ');
    expect(stderr).toMatch(/^mlsys: mlsys\.json: It is not JSON: .*\n$/);
    expect(report).toBeUndefined();
    expect(status).toBe(2);
  });
});
