import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { type Fold, foldsOf } from '#language/editor/folding.ts';
import type { Host } from './host.ts';

export function provideFolding(host: Host): void {
  host.connection.onFoldingRanges(
    host.guard(
      'folding',
      ({ textDocument: { uri } }) => {
        const document = host.document(uri);
        return (document ? foldsOf(document) : []).map(
          ({ first, last, is }): FoldingRange => ({
            startLine: first,
            endLine: last,
            ...(KINDS[is] && { kind: KINDS[is] }),
          }),
        );
      },
      [],
    ),
  );
}

const KINDS: Readonly<Record<Fold['is'], FoldingRangeKind | undefined>> = {
  code: undefined,
  comment: FoldingRangeKind.Comment,
  imports: FoldingRangeKind.Imports,
};
