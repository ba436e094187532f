import { UNIT_WORDS } from '../units/literal.ts';

/** A word, number, text, sign or comment as it stands: editor features read half-typed text by these, where no parse would hold. */
export interface Token {
  readonly is: 'word' | 'number' | 'text' | 'sign' | 'comment';
  readonly start: number;
  /** exclusive */
  readonly end: number;
  readonly text: string;
}

const UNITS = UNIT_WORDS.filter((unit) => unit !== '%')
  .sort((a, b) => b.length - a.length)
  .join('|');
const WORD_START = 'A-Za-z_\\u00AA-\\u02FF\\u0370-\\u1FFF\\u2C00-\\u2FEF\\u3040-\\uD7FF';
const WORD = `[${WORD_START}][\\w${WORD_START}]*`;
const NUMBER = `\\$?\\d(?:[\\d_]*\\d)?(?:\\.\\d+)?(?:%|[A-Za-z\\u00B5\\u03BC]\\w*(?:[+-]\\d+(?<=[eE][+-]\\d+))?)?(?:[ \\t]+(?:%|(?:${UNITS})(?![\\w.(])(?![ \\t]*[:=])))?(?:/[A-Za-z]+)?`;

const TOKEN = new RegExp(
  [
    '(?<comment>//[^\\n\\r]*|/\\*[\\s\\S]*?(?:\\*/|$))',
    '(?<text>"(?:\\\\[^\\n\\r]|[^"\\\\\\n\\r])*"?)',
    `(?<word>${WORD})`,
    `(?<number>${NUMBER})`,
    '(?<sign>->|\\.\\.|[<>=]=|[^\\s])',
  ].join('|'),
  'gu',
);

/** The tokens of `text` between two offsets; offsets are those of `text`. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  const part = to < text.length ? text.slice(0, to) : text;
  TOKEN.lastIndex = from;
  for (let m = TOKEN.exec(part); m; m = TOKEN.exec(part)) {
    const groups = m.groups!;
    const is =
      groups.word !== undefined
        ? 'word'
        : groups.number !== undefined
          ? 'number'
          : groups.comment !== undefined
            ? 'comment'
            : groups.text !== undefined
              ? 'text'
              : 'sign';
    tokens.push({ is, start: m.index, end: m.index + m[0].length, text: m[0] });
  }
  return tokens;
}

/** A character that a name may hold. */
export const isNamePart = (character: string | undefined): boolean =>
  character !== undefined && NAME_PART.test(character);

const NAME_PART = new RegExp(`^[\\w${WORD_START}]$`, 'u');

/** Whether a text can be a name. */
export const isName = (text: string): boolean => NAME.test(text);

const NAME = new RegExp(`^${WORD}$`, 'u');
