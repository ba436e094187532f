import { type Levels, type Mistake, readLevels } from './severity.ts';

/** What `mlsys.json` says, as far as it can be read. */
export interface Configuration {
  readonly uri: string;
  readonly text: string;
  readonly levels: Levels;
  readonly mistakes: readonly Mistake[];
}

const NAME = 'mlsys.json';

/** The `mlsys.json` files of a session. The nearest counts, beside a document or in a folder above it. */
export class Configurations {
  readonly #load: (uri: string) => string | undefined;
  readonly #known = new Map<string, Configuration | null>();

  constructor(load: (uri: string) => string | undefined) {
    this.#load = load;
  }

  static isOne(uri: string): boolean {
    return uri.endsWith(`/${NAME}`);
  }

  /** Those that were found so far. */
  get found(): readonly Configuration[] {
    return [...this.#known.values()].filter((c) => c !== null);
  }

  /** The one that counts for a document. */
  of(uri: string): Configuration | undefined {
    const root = uri.includes('://') ? uri.indexOf('/', uri.indexOf('://') + 3) : -1;
    for (let end = uri.lastIndexOf('/'); root >= 0 && end >= root; end = uri.lastIndexOf('/', end - 1)) {
      const found = this.#at(`${uri.slice(0, end)}/${NAME}`);
      if (found) return found;
    }
    return undefined;
  }

  /** A file changed on disk. */
  forget(uri: string): void {
    this.#known.delete(uri);
  }

  #at(uri: string): Configuration | null {
    let known = this.#known.get(uri);
    if (known === undefined) {
      const text = this.#load(uri);
      known = text === undefined ? null : read(uri, text);
      this.#known.set(uri, known);
    }
    return known;
  }
}

function read(uri: string, text: string): Configuration {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { uri, text, ...readLevels('rules' in value ? value.rules : undefined) };
    return {
      uri,
      text,
      levels: [],
      mistakes: [{ message: 'It must be an object, such as {"rules": {"style/*": "off"}}.' }],
    };
  } catch (error) {
    return { uri, text, levels: [], mistakes: [{ message: `It is not JSON: ${(error as Error).message}.` }] };
  }
}
