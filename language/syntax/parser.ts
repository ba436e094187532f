import {
  type AstNode,
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumParser,
} from 'langium';
import { MLSysGeneratedModule, MLSysGeneratedSharedModule } from '../generated/module.ts';

export interface Parsed<T> {
  readonly item: T;
  /** offsets within the item's text */
  readonly errors: readonly { readonly message: string; readonly start: number; readonly end: number }[];
}

let langium: LangiumParser | undefined;

/** Langium's parser for our grammar; made on first use. Everything else of a Langium workspace is not needed here. */
function parser(): LangiumParser {
  if (langium) return langium;
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), MLSysGeneratedSharedModule);
  const services = inject(createDefaultCoreModule({ shared }), MLSysGeneratedModule);
  shared.ServiceRegistry.register(services);
  langium = services.parser.LangiumParser;
  return langium;
}

/** Parses one top-level item with the rule of its kind. Never throws. */
export function parseItem<T extends AstNode>(
  text: string,
  rule: 'Declaration' | 'Param' | 'Requirement' | 'Import',
): Parsed<T> {
  const result = parser().parse<T>(text, { rule });
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
