import { writeFileSync } from 'node:fs';
import { changed, format } from '#language/format.ts';
import { type Text, textsOf } from './files.ts';
import { counted, print, UsageError } from './output.ts';

export interface FormatOptions {
  /** says what is not formatted, and writes nothing */
  readonly check?: true;
}

/** Formats files and folders in place, or standard input to standard output. Gives the exit status. */
export async function formatFiles(paths: readonly string[], { check }: FormatOptions): Promise<number> {
  if (paths.includes('-') && paths.length > 1) throw new UsageError('format reads - alone, without other files.');
  const texts = await textsOf(paths.length > 0 ? paths : ['.']);
  const others = texts.flatMap((text) => {
    const changes = format(text.text);
    return changes.length > 0 ? [{ ...text, made: changed(text.text, changes) }] : [];
  });
  const [input] = texts;
  if (input?.path === null && !check) {
    process.stdout.write(others[0]?.made ?? input.text);
    return 0;
  }
  if (!check) for (const { made, ...text } of others) write(text, made);
  const all = counted(texts.length, 'file');
  const done = check ? `not formatted: ${others.length} of ${all}` : `formatted ${others.length} of ${all}`;
  print([...others.map(({ name }) => name), done].join('\n'));
  return check && others.length > 0 ? 1 : 0;
}

function write({ name, path }: Text, text: string): void {
  if (path === null) return;
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${name}: cannot be written (${code})`);
  }
}
