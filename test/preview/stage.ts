/** The preview's page in a real browser, as the extension serves it: its bundle, its policy, and a theme of VS Code. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { FromWebview, Rendered, ToWebview } from '../../client/preview/messages.ts';
import type { Span } from '../../language/model/design.ts';
import { VIEWS } from '../../language/views/index.ts';
import { printMermaid } from '../../language/views/mermaid.ts';
import type { ViewModel } from '../../language/views/view.ts';
import { toWire } from '../../language/views/wire.ts';
import type { ViewResponse } from '../../server/protocol.ts';
import { startBrowser } from '../harness/host.ts';
import { root } from '../harness/root.ts';

/** Names, body classes and the tokens that the page uses, read out of VS Code 1.139. */
const THEMES: Readonly<Record<ThemeName, { body: string; tokens: Record<string, string> }>> = JSON.parse(
  readFileSync(new URL('themes.json', import.meta.url), 'utf8'),
);
export type ThemeName = 'dark' | 'light' | 'hcd' | 'hcl';
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

export interface Stage {
  open(theme?: ThemeName, width?: number, state?: object): Promise<Panel>;
  close(): Promise<void>;
}

export interface Panel {
  readonly page: Page;
  send(message: ToWebview): Promise<void>;
  /** sends an answer of the server and waits until it is on the screen */
  draw(response: ViewResponse): Promise<Rendered>;
  /** the same with a view alone */
  show(model: ViewModel, more?: Partial<ViewResponse>): Promise<Rendered>;
  /** what the page has said so far */
  said<T extends FromWebview['type']>(type: T): Promise<Extract<FromWebview, { type: T }>[]>;
  state(): Promise<object>;
  theme(name: ThemeName): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  execFileSync(process.execPath, ['esbuild.ts', 'webview'], { cwd: root, stdio: 'inherit' });
  const server = await serve(join(root, 'dist/webview'));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { browser, page } = await startBrowser({ deviceScaleFactor: 2, reducedMotion: 'reduce' });
  return {
    open: (theme = 'dark', width = 600, state = {}) => open(page.context(), origin, theme, width, state),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function open(
  browser: BrowserContext,
  origin: string,
  theme: ThemeName,
  width: number,
  state: object,
): Promise<Panel> {
  const page = await browser.newPage();
  await page.setViewportSize({ width, height: 900 });
  page.setDefaultTimeout(10_000);
  await page.goto(`${origin}/?${new URLSearchParams({ theme, state: JSON.stringify(state) })}`);
  await page.waitForFunction(() => window.said.some((message) => message.type === 'ready'));
  const said = (type: string) => page.evaluate((type) => window.said.filter((message) => message.type === type), type);
  let version = 0;
  const panel: Panel = {
    page,
    said: said as Panel['said'],
    send: (message) => page.evaluate((message) => window.postMessage(message), message),
    state: () => page.evaluate(() => window.state),
    async theme(name) {
      await page.evaluate(([body, style]) => {
        document.body.className = body!;
        document.documentElement.setAttribute('style', style!);
      }, themed(name));
    },
    async draw(response) {
      const { model, scenario, whatIf } = response;
      const { view, subject } = model;
      const sets = whatIf?.sets ?? null;
      await panel.send({ type: 'view', response, state: { uri: response.uri, view, subject, scenario, sets } });
      const shown = await page.waitForFunction(
        (version) =>
          window.said.find(
            (message) => (message.type === 'rendered' && message.version === version) || message.type === 'error',
          ),
        response.version,
      );
      const answer = (await shown.jsonValue()) as Rendered | { type: 'error'; message: string };
      if (answer.type === 'error') throw new Error(answer.message);
      return answer;
    },
    show: (model, more = {}) => panel.draw({ ...respond(model), version: ++version, ...more }),
  };
  return panel;
}

declare global {
  interface Window {
    said: FromWebview[];
    state: object;
  }
}

/** What the server answers. */
export function respond(model: ViewModel): ViewResponse {
  const rangeOf = ({ start }: Span) => ({
    uri: 'file:///fraud.mlsys',
    range: { start: { line: start / 100, character: 0 }, end: { line: start / 100, character: 9 } },
  });
  return {
    uri: 'file:///fraud.mlsys',
    version: 1,
    system: 'CardFraud',
    views: VIEWS.map(({ id, title }) => ({ id, title })),
    scenarios: ['BlackFriday', 'Outage'],
    scenario: null,
    counts: { errors: 0, warnings: 1, infos: 2 },
    broken: false,
    brokenNames: [],
    model: toWire(model, rangeOf),
    mermaid: printMermaid(model),
    whatIf: null,
  };
}

/** The page of `client/preview/page.ts`, with a stand-in for VS Code's interface and its colours. */
function html(theme: ThemeName, state: string): string {
  const nonce = 'c3RhZ2U';
  const [body, style] = themed(theme);
  const policy = `default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en" style="${style}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>MLSys preview</title>
  <link rel="stylesheet" href="/main.css">
  <script nonce="${nonce}">
    window.said = [];
    window.state = ${state};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.said.push(message),
      getState: () => window.state,
      setState: (state) => { window.state = state; },
    });
  </script>
</head>
<body class="${body}">
  <main id="preview"></main>
  <script type="module" nonce="${nonce}" src="/main.js"></script>
</body>
</html>`;
}

function themed(theme: ThemeName): [body: string, style: string] {
  const { body, tokens } = THEMES[theme];
  const all = { ...tokens, '--vscode-font-family': "'Segoe UI', Arial, sans-serif" };
  return [
    body,
    Object.entries(all)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  ];
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

function serve(folder: string): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
    const type = TYPES[extname(pathname)];
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(html(searchParams.get('theme') as ThemeName, searchParams.get('state') ?? '{}'));
    } else if (type) {
      response.setHeader('content-type', type);
      response.setHeader('cache-control', 'max-age=600');
      response.end(readFileSync(join(folder, pathname)));
    } else response.writeHead(204).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
