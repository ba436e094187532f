import type { Document } from '#language/workspace.ts';

/** What a view prints for a document, as Mermaid text. */
export async function printer(): Promise<(document: Document, view: string) => string> {
  const { buildView } = await import('#language/views/index.ts');
  const { printMermaid } = await import('#language/views/mermaid.ts');
  return (document, view) => printMermaid(buildView(document, { view }));
}
