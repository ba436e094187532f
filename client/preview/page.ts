import { Uri, type Webview } from 'vscode';

/** Where `esbuild.ts` puts the page's script, its chunks and its style sheet. */
export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'webview');

/** The page of a preview. The nonce serves the script's own dynamic imports too. */
export function page(webview: Webview, extension: Uri): string {
  const nonce = randomNonce();
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), name));
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
    // Mermaid writes a style element into each diagram.
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>MLSys preview</title>
  <link rel="stylesheet" href="${file('main.css')}">
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems": true}'>
  <main id="preview"></main>
  <script type="module" nonce="${nonce}" src="${file('main.js')}"></script>
</body>
</html>`;
}

function randomNonce(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
