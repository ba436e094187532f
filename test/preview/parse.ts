import { Window } from 'happy-dom';

/** What the real Mermaid read out of a text: labels by id, with its own marks for entities decoded. */
export interface Parsed {
  readonly nodes: Readonly<Record<string, string>>;
  readonly edges: readonly string[];
  readonly groups: readonly string[];
  readonly actors: Readonly<Record<string, string>>;
  readonly messages: readonly string[];
}

/** Mermaid looks for a DOM when it is imported, so one has to be there before. */
export async function openMermaid(): Promise<(text: string) => Promise<Parsed>> {
  const window = new Window();
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
  return async (text) => {
    const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as { db: Database };
    const actors = [...(db.getActors?.() ?? [])].map(([id, actor]) => [id, decode(actor.description)]);
    return {
      nodes: Object.fromEntries([...(db.getVertices?.() ?? [])].map(([id, vertex]) => [id, decode(vertex.text)])),
      edges: (db.getEdges?.() ?? []).map((edge) => decode(edge.text)),
      groups: (db.getSubGraphs?.() ?? []).map((group) => decode(group.title)),
      actors: Object.fromEntries(actors),
      messages: (db.getMessages?.() ?? [])
        .filter((m) => typeof m.message === 'string' && m.message !== '')
        .map((m) => decode(m.message as string)),
    };
  };
}

interface Database {
  getVertices?(): Map<string, { readonly text: string }>;
  getEdges?(): { readonly text: string }[];
  getSubGraphs?(): { readonly title: string }[];
  getActors?(): Map<string, { readonly description: string }>;
  getMessages?(): { readonly message: unknown }[];
}

/** Mermaid writes `#NN;` as `ﬂ°°NN¶ß` before it parses. The joiner after a backslash is not to be seen. */
function decode(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code))).replaceAll('\u2060', '');
}
