import type { Item, Span } from '../model/design.ts';
import type { Workspace } from '../workspace.ts';

export interface WorkspaceSymbol {
  readonly name: string;
  /** a kind of declaration, or `param` */
  readonly kind: string;
  readonly span: Span;
}

/** Every declaration, parameter and scenario of the workspace whose name has the letters of a query, in their order. */
export function* workspaceSymbols(workspace: Workspace, query: string): Generator<WorkspaceSymbol> {
  const letters = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  for (const { entries } of workspace.filesWith(''))
    for (const { item } of entries) {
      const symbol = symbolOf(item);
      if (symbol?.name && hasLetters(symbol.name.toLowerCase(), letters)) yield symbol;
    }
}

function symbolOf(item: Item): WorkspaceSymbol | undefined {
  switch (item.is) {
    case 'node':
      return { name: item.node.name, kind: item.node.kind, span: item.node.nameSpan };
    case 'param':
      return { name: item.param.name, kind: 'param', span: item.param.nameSpan };
    case 'scenario':
      return { name: item.scenario.name, kind: 'scenario', span: item.scenario.nameSpan };
    default:
      return undefined;
  }
}

/** In their order, with others between them: `fs` finds `FraudScorer`. */
function hasLetters(name: string, letters: readonly string[]): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
