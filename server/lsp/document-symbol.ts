import { SymbolKind } from 'vscode-languageserver';
import { symbolsOf } from '#language/editor/symbols.ts';
import { type Host, rangeOf } from './host.ts';

export function provideDocumentSymbols(host: Host): void {
  host.connection.onDocumentSymbol(
    host.guard(
      'symbols',
      ({ textDocument }) => {
        const document = host.document(textDocument.uri);
        if (!document) return [];
        return symbolsOf(document).map(({ name, kind, detail, span, nameSpan }) => ({
          name,
          detail,
          kind: symbolKind(kind),
          range: rangeOf(document, span),
          selectionRange: rangeOf(document, nameSpan),
        }));
      },
      [],
    ),
  );
}

/** How editors show a kind of declaration. */
export const symbolKind = (kind: string): SymbolKind => (Object.hasOwn(KINDS, kind) ? KINDS[kind]! : SymbolKind.Object);

const KINDS: Readonly<Record<string, SymbolKind>> = {
  system: SymbolKind.Package,
  source: SymbolKind.File,
  entity: SymbolKind.Key,
  pipeline: SymbolKind.Function,
  featurestore: SymbolKind.Namespace,
  features: SymbolKind.Struct,
  index: SymbolKind.Array,
  model: SymbolKind.Class,
  training: SymbolKind.Constructor,
  registry: SymbolKind.Module,
  serving: SymbolKind.Interface,
  gateway: SymbolKind.Interface,
  service: SymbolKind.Interface,
  request: SymbolKind.Method,
  feedback: SymbolKind.Operator,
  experiment: SymbolKind.Enum,
  monitor: SymbolKind.Event,
  cluster: SymbolKind.Object,
  hardware: SymbolKind.Constant,
  price: SymbolKind.Number,
  tech: SymbolKind.Constant,
  scenario: SymbolKind.TypeParameter,
  param: SymbolKind.Variable,
  require: SymbolKind.Boolean,
};
