import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { designsIn } from './designs.ts';
import { createServer } from './lsp/server.ts';

/** The language server as a process (`start.ts` loads it): `node server.cjs --stdio`, `--node-ipc` (VS Code) or `--socket=PORT`. */
createServer(createConnection(ProposedFeatures.all), {
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
