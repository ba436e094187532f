import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import {
  type Configuration,
  Configurations,
  type Levels,
  Lines,
  type Loader,
  type Mistake,
  readLevels,
  type Workspace,
} from '#language/index.ts';

/** Severities of rules: those of the client's settings, then those of the nearest `mlsys.json`. */
export class Severities {
  readonly #connection: Connection;
  readonly #configurations: Configurations;
  #settings: Levels = [];
  #text = '{}';
  /** the text of each `mlsys.json` whose mistakes were published */
  readonly #published = new Map<string, string>();
  #changed: () => void = () => {};

  constructor(connection: Connection, load: Loader, workspace: Workspace) {
    this.#connection = connection;
    this.#configurations = new Configurations(load);
    workspace.levelsOf = (uri) => {
      const file = this.#configurations.of(uri);
      if (file) this.#publish(file);
      return [...this.#settings, ...(file?.levels ?? [])];
    };
  }

  /** Calls `changed` whenever findings may have other severities than before. */
  onChange(changed: () => void): void {
    this.#changed = changed;
  }

  /** Takes over `mlsys.rules`. */
  set(rules: unknown): void {
    const text = JSON.stringify(rules ?? {});
    if (text === this.#text) return;
    this.#text = text;
    const { levels, mistakes } = readLevels(rules);
    this.#settings = levels;
    for (const { message } of mistakes) this.#connection.console.warn(`mlsys.rules: ${message}`);
    this.#changed();
  }

  /** A file changed, of whatever kind: true for an `mlsys.json`. */
  forget(uri: string): boolean {
    if (!Configurations.isOne(uri)) return false;
    this.#configurations.forget(uri);
    this.#published.delete(uri);
    this.#send(uri, []);
    this.#changed();
    return true;
  }

  #publish({ uri, text, mistakes }: Configuration): void {
    if (this.#published.get(uri) === text) return;
    this.#published.set(uri, text);
    this.#send(
      uri,
      mistakes.map((mistake) => diagnosticOf(text, mistake)),
    );
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    this.#connection.sendDiagnostics({ uri, diagnostics }).catch(() => undefined);
  }
}

function diagnosticOf(text: string, { key, message }: Mistake): Diagnostic {
  const lines = new Lines(text);
  const start = key === undefined ? 0 : Math.max(0, text.indexOf(JSON.stringify(key)));
  const end = key === undefined ? text.length : start + JSON.stringify(key).length;
  const range = { start: lines.position(start), end: lines.position(end) };
  return { range, severity: DiagnosticSeverity.Warning, source: 'mlsys', message };
}
