import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repository's folder. */
export const root = resolve(import.meta.dirname, '../..');

const undo: (() => void)[] = [];

process.once('exit', leaveNothing);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

/** Runs `action` when this process ends, however it ends (but by SIGKILL): synchronous, the last one first. */
export function beforeExit(action: () => void): void {
  undo.push(action);
}

/** A folder that is gone when this process has ended. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `mlsys-${name}-`));
  // What was killed a moment ago may still be writing, hence the retries.
  beforeExit(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

function leaveNothing(): void {
  for (const action of undo.reverse()) {
    try {
      action();
    } catch (error) {
      console.error(error);
    }
  }
}
