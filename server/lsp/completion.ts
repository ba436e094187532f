import { type CompletionItem, CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import { completionAt, type Offer } from '#language/editor/completion.ts';
import { catalogDoc } from '#language/editor/hover-node.ts';
import { type Host, markdown, offsetOf } from './host.ts';

export function provideCompletion(host: Host): void {
  host.connection.onCompletion(
    host.guard(
      'completion',
      ({ textDocument, position, context }) => {
        const document = host.document(textDocument.uri);
        if (!document) return [];
        const { start, end, offers } = completionAt(
          document,
          offsetOf(document, position),
          context?.triggerCharacter === ' ',
        );
        const range = { start: document.lines.position(start), end: document.lines.position(end) };
        return offers.map((offer, i): CompletionItem => {
          const snippet = host.client.snippets ? offer.snippet : undefined;
          return {
            label: offer.label,
            kind: KINDS[offer.is],
            sortText: String(i).padStart(4, '0'),
            filterText: offer.label,
            textEdit: { range, newText: snippet ?? offer.text ?? offer.label },
            insertTextFormat: snippet === undefined ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
            ...(offer.detail && { detail: offer.detail }),
            ...(offer.doc && { documentation: markdown(offer.doc) }),
            ...(offer.is === 'catalog' && { data: { uri: textDocument.uri, name: offer.label } }),
          };
        });
      },
      [],
    ),
  );
  host.connection.onCompletionResolve((item) => host.guard('completion item', resolved(host), item)(item));
}

/** A catalog entry is read only when it is looked at: there are hundreds. */
const resolved =
  (host: Host) =>
  (item: CompletionItem): CompletionItem => {
    const document = item.data ? host.document(item.data.uri) : undefined;
    const doc = document && catalogDoc(document, item.data.name);
    return doc ? { ...item, documentation: markdown(doc) } : item;
  };

const KINDS: Readonly<Record<Offer['is'], CompletionItemKind>> = {
  kind: CompletionItemKind.Class,
  keyword: CompletionItemKind.Keyword,
  property: CompletionItemKind.Property,
  block: CompletionItemKind.Struct,
  word: CompletionItemKind.EnumMember,
  declaration: CompletionItemKind.Reference,
  catalog: CompletionItemKind.Constant,
  param: CompletionItemKind.Variable,
  scenario: CompletionItemKind.Event,
  value: CompletionItemKind.Value,
  unit: CompletionItemKind.Unit,
  member: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  rule: CompletionItemKind.Text,
};
