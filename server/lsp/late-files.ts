import type { Loader } from '#language/index.ts';

/** Files whose text arrives later than it is asked for: until then they count as not there, or as they were. */
export class LateFiles {
  readonly #read: (uri: string) => Promise<string | undefined>;
  readonly #texts = new Map<string, string | undefined>();
  readonly #newest = new Map<string, Promise<string | undefined>>();
  #arrived: (uri: string) => void = () => {};

  /** `read` may reject: the file is then not there. */
  constructor(read: (uri: string) => Promise<string | undefined>) {
    this.#read = read;
  }

  /** Calls `arrived` whenever `load` gives another text than before. */
  onArrival(arrived: (uri: string) => void): void {
    this.#arrived = arrived;
  }

  readonly load: Loader = (uri) => {
    if (!this.#texts.has(uri)) {
      this.#texts.set(uri, undefined);
      this.#fetch(uri);
    }
    return this.#texts.get(uri);
  };

  /** Waits until the texts of files are there. */
  async read(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.load(uri);
    await Promise.all(uris.map((uri) => this.#newest.get(uri)));
  }

  /** Reads a file again, if anybody has asked for it. */
  reread(uri: string): void {
    if (this.#texts.has(uri)) this.#fetch(uri);
  }

  async #fetch(uri: string): Promise<void> {
    const reading = this.#read(uri).catch(() => undefined);
    this.#newest.set(uri, reading);
    const text = await reading;
    if (this.#newest.get(uri) !== reading) return; // answers may overtake each other
    this.#newest.delete(uri);
    if (text === this.#texts.get(uri)) return;
    this.#texts.set(uri, text);
    this.#arrived(uri);
  }
}
