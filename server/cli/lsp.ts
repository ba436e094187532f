/** The language server for any editor: what `dist/server.cjs` is, under the one program. Runs until the editor ends it. */
export async function lsp(): Promise<void> {
  // it finds `--stdio` among the arguments of the process
  await import('../node.ts');
}
