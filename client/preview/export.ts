import { env, Uri, window, workspace } from 'vscode';
import type { FromWebview } from './messages.ts';

const FILES = { svg: 'svg', png: 'png', mermaid: 'mmd' } as const;
const NAMES = { svg: 'SVG', png: 'PNG', mermaid: 'Mermaid' } as const;

/** Puts an exported view into the clipboard, or into the file that the user names: `fraud-lifecycle.svg` beside the design. */
export async function take(exported: Extract<FromWebview, { type: 'exported' }>, design: Uri): Promise<void> {
  const { format, name, text = '', base64 } = exported;
  if (format === 'markdown') {
    await env.clipboard.writeText(text);
    window.setStatusBarMessage('MLSys: the view is in the clipboard, as Markdown', 5000);
    return;
  }
  const file = design.path
    .split('/')
    .at(-1)!
    .replace(/\.mlsys$/, '');
  const defaultUri = Uri.joinPath(design, '..', `${file}-${name}.${FILES[format]}`);
  const uri = await window.showSaveDialog({ defaultUri, filters: { [NAMES[format]]: [FILES[format]] } });
  if (!uri) return;
  const bytes = base64 === undefined ? new TextEncoder().encode(text) : bytesOf(base64);
  try {
    await workspace.fs.writeFile(uri, bytes);
  } catch (error) {
    await window.showErrorMessage(
      `MLSys could not write ${uri.path}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
