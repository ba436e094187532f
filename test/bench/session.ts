import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from 'vscode-languageserver/node';
import { Client, positionIn } from '../lsp/client.ts';

/** One place in a document, and what is typed there, a character at a time, and taken back. */
export interface Spot {
  /** offset in the text as opened */
  readonly at: number;
  readonly typed: string;
}

/** The bundled server with one document that is typed in. Times are milliseconds, as this process sees them. */
export class Session {
  readonly client: Client;
  readonly uri: string;
  readonly #text: string;
  #spots: readonly { readonly position: Position; readonly typed: string }[] = [];
  #step = 0;
  #version = 1;
  #heard: (() => void) | null = null;
  #listening = '';

  private constructor(client: Client, uri: string, text: string) {
    this.client = client;
    this.uri = uri;
    this.#text = text;
    client.connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }) => {
      if (uri === this.#listening && (uri !== this.uri || version === this.#version)) this.#heard?.();
    });
  }

  /** `first`: from the start of the process to the first diagnostics. */
  static async open(uri: string, text: string): Promise<{ session: Session; first: number }> {
    const started = performance.now();
    const client = await Client.start({ server: 'dist/server.cjs' });
    const session = new Session(client, uri, text);
    await session.#published(uri, () => session.openAnother(uri, text));
    return { session, first: performance.now() - started };
  }

  openAnother(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'mlsys', version: 1, text };
    return this.client.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  typeAt(spots: readonly Spot[]): void {
    this.#spots = spots.map(({ at, typed }) => ({ position: positionIn(this.#text, at), typed }));
  }

  /** One character more or less, until the diagnostics of that text (or of another document) are published. */
  keystroke(watched = this.uri): Promise<number> {
    return this.#published(watched, () => this.#type());
  }

  /** The same with a request sent right behind: until its answer. The diagnostics are waited for, and not counted. */
  async asking(feature: 'hover' | 'completion'): Promise<number> {
    let answered = 0;
    await this.#published(this.uri, async () => {
      const started = performance.now();
      const { position, end } = this.#next();
      this.#type();
      const params = { textDocument: { uri: this.uri }, position: feature === 'hover' ? position : end };
      await this.client.connection.sendRequest(`textDocument/${feature}`, params);
      answered = performance.now() - started;
    });
    return answered;
  }

  /** MB: what is resident now, and the most that ever was. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.client.process.pid}/status`, 'utf8');
    const mb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)![1]) / 1000;
    return { now: mb('VmRSS'), peak: mb('VmHWM') };
  }

  /** Milliseconds of processor that the server has used so far, with all of its threads, to 10 ms. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.client.process.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  close = (): Promise<unknown> => this.client.stop();

  async #published(uri: string, act: () => Promise<unknown>): Promise<number> {
    this.#listening = uri;
    const heard = new Promise<void>((resolve) => {
      this.#heard = resolve;
    });
    const started = performance.now();
    let ms = 0;
    await Promise.all([
      act(),
      heard.then(() => {
        ms = performance.now() - started;
      }),
    ]);
    await sleep(2); // an editor leaves the server a moment, too
    return ms;
  }

  /** What the next keystroke does: the spots take turns, each with its whole text typed and deleted again. */
  #next(): { position: Position; end: Position; change: object } {
    let step = this.#step % this.#spots.reduce((sum, { typed }) => sum + 2 * typed.length, 0);
    const spot = this.#spots.find(({ typed }) => {
      if (step < 2 * typed.length) return true;
      step -= 2 * typed.length;
      return false;
    })!;
    const { position, typed } = spot;
    const { length } = typed;
    const behind = (count: number) => ({ line: position.line, character: position.character + count });
    if (step < length) {
      const range = { start: behind(step), end: behind(step) };
      return { position, end: behind(step + 1), change: { range, text: typed[step]! } };
    }
    const left = 2 * length - 1 - step;
    return { position, end: behind(left), change: { range: { start: behind(left), end: behind(left + 1) }, text: '' } };
  }

  #type(): Promise<void> {
    const { change } = this.#next();
    this.#step++;
    const textDocument = { uri: this.uri, version: ++this.#version };
    return this.client.connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [change],
    });
  }
}
