import { KINDS } from './schema/index.ts';
import { UNIT_WORDS } from './units/literal.ts';
import { FUNCTIONS } from './model/lower/expression.ts';

type Rule = Readonly<Record<string, unknown>>;

const named = (name: string, match: string): Rule => ({ name: `${name}.mlsys`, match });

const captured = (match: string, ...names: string[]): Rule => ({
  match,
  captures: Object.fromEntries(names.map((name, i) => [String(i + 1), { name: `${name}.mlsys` }])),
});

const any = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');

const WORD = '[A-Za-z_]\\w*';

/** The colours of a document before the language server speaks: kinds, units and functions come from the schema. */
export function textMateGrammar(): object {
  const kinds = any(KINDS.map((k) => k.kind));
  const words = any(UNIT_WORDS.filter((u) => u !== '%'));
  const comment: Rule = {
    patterns: [
      {
        name: 'comment.line.double-slash.mlsys',
        begin: '//',
        end: '$',
        patterns: [
          captured(
            '\\G\\s*(mlsys-ignore(?:-file)?)\\s+([a-z]+/[a-z0-9*-]+)',
            'keyword.other.suppression',
            'entity.name.tag.rule',
          ),
        ],
      },
      { name: 'comment.block.documentation.mlsys', begin: '/\\*\\*(?!/)', end: '\\*/' },
      { name: 'comment.block.mlsys', begin: '/\\*', end: '\\*/' },
    ],
  };
  const number = '(?<![\\w.])(\\$)?(\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:e[+-]?\\d+)?)';
  const quantity: Rule = {
    patterns: [
      named('constant.language.percentile', '\\bp\\d{1,2}\\b(?!\\s*:)'),
      captured(
        `${number}((?:[A-Za-z\u00b5]+|%)?(?:[ \\t]+(?:${words})(?![\\w.(])(?![ \\t]*[:=]))?(?:/[A-Za-z]+)?)`,
        'keyword.other.unit.currency',
        'constant.numeric',
        'keyword.other.unit',
      ),
    ],
  };
  const operator: Rule = {
    patterns: [
      named('keyword.operator.flow', '->|&|~'),
      named('keyword.operator.range', '\\.\\.'),
      named('keyword.operator.comparison', '<=|>=|<|>'),
      named('keyword.operator.assignment', '='),
      named('keyword.operator.arithmetic', '[*/^+-]'),
      named('keyword.operator.times', '(?<=[\\w)]\\s)x(?=\\s+[A-Za-z_])'),
      named('keyword.operator.word', '\\b(?:on|at|every|baseline|mde)\\b(?=\\s+[\\d$-])'),
      named('support.function', `\\b(?:${any(FUNCTIONS)})(?=\\s*\\()`),
    ],
  };
  const repository: Readonly<Record<string, Rule>> = {
    comment,
    string: {
      name: 'string.quoted.double.mlsys',
      begin: '"',
      end: '"|$',
      patterns: [named('constant.character.escape', '\\\\.')],
    },
    import: captured('^\\s*(import)(?=\\s+")', 'keyword.control.import'),
    param: captured(`^\\s*(param)\\s+(${WORD})(?=\\s*=)`, 'storage.type', 'variable.other.constant'),
    require: captured('^\\s*(require)(?=\\s+[^:{=\\s])', 'keyword.control.require'),
    declaration: captured(`\\b(${kinds})[ \\t]+(${WORD})(?=\\s*\\{)`, 'storage.type', 'entity.name.type'),
    block: captured(`\\b(${WORD})(?=\\s*\\{)`, 'support.type.property-name'),
    property: captured(`\\b(${WORD})\\s*(:)`, 'support.type.property-name', 'punctuation.separator.key-value'),
    quantity,
    operator,
    constant: named('constant.language', '\\b(?:true|false|auto)\\b'),
  };
  return {
    $schema: 'https://json.schemastore.org/tmlanguage.json',
    name: 'MLSys',
    scopeName: 'source.mlsys',
    fileTypes: ['mlsys'],
    patterns: Object.keys(repository).map((name) => ({ include: `#${name}` })),
    repository,
  };
}
