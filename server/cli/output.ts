import { styleText } from 'node:util';

/** Wrong usage, or a file that cannot be read: one line on standard error, exit status 2. */
export class UsageError extends Error {}

type Style = Parameters<typeof styleText>[0];

/** Gives a text a style, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Colour only on a terminal, and where nobody asked for none (https://no-color.org). */
export const paint: Paint = (style, text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text;

export const plain: Paint = (_, text) => text;

export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
}

/** One object, readable by people too. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** One line on standard error. */
export function complain(message: string): void {
  process.stderr.write(`mlsys: ${message.replace(/\s+/g, ' ').trim()}\n`);
}

/** A document's text on a terminal: what would move the cursor or change colours becomes visible. */
export const visible = (text: string): string => text.replace(/\t/g, '  ').replace(/[\x00-\x1f\x7f-\x9f]/g, '\ufffd');

/** `1 error`, `2 errors` */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
