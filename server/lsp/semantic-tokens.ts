import { SemanticTokensBuilder, type SemanticTokensLegend } from 'vscode-languageserver';
import { semanticTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from '#language/editor/semantic-tokens.ts';
import type { Host } from './host.ts';

export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] };

export function provideSemanticTokens(host: Host): void {
  host.connection.languages.semanticTokens.on(
    host.guard(
      'semantic tokens',
      ({ textDocument }) => {
        const document = host.document(textDocument.uri);
        const builder = new SemanticTokensBuilder();
        for (const { start, end, type, modifier } of document ? semanticTokens(document) : []) {
          const { line, character } = document!.lines.position(start);
          builder.push(
            line,
            character,
            end - start,
            TOKEN_TYPES.indexOf(type),
            modifier ? 1 << TOKEN_MODIFIERS.indexOf(modifier) : 0,
          );
        }
        return builder.build();
      },
      { data: [] },
    ),
  );
}
