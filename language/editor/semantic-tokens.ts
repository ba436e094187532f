import { linksOf, isParam } from '../model/links.ts';
import type { Span } from '../model/design.ts';
import { kindOf } from '../schema/index.ts';
import type { Document } from '../workspace.ts';
import { type Token, tokensOf } from './tokens.ts';
import { propertiesWithin } from './walk.ts';

/** What a word means, in the token types that every LSP client knows. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
  'variable',
  'property',
  'enumMember',
  'parameter',
  'function',
  'number',
  'string',
  'operator',
  'comment',
  'type',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'defaultLibrary'] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

export interface SemanticToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifier?: (typeof TOKEN_MODIFIERS)[number];
}

type Meaning = Pick<SemanticToken, 'type' | 'modifier'>;

/** Every token of a document with its meaning, in order; none goes over the end of a line. */
export function semanticTokens(document: Document): SemanticToken[] {
  const meanings = meaningsOf(document);
  const tokens = tokensOf(document.text);
  return tokens.flatMap((token, i): SemanticToken[] => {
    const meaning = meanings.get(token.start) ?? lexical(token, tokens[i - 1], tokens[i + 1]);
    if (!meaning) return [];
    return token.is === 'comment' ? lines(token, meaning) : [{ start: token.start, end: token.end, ...meaning }];
  });
}

/** What the design says of words, by where they begin. */
function meaningsOf(document: Document): Map<number, Meaning> {
  const { design } = document;
  const meanings = new Map<number, Meaning>();
  const mark = (span: Span, type: TokenType, modifier?: Meaning['modifier']) =>
    span.at.uri === design.uri &&
    span.end > span.start &&
    meanings.set(span.at.offset + span.start, { type, ...(modifier && { modifier }) });
  for (const { item } of document.file.entries) {
    if (item.is === 'param') mark(item.param.nameSpan, 'parameter', 'declaration');
    if (item.is === 'scenario') mark(item.scenario.nameSpan, 'class', 'declaration');
    if (item.is !== 'node') continue;
    mark(item.node.nameSpan, 'class', 'declaration');
    for (const { property } of propertiesWithin(item.node.properties.values())) {
      const { value } = property;
      if (value.form === 'words') for (const word of value.words) mark(word.span, 'enumMember');
      if (value.form === 'actions') for (const action of value.actions) mark(action.span, 'enumMember');
      if (value.form === 'primary') mark(value.metric.span, 'variable');
    }
  }
  for (const { span, target } of linksOf(design)) {
    if (!target) continue;
    if (isParam(target)) mark(span, 'parameter');
    else mark(span, 'class', design.isCatalog(target) ? 'defaultLibrary' : undefined);
  }
  return meanings;
}

/** What the place of a word among its neighbours says. */
function lexical(token: Token, before: Token | undefined, after: Token | undefined): Meaning | undefined {
  if (token.is === 'number') return { type: 'number' };
  if (token.is === 'text') return { type: 'string' };
  if (token.is === 'comment') return { type: 'comment' };
  if (token.is === 'sign')
    return /^(?:->|\.\.|[<>=]=|[-&~*+/^<>=])$/.test(token.text) ? { type: 'operator' } : undefined;
  if (after?.text === ':' || after?.text === '{' || before?.text === '.') return { type: 'property' };
  if (after?.is === 'word' && (kindOf(token.text) || token.text === 'param')) return { type: 'keyword' };
  if (/^(require|import)$/.test(token.text) && after) return { type: 'keyword' };
  if (after?.text === '(') return { type: 'function' };
  if (/^(auto|base|every|on|at|x|baseline|mde|p\d+|true|false)$/.test(token.text)) return { type: 'enumMember' };
  return undefined;
}

function lines({ text, start }: Token, meaning: Meaning): SemanticToken[] {
  const found: SemanticToken[] = [];
  let at = start;
  for (const line of text.split('\n')) {
    const length = line.replace(/\r$/, '').length;
    if (length > 0) found.push({ start: at, end: at + length, ...meaning });
    at += line.length + 1;
  }
  return found;
}
