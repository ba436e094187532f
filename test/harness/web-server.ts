import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { codeServer } from './code-server.ts';
import { SETTINGS } from './host.ts';

/** VS Code for the Web with nothing behind it but static files: extensions run in a worker of the browser. */
export interface WebServer {
  readonly address: string;
  /** what was asked for and is not there */
  readonly missing: readonly string[];
  stop(): void;
}

export interface WebOptions {
  /** the folder of the extension, as installed */
  readonly extension: string;
  /** the bundled suites: a file in that folder, for VS Code wants them inside of an extension */
  readonly tests: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.cjs': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/** as the folder of an installed extension is called */
const EXTENSION = 'mlsys.mlsys-web';

const WORKBENCH = 'out/vs/code/browser/workbench/workbench.js';

/** code-server's files of VS Code are those of the Web, but for two places that lead to its own server. */
const UNDO: readonly (readonly [RegExp, string])[] = [
  [/\bremoteAuthority:location\.host\b/, 'remoteAuthority:undefined'],
  [
    /get userRoamingDataHome\(\)\{return \w+\((\w+)\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.vscodeRemote\}\),"User"\)\}/,
    'get userRoamingDataHome(){return $1.file("/User").with({scheme:"vscode-userdata"})}',
  ],
];

export async function startWebServer({ extension, tests }: WebOptions): Promise<WebServer> {
  const vscode = join(codeServer(), '../../../lib/vscode');
  const folders: Readonly<Record<string, string>> = { vscode, [EXTENSION]: extension };
  const missing: string[] = [];
  const server = createServer(async ({ url = '/' }, response) => {
    const send = (status: number, type: string, body: string | Buffer = '') => {
      response.writeHead(status, {
        'content-type': type,
        // the page, its workers and its webviews count as different origins
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'service-worker-allowed': '/',
      });
      response.end(body);
    };
    const path = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
    if (path === '/') return send(200, 'text/html', page(vscode, authorityOf(server), tests));
    const [, first = '', ...rest] = normalize(path).split('/');
    const file = Object.hasOwn(folders, first) ? join(folders[first]!, ...rest) : undefined;
    try {
      if (!file) throw new Error('no such folder');
      const content = await readFile(file);
      const body = file.endsWith(WORKBENCH) ? withoutServer(content.toString()) : content;
      send(200, TYPES[extname(file)] ?? 'application/octet-stream', body);
    } catch {
      missing.push(path);
      send(404, 'text/plain');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://${authorityOf(server)}/`, missing, stop };
}

const authorityOf = (server: Server): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

function withoutServer(script: string): string {
  return UNDO.reduce((text, [found, by]) => {
    if (!found.test(text))
      throw new Error(`${WORKBENCH} has no ${found}: another version of code-server than was tried`);
    return text.replace(found, by);
  }, script);
}

/** What VS Code's own server writes into its page, for a workspace in memory that the suites fill. */
function page(vscode: string, authority: string, tests: string): string {
  const at = (path: string) => ({ scheme: 'http', authority, path });
  const configuration = {
    workspaceUri: { scheme: 'tmp', path: '/designs.code-workspace' },
    userDataPath: '/',
    isEnabledFileDownloads: true,
    isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    developmentOptions: {
      enableSmokeTestDriver: true,
      extensions: [at(`/${EXTENSION}`)],
      extensionTestsPath: at(`/${EXTENSION}/${tests}`),
    },
    configurationDefaults: SETTINGS,
    productConfiguration: {
      ...JSON.parse(readFileSync(join(vscode, 'product.json'), 'utf8')),
      enableTelemetry: false,
      extensionsGallery: undefined,
      webviewContentExternalBaseUrlTemplate: `http://${authority}/vscode/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
  const inAttribute = JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!DOCTYPE html>
<html>
<head>
  <meta charset="utf-8">
  <meta id="vscode-workbench-web-configuration" data-settings="${inAttribute}">
  <meta id="vscode-workbench-web-base-url" data-settings="/vscode">
  <link rel="stylesheet" href="/vscode/out/vs/code/browser/workbench/workbench.css">
</head>
<body aria-label="">
  <script>globalThis._VSCODE_FILE_ROOT = new URL('/vscode/out/', location).toString();</script>
  <script type="module" src="/vscode/out/nls.messages.js"></script>
  <script type="module" src="/vscode/${WORKBENCH}"></script>
</body>
</html>`;
}
