import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { LateFiles } from './lsp/late-files.ts';
import { createServer } from './lsp/server.ts';
import { DESIGNS, READ, type ReadRequest } from './protocol.ts';

/** The language server in a browser's worker. It has no file system: the client reads for it. */
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
const late = new LateFiles(async (uri) => {
  const text = await connection.sendRequest<string | null>(READ, { uri } satisfies ReadRequest);
  return text ?? undefined;
});
const designs = async () => {
  const uris = await connection.sendRequest<string[]>(DESIGNS);
  await late.read(uris);
  return uris;
};
createServer(connection, { load: late.load, late, designs });
