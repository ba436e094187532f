import {
  type AstNode,
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  DefaultTokenBuilder,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type LangiumParser,
} from 'langium';
import { MLSysGeneratedModule, MLSysGeneratedSharedModule } from '../generated/module.ts';

export interface Parsed<T> {
  readonly item: T;
  /** offsets within the item's text */
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

let langium: LangiumCoreServices['parser'] | undefined;

/** Langium's lexer and parser for our grammar; made on first use. Everything else of a Langium workspace is not needed here. */
function services(): LangiumCoreServices['parser'] {
  if (langium) return langium;
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), MLSysGeneratedSharedModule);
  const made = inject(createDefaultCoreModule({ shared }), MLSysGeneratedModule, TOKENS);
  shared.ServiceRegistry.register(made);
  langium = made.parser;
  return langium;
}

/** Says of each token what Langium and Chevrotain would find out by taking its pattern apart: a fifth of the time until the first text is read. */
class KnownTokens extends DefaultTokenBuilder {
  protected override buildTerminalToken(...[terminal]: Parameters<DefaultTokenBuilder['buildTerminalToken']>) {
    const token = super.buildTerminalToken(terminal);
    return { ...token, LINE_BREAKS: MANY_LINES.has(token.name) };
  }
  /** of what is longer than a sign only comments begin with one */
  protected override findLongerAlt(...[keyword, terminals]: Parameters<DefaultTokenBuilder['findLongerAlt']>) {
    return keyword.value === '/' ? super.findLongerAlt(keyword, terminals) : [];
  }
}

const MANY_LINES: ReadonlySet<string> = new Set(['WS', 'BLOCK_COMMENT']);
const TOKENS = { parser: { TokenBuilder: () => new KnownTokens() } };

/** A word, sign or comment as the grammar sees it; everything between two of them is white space. */
export interface Lexeme {
  /** a terminal of the grammar such as `KEY` or `QUANTITY`; a sign is called by itself */
  readonly is: string;
  readonly text: string;
  readonly start: number;
  /** exclusive */
  readonly end: number;
}

/** The lexemes of one top-level item, comments among them, in order. */
export function lexemesOf(text: string): Lexeme[] {
  const { tokens, hidden } = services().Lexer.tokenize(text);
  return [...tokens, ...hidden]
    .map(({ tokenType, image, startOffset }) => ({
      is: tokenType.name,
      text: image,
      start: startOffset,
      end: startOffset + image.length,
    }))
    .sort((a, b) => a.start - b.start);
}

/** Parses one top-level item with the rule of its kind. Never throws. */
export function parseItem<T extends AstNode>(
  text: string,
  rule: 'Declaration' | 'Param' | 'Requirement' | 'Import',
): Parsed<T> {
  const result = services().LangiumParser.parse<T>(text, { rule });
  const lexer = result.lexerErrors.map((e) => ({
    message: unexpected(text.slice(e.offset, e.offset + Math.max(1, e.length))),
    start: e.offset,
    end: e.offset + Math.max(1, e.length),
  }));
  const parse = result.parserErrors.map((e) => {
    // the end of the text is a token without a place
    const known = e.token.startOffset >= 0;
    const start = known ? e.token.startOffset : text.length;
    const end = known ? (e.token.endOffset ?? start) + 1 : text.length;
    return {
      message: expected(e, known ? text.slice(start, end) : ''),
      start: known ? start : Math.max(0, text.length - 1),
      end,
    };
  });
  return { item: result.value, errors: [...lexer, ...parse] };
}

function unexpected(found: string): string {
  if (found[0] === ';') return 'A property needs no `;`: a new line or a blank ends it.';
  if (found[0] === '"') return 'A text needs its closing `"` on the same line.';
  return `\`${found}\` has no meaning here.`;
}

type ParserError = ReturnType<LangiumParser['parse']>['parserErrors'][number];

/** In words: what stood there, and what may stand there. */
function expected(error: ParserError, found: string): string {
  const what = found ? `\`${found}\` cannot stand here` : 'The text ends too early';
  if (/^(?:[-+*/^&<>]|->|\.\.|[<>]=)$/.test(found)) return `A value is missing beside \`${found}\`.`;
  if (found === '(' || found === '[') return `This \`${found}\` is not closed.`;
  const rules = (error.context?.ruleStack ?? []) as string[];
  const inner =
    rules.findLast((r) =>
      /^(Value|Phrase|Binary|Prefix|Postfix|Primary|Entry|Property|Block|Declaration|Document|Assignment)$/.test(r),
    ) ?? '';
  if (/^(Postfix|Primary|Prefix|Binary|Phrase|Value)$/.test(inner))
    return `${what}: a value is missing, such as \`20ms\`, \`12k/s\`, a word or a name.`;
  if (inner === 'Declaration' || inner === 'Block' || inner === 'Entry')
    return `${what}: expected \`property: value\`, a block \`name { ... }\`, or \`}\`.`;
  return `${what}.`;
}
