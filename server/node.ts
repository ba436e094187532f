import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { packageRoot } from './cli/package.ts';
import { designsIn } from './designs.ts';
import { createServer } from './lsp/server.ts';

/** The rules' pages as they are packed, where the package is whole. */
function pages(): string | undefined {
  try {
    const folder = join(packageRoot(), 'language/rules');
    return existsSync(folder) ? pathToFileURL(folder).href : undefined;
  } catch {
    return undefined; // a server by itself: findings then have no link
  }
}

const folder = pages();

/** The language server as a process (`start.ts` loads it): `node server.cjs --stdio`, `--node-ipc` (VS Code) or `--socket=PORT`. */
createServer(createConnection(ProposedFeatures.all), {
  ...(folder && { pages: folder }),
  load(uri) {
    try {
      return readFileSync(fileURLToPath(uri), 'utf8');
    } catch {
      return undefined; // not there, not a file, or not readable: the import is then unresolved
    }
  },
  designs: designsIn,
  memory() {
    globalThis.gc?.(); // with --expose-gc: what is held, not what is not yet collected
    return { ...process.memoryUsage() };
  },
});
