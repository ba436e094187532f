import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'langium';

/** The URIs of the designs in folders; `node_modules` and folders whose name begins with a dot are left out. */
export const designsIn = (folders: readonly string[]): string[] =>
  folders.flatMap((uri) => [...walk(URI.parse(uri).fsPath)].map((path) => URI.file(path).toString()));

function* walk(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules') yield* walk(path);
    else if (entry.isFile() && entry.name.endsWith('.mlsys')) yield path;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // it has vanished, or may not be read
  }
}
