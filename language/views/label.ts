import type { DiagramNode, Participant, Severity } from './view.ts';

/** The sign before a name that has a finding; U+FE0E keeps a platform from drawing an emoji. */
export const MARKERS: Readonly<Record<Severity, string>> = { error: '✖', warning: '⚠\uFE0E', info: 'ℹ\uFE0E' };

/** A name longer than this is cut in the middle: generated names differ at their ends. In Latin letters. */
const NAME = 24;
/** Of a name with its marker, and of any other line; Mermaid breaks lines at about 60 letters. */
const WIDTHS = { first: 28, other: 40 };
/** Three such nodes in one row are about 630 px wide, which the panel shrinks to 581 px at most. */
const WIDTHS_IN_THREE = { first: 22, other: 26 };
/** Half of a participant's name: seven lifelines stand in 581 px. */
const HALF_NAME = 12;

/**
 * What stands on a node, as plain text: the name with its marker, then what it is and its figures. `neighbours`: how many
 * nodes its group has.
 */
export function nodeLines(node: Pick<DiagramNode, 'lines' | 'severity'>, neighbours = 1): string[] {
  const [name = '', ...rest] = node.lines.map(plain).filter((line) => line !== '');
  const { first, other } = neighbours < 3 ? WIDTHS : WIDTHS_IN_THREE;
  return [marked(name, node.severity, first), ...rest.map((line) => within(line, other))];
}

/** A lifeline's head: in two lines, broken where a word of the name begins. */
export function participantLines(participant: Pick<Participant, 'name' | 'severity'>): string[] {
  const words = plain(participant.name).split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=_)|(?<=\s)/u);
  const halves = words
    .slice(1)
    .map((_, i) => [
      words
        .slice(0, i + 1)
        .join('')
        .trim(),
      words.slice(i + 1).join(''),
    ])
    .toSorted((a, b) => longest(a) - longest(b))[0] ?? [words.join('')];
  const [first = '', ...second] = halves.map((half) => shorten(half, HALF_NAME));
  return [marked(first, participant.severity, WIDTHS.first), ...second];
}

/** A title or an edge's label: one line. */
export function titleLine(text: string): string {
  return within(plain(text), WIDTHS.other);
}

/** What a screen reader says: `warning: CardProfile v2, Spark, 3 columns, fresh 36 h`, every name in full. */
export function nodeLabel(node: { readonly lines: readonly string[]; readonly severity?: Severity }): string {
  const text = node.lines
    .map((line) =>
      plain(line)
        .replace(/[▰▱↻→]+ ?/g, '')
        .replaceAll(' · ', ', '),
    )
    .filter((line) => line !== '')
    .join(', ');
  // its sign is a letter to checkers of accessibility: the name has to begin with it as the visible text does
  if (node.severity === 'info') return `${MARKERS.info} ${text}, info`;
  return node.severity ? `${node.severity}: ${text}` : text;
}

/** The width of a text in Latin letters: East Asian wide characters and emoji count as two, marks as none. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1), 0);
}

const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** One line of visible characters: no line breaks, controls, halves of a character, or overrides of the reading direction. */
export function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cs}\p{Co}\p{Cn}]/gu, '\uFFFD')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** Keeps about two thirds of what fits from the start, the rest from the end. */
export function shorten(text: string, width = NAME): string {
  if (textWidth(text) <= width) return text;
  const end = Math.floor(((width - 1) * 8) / 23);
  return `${start([...text], width - 1 - end)}…${start([...text].reverse(), end, true)}`;
}

function start(characters: readonly string[], width: number, reversed = false): string {
  let [taken, used] = ['', 0];
  for (const character of characters) {
    used += textWidth(character);
    if (used > width) break;
    taken = reversed ? character + taken : taken + character;
  }
  return taken;
}

function marked(name: string, severity: Severity | undefined, width: number): string {
  return severity ? `${MARKERS[severity]} ${within(name, width - 2)}` : within(name, width);
}

/** Cuts the names in a line first, its longest word next, and the line itself only where that is not enough. */
function within(line: string, width: number): string {
  const words = line.split(' ').map((word) => shorten(word));
  const excess = textWidth(words.join(' ')) - width;
  if (excess <= 0) return words.join(' ');
  const word = words.toSorted((a, b) => textWidth(b) - textWidth(a))[0]!;
  words[words.indexOf(word)] = shorten(word, Math.max(HALF_NAME, textWidth(word) - excess));
  return shorten(words.join(' '), width);
}

function longest(parts: readonly string[]): number {
  return Math.max(...parts.map(textWidth));
}
