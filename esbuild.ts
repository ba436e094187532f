/**
 * Bundles what ships into `dist/`, and the tests for VS Code into `out-test/`.
 *
 *     node esbuild.ts [NAME...] [--dev]      all that ships, or the named bundles; --dev: readable, with source maps
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const { values, positionals } = parseArgs({
  options: { dev: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const common: BuildOptions = {
  bundle: true,
  absWorkingDir: import.meta.dirname,
  minify: !values.dev,
  sourcemap: values.dev ? 'linked' : false,
  logLevel: 'warning',
  legalComments: 'none',
  loader: { '.md': 'text', '.mlsys': 'text' },
};

/** The parser (chevrotain) calls `Object.groupBy`, which came with Node 21: VS Code 1.100 and a system's Node 20 lack it. */
const GROUP_BY = `Object.groupBy ??= (items, keyOf) => {
  const groups = Object.create(null);
  let index = 0;
  for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
  return groups;
};`;

/** Langium would bring a second copy of the protocol's library, of another version, for two classes: the server's has them too. */
const oneProtocol: Plugin = {
  name: 'one-protocol',
  setup({ onResolve, resolve }) {
    const resolveDir = join(import.meta.dirname, 'node_modules/vscode-languageserver');
    onResolve({ filter: /^vscode-languageserver-protocol$/ }, ({ kind, path, importer }) =>
      /[\\/]langium[\\/]/.test(importer) ? resolve(path, { kind, resolveDir }) : undefined,
    );
  },
};

const node: BuildOptions = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };
const language: BuildOptions = { ...node, banner: { js: GROUP_BY }, plugins: [oneProtocol] };
const browser: BuildOptions = { ...common, platform: 'browser', target: 'es2023', external: ['vscode'] };
const languageInBrowser: BuildOptions = { ...browser, banner: { js: GROUP_BY }, plugins: [oneProtocol] };

/**
 * Of Mermaid's diagrams only flowchart and sequence, of its layouts only dagre: 1 MB instead of 5. Each loads the first time it is
 * drawn, so what is left out is whatever Mermaid imports dynamically under another name.
 */
const slimMermaid: Plugin = {
  name: 'slim-mermaid',
  setup({ onResolve, onLoad }) {
    const kept = /\/(flowDiagram|sequenceDiagram|dagre|sizeCapture)-\w+\.mjs$/;
    onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
      const left = kind === 'dynamic-import' && /[\\/]mermaid[\\/]dist[\\/]/.test(importer) && !kept.test(path);
      return left ? { path, namespace: 'left-out' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: 'export default {}; export const diagram = {};',
    }));
  },
};

/**
 * Two places of Mermaid that take half of a drawing's time: it copies its whole configuration each time that one value is asked for,
 * and measures every label to see whether it has to be broken. The copy is kept until the configuration changes, and a text
 * that is shorter than the width in the widest letters (16 px at 12 px type) is not measured.
 */
const QUICK: readonly (readonly [slow: string, quick: string])[] = [
  ['return assignWithDepth_default({}, currentConfig);', 'return quickCopy(currentConfig);'],
  ['return assignWithDepth_default({}, siteConfig);', 'return quickCopy(siteConfig);'],
  [
    '=> computeWidthOfText(labelGroup, lineHeight, line2) <= width',
    "=> 16 * line2.map(({ content }) => content).join(' ').length <= width || computeWidthOfText(labelGroup, lineHeight, line2) <= width",
  ],
];

const QUICK_COPY = `
const quickCopies = new WeakMap();
function quickCopy(config) {
  if (!quickCopies.has(config)) quickCopies.set(config, assignWithDepth_default({}, config));
  return quickCopies.get(config);
}
`;

const quickMermaid: Plugin = {
  name: 'quick-mermaid',
  setup({ onLoad, onEnd }) {
    const left = new Set(QUICK.map(([slow]) => slow));
    onLoad({ filter: /[\\/]mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-\w+\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const found = QUICK.filter(([slow]) => text.includes(slow));
      if (found.length === 0) return undefined;
      for (const [slow] of found) left.delete(slow);
      const quick = found.reduce((source, [slow, better]) => source.replace(slow, () => better), text);
      return { contents: quick.includes('quickCopy(') ? `${quick}${QUICK_COPY}` : quick };
    });
    onEnd(() => {
      if (left.size > 0)
        throw new Error(`Mermaid is no longer written as quick-mermaid expects: ${[...left].join(' ')}`);
    });
  },
};

const bundles: Readonly<Record<string, BuildOptions>> = {
  extension: { ...node, entryPoints: ['client/extension.ts'], outfile: 'dist/extension.cjs' },
  // two files, for what is compiled is cached by file
  server: {
    ...node,
    entryPoints: ['server/start.ts'],
    outfile: 'dist/server.cjs',
    external: ['./language-server.cjs'],
  },
  'language-server': { ...language, entryPoints: ['server/node.ts'], outfile: 'dist/language-server.cjs' },
  // VS Code for the Web runs the client in a worker, and the server in another.
  'extension-web': { ...browser, entryPoints: ['client/web.ts'], outfile: 'dist/extension.web.cjs', format: 'cjs' },
  'server-web': {
    ...languageInBrowser,
    entryPoints: ['server/worker.ts'],
    outfile: 'dist/server.web.js',
    format: 'iife',
  },
  cli: { ...language, entryPoints: ['server/cli/main.ts'], outfile: 'dist/cli.cjs' },
  webview: {
    ...browser,
    // the preview's page, and the one that draws for the command line
    entryPoints: { main: 'client/preview/webview/main.ts', print: 'client/preview/webview/print.ts' },
    outdir: 'dist/webview',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [slimMermaid, quickMermaid],
  },
};

const tests: typeof bundles = {
  'vscode-tests': {
    ...node,
    entryPoints: ['test/vscode/run.ts'],
    outfile: 'out-test/vscode.cjs',
    external: ['vscode', 'mocha'],
    minify: false,
    sourcemap: 'inline',
  },
  'vscode-tests-web': {
    ...browser,
    entryPoints: ['test/vscode/run.web.ts'],
    outfile: 'out-test/vscode.web.cjs',
    alias: { 'node:assert/strict': './test/vscode/assert.ts' },
    define: { 'process.env.NODE_DEBUG': 'undefined' },
    // Mocha's browser build sets `module.exports` to itself: what VS Code looks for there is set after it.
    format: 'iife',
    globalName: 'suites',
    footer: { js: 'module.exports = suites;' },
    minify: false,
    sourcemap: 'inline',
  },
};

const asked = positionals.length > 0 ? positionals : Object.keys(bundles);
const known: typeof bundles = { ...bundles, ...tests };
const unknown = asked.filter((name) => !known[name]);
if (unknown.length > 0) throw new Error(`No bundle is named ${unknown}. There are ${Object.keys(known).join(', ')}.`);

// Chunks are named by their content: old ones would pile up and be packaged.
if (asked.includes('webview')) rmSync('dist/webview', { recursive: true, force: true });
const built = await Promise.allSettled(asked.map((name) => build(known[name]!)));
if (built.some(({ status }) => status === 'rejected')) process.exit(1); // esbuild has said why
