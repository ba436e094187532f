/** One worked-out value with what it depended on. */
interface Entry {
  readonly value: unknown;
  /** what was read directly, each once */
  readonly reads: readonly string[];
  /** uncertain variables that were drawn directly, each once */
  readonly variables: readonly string[];
  /** other values that were asked for, each once */
  readonly parts: readonly Entry[];
  /** worked out inside a circle of definitions: never taken over */
  readonly circular: boolean;
}

interface Frame {
  readonly memo: Memo;
  readonly reads: Set<string>;
  readonly variables: Set<string>;
  readonly parts: Set<Entry>;
  circular: boolean;
}

/** Where values may be taken over from: another memo, and what differs between it and this one. */
export interface Inheritance {
  readonly from: Memo;
  readonly changed: ReadonlySet<string>;
}

/** What a value depended on, directly and through others. */
export interface Trace {
  /** `Chat.replicas`, `peak`, and the names of declarations that were looked at */
  readonly reads: ReadonlySet<string>;
  /** ranges as written, and estimators' own errors */
  readonly variables: ReadonlySet<string>;
}

const BUSY = Symbol('busy');

/**
 * Remembers what was worked out and what it depended on. A memo for a changed design, a scenario or a sample takes over every
 * value that depends on nothing that differs; each value is checked once.
 */
export class Memo {
  private readonly entries = new Map<string, Entry | typeof BUSY>();
  /** what is being worked out, in this memo and in those it shares with: what one asks of another it depends on */
  private readonly frames: Frame[];
  private inheritances: readonly Inheritance[];
  private readonly valid = new Map<Entry, boolean>();

  constructor(inheritances: readonly Inheritance[] = [], sharing?: Memo) {
    this.inheritances = inheritances;
    this.frames = sharing?.frames ?? [];
  }

  /** Forgets where values came from, so that old designs can be freed. */
  release(): void {
    this.inheritances = [];
    this.valid.clear();
  }

  read(id: string): void {
    this.frames.at(-1)?.reads.add(id);
  }

  draw(variable: string): void {
    this.frames.at(-1)?.variables.add(variable);
  }

  /** The value of a key: known, taken over, or made. `circular` is the answer where the key is being made already. */
  get<T>(key: string, circular: T, make: () => T): T {
    const known = this.entries.get(key);
    if (known === BUSY) {
      for (const frame of this.frames) frame.circular = true;
      this.read(key.replace(/^i:/, ''));
      return circular;
    }
    const entry = known ?? this.inherited(key) ?? this.made(key, make);
    const frame = this.frames.at(-1);
    if (frame?.memo === this) frame.parts.add(entry);
    else if (frame) join(frame, traceOf(entry)); // not as a part: that would keep every trial of a search alive
    return entry.value as T;
  }

  trace(key: string): Trace {
    const entry = this.entries.get(key);
    return entry && entry !== BUSY ? traceOf(entry) : { reads: new Set(), variables: new Set() };
  }

  private inherited(key: string): Entry | undefined {
    for (const inheritance of this.inheritances) {
      const entry = inheritance.from.entries.get(key);
      if (!entry || entry === BUSY || !this.holds(entry, inheritance.changed)) continue;
      this.entries.set(key, entry);
      return entry;
    }
    return undefined;
  }

  private holds(entry: Entry, changed: ReadonlySet<string>): boolean {
    const known = this.valid.get(entry);
    if (known !== undefined) return known;
    const holds =
      !entry.circular &&
      !entry.reads.some((id) => changed.has(id)) &&
      !entry.variables.some((variable) => changed.has(variable)) &&
      entry.parts.every((part) => this.holds(part, changed));
    this.valid.set(entry, holds);
    return holds;
  }

  private made<T>(key: string, make: () => T): Entry {
    this.entries.set(key, BUSY);
    const frame: Frame = { memo: this, reads: new Set(), variables: new Set(), parts: new Set(), circular: false };
    this.frames.push(frame);
    try {
      const value = make();
      const entry: Entry = {
        value,
        reads: [...frame.reads],
        variables: [...frame.variables],
        parts: [...frame.parts],
        circular: frame.circular,
      };
      this.entries.set(key, entry);
      return entry;
    } finally {
      this.frames.pop();
      if (this.entries.get(key) === BUSY) this.entries.delete(key);
    }
  }
}

const traces = new WeakMap<Entry, Trace>();

function traceOf(entry: Entry): Trace {
  const known = traces.get(entry);
  if (known) return known;
  const trace = { reads: new Set<string>(), variables: new Set<string>() };
  const seen = new Set<Entry>();
  const walk = (part: Entry) => {
    if (seen.has(part)) return;
    seen.add(part);
    join(trace, part);
    for (const inner of part.parts) walk(inner);
  };
  walk(entry);
  traces.set(entry, trace);
  return trace;
}

function join(
  to: { readonly reads: Set<string>; readonly variables: Set<string> },
  from: { readonly reads: Iterable<string>; readonly variables: Iterable<string> },
): void {
  for (const id of from.reads) to.reads.add(id);
  for (const variable of from.variables) to.variables.add(variable);
}
