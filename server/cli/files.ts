import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { URI } from 'langium';
import { Configurations, type Document, Workspace } from '#language/index.ts';
import { today } from '../today.ts';
import { UsageError } from './output.ts';

/** Files of the command line, by their URI under the name that they were given. */
export class Files {
  readonly workspace = new Workspace((uri) => this.load(uri));
  private readonly configurations = new Configurations((uri) => this.load(uri));
  private readonly names = new Map<string, string>();

  constructor() {
    this.workspace.today = today;
    this.workspace.levelsOf = (uri) => this.configurations.of(uri)?.levels ?? [];
  }

  /** What is wrong with the `mlsys.json` files that were read, a line each; one that is no JSON ends the run. */
  complaints(): string[] {
    return this.configurations.found.flatMap(({ uri, mistakes }) =>
      mistakes.map(({ key, message }) => {
        const line = `${this.nameOf(uri)}: ${message}`;
        if (key === undefined) throw new UsageError(line);
        return line;
      }),
    );
  }

  /** Opens a file, or standard input for `-`. */
  async open(name: string): Promise<Document> {
    const bytes = name === '-' ? await readInput() : read(located(name), name);
    return this.add(name, decoded(bytes, name));
  }

  /** Opens files, and of folders every design in them, each once. */
  async openAll(paths: readonly string[]): Promise<Document[]> {
    const uris = new Set<string>();
    for (const name of paths.flatMap(expanded)) uris.add((await this.open(name)).uri);
    // opening one renews those that import it
    return [...uris].map((uri) => this.workspace.get(uri)!);
  }

  /** As it was given; an imported file by its path from the caller's folder, a catalog file by its URI. */
  nameOf(uri: string): string {
    return this.names.get(uri) ?? (uri.startsWith('file:') ? relative(callersFolder(), URI.parse(uri).fsPath) : uri);
  }

  private add(name: string, text: string): Document {
    const uri = URI.file(name === '-' ? resolve(callersFolder(), '-') : located(name)).toString();
    const known = this.workspace.get(uri);
    if (known) return known;
    this.names.set(uri, name);
    return this.workspace.update(uri, text);
  }

  /** An imported file that is not there is a finding; one that cannot be read ends the run. */
  private load(uri: string): string | undefined {
    const path = URI.parse(uri).fsPath;
    if (!existsSync(path) || statSync(path).isDirectory()) return undefined;
    const name = this.nameOf(uri);
    return decoded(read(path, name), name);
  }
}

/** A file as text, with its byte order mark if it has one. */
export interface Text {
  readonly name: string;
  /** null for standard input */
  readonly path: string | null;
  readonly text: string;
}

/** Files, and of folders every design in them, each once; standard input for `-`. */
export async function textsOf(paths: readonly string[]): Promise<Text[]> {
  const texts = new Map<string | null, Text>();
  for (const name of paths.flatMap(expanded)) {
    const path = name === '-' ? null : located(name);
    if (texts.has(path)) continue;
    const bytes = path === null ? await readInput() : read(path, name);
    texts.set(path, { name, path, text: decoded(bytes, name, true) });
  }
  return [...texts.values()];
}

/** A folder becomes the designs in it, sorted; `node_modules` and folders whose name begins with a dot are left out. */
function expanded(name: string): string[] {
  if (name === '-') return [name];
  const path = located(name);
  return attempt(name, () => statSync(path).isDirectory()) ? designsIn(path, name) : [name];
}

function designsIn(path: string, name: string): string[] {
  const entries = attempt(name, () => readdirSync(path, { withFileTypes: true }));
  const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1);
  return entries.sort(byName).flatMap((entry) => {
    const inner = join(name, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || entry.name === 'node_modules'
        ? []
        : designsIn(join(path, entry.name), inner);
    }
    return entry.name.endsWith('.mlsys') ? [inner] : [];
  });
}

/** Where a path of the command line is: in the caller's folder; should nothing be there, in the folder of the process. */
function located(name: string): string {
  const path = resolve(callersFolder(), name);
  return existsSync(path) || !existsSync(name) ? path : resolve(name);
}

/**
 * The folder that relative paths start from. `npm run mlsys` changes to the package's folder and leaves the caller's in
 * INIT_CWD; under any other npm script (a design's own `lint`, say) INIT_CWD says nothing about the paths in it.
 */
export function callersFolder(): string {
  const { npm_lifecycle_event: script, npm_package_json: manifest, INIT_CWD: caller } = process.env;
  const ours = script === 'mlsys' && manifest === join(process.cwd(), 'package.json');
  return ours && caller ? caller : process.cwd();
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const read = (path: string, name: string): Uint8Array => attempt(name, () => readFileSync(path));

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'this is a folder, not a file',
};

function attempt<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${name}: ${(code && REASONS[code]) ?? message}`);
  }
}

function decoded(bytes: Uint8Array, name: string, ignoreBOM = false): string {
  if (bytes.includes(0)) throw new UsageError(`${name}: not a text in UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(bytes);
  } catch {
    throw new UsageError(`${name}: not a text in UTF-8`);
  }
}
