import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { ViewResponse } from '../protocol.ts';
import { findBrowser, withPage } from './browser.ts';
import { UsageError } from './output.ts';
import { packageRoot } from './package.ts';

/** Seconds after which a browser that has not drawn is given up. */
const PATIENCE = 60;

const PAGE = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/print.css"></head>
<body><script type="module" src="/print.js"></script></body></html>`;
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A view as the preview draws it, in its light theme: by the preview's own page, in a browser of this machine. */
export async function pictureOf(format: 'svg' | 'png', response: ViewResponse): Promise<string | Uint8Array> {
  const browser = findBrowser();
  const { server, drawn } = await serve(JSON.stringify({ format, response }));
  const { port } = server.address() as AddressInfo;
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new UsageError(`${browser} did not draw in ${PATIENCE} s.`);
    patience = setTimeout(() => reject(error), 1000 * PATIENCE);
  });
  try {
    const picture = await withPage(browser, `http://127.0.0.1:${port}/`, Promise.race([drawn, late]));
    return format === 'svg' ? picture : Buffer.from(picture, 'base64');
  } finally {
    clearTimeout(patience);
    server.closeAllConnections();
    server.close();
  }
}

/** Gives the page what it is to draw, and takes what it has drawn. */
async function serve(view: string): Promise<{ server: Server; drawn: Promise<string> }> {
  let server!: Server;
  const drawn = new Promise<string>((resolve, reject) => {
    const take = async (request: IncomingMessage) => {
      const text = await textOf(request);
      if (request.url === '/picture') resolve(text);
      else reject(new UsageError(`the view could not be drawn: ${text}`));
    };
    server = createServer((request, answer) => {
      if (request.method === 'POST') void take(request).finally(() => answer.end());
      else if (request.url === '/view') answer.end(view);
      else serveFile(request.url ?? '/', answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, drawn };
}

/** The page and its parts, as they are built; nothing outside of their folder. */
function serveFile(url: string, answer: ServerResponse): void {
  const path = normalize(new URL(url, 'http://127.0.0.1').pathname);
  const type = TYPES[extname(path)];
  try {
    answer.setHeader('content-type', type ?? 'text/html');
    if (type) answer.end(readFileSync(join(packageRoot(), 'dist/webview', path)));
    else answer.writeHead(path === '/' ? 200 : 404).end(path === '/' ? PAGE : '');
  } catch {
    answer.writeHead(404).end();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
