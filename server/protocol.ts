/** The messages beyond LSP that client and server exchange. Types only: the client imports nothing else from the server. */

/** Server → client: a document was analysed, and its diagnostics were published. */
export const DID_ANALYSE = 'mlsys/didAnalyse';
export interface DidAnalyse {
  readonly uri: string;
  readonly version: number | null;
  /** milliseconds from the change to here, for the status and the tests */
  readonly ms: number;
}

/** Client → server: one view of a document, as it stands. Answers null for a document that is not open. */
export const VIEW = 'mlsys/view';
export interface ViewRequest {
  readonly uri: string;
  readonly view: string;
  readonly subject?: string | null;
  readonly scenario?: string | null;
  /** values that replace what is written, as text, by `param` or `Subject.property`; absent or null: nobody asks "what if" */
  readonly sets?: WireSets | null;
}

export type WireSets = Readonly<Record<string, string>>;

export interface ViewResponse {
  readonly uri: string;
  readonly version: number | null;
  readonly system: string;
  readonly views: readonly { readonly id: string; readonly title: string }[];
  readonly scenarios: readonly string[];
  readonly scenario: string | null;
  readonly counts: { readonly errors: number; readonly warnings: number; readonly infos: number };
  /** true where the text has syntax errors: the panel keeps the last good diagram and says so */
  readonly broken: boolean;
  /** the declarations that they stand in, as far as these have a name */
  readonly brokenNames: readonly string[];
  readonly model: WireView;
  /** Mermaid source, as `mlsys diagram` prints it */
  readonly mermaid: string;
  /** what the request's `sets` change; null where it had none */
  readonly whatIf: WireWhatIf | null;
}

/** The design with some values replaced, beside the design as it is. */
export interface WireWhatIf {
  readonly sets: WireSets;
  /** what can be varied, as it counts without `sets` */
  readonly knobs: readonly WireKnob[];
  /** what a pool may be made of */
  readonly hardware: readonly string[];
  /** why a value does not count, by name */
  readonly problems: Readonly<Record<string, string>>;
  readonly figures: readonly {
    readonly name: string;
    readonly title: string;
    /** null: nothing can be said */
    readonly before: string | null;
    readonly after: string | null;
    /** `+150%` */
    readonly change: string | null;
    /** among those that people decide by */
    readonly headline: boolean;
    readonly target: WireTarget;
  }[];
  readonly appeared: readonly WireFinding[];
  readonly vanished: readonly WireFinding[];
}

export interface WireKnob {
  /** as in a scenario: `peak`, `Chat.replicas` */
  readonly name: string;
  /** null for a parameter */
  readonly subject: string | null;
  readonly text: string;
  readonly doc?: string;
  /** a number between what stands before and behind it: `$` 20 `k/month` */
  readonly slider?: {
    readonly value: number;
    readonly before: string;
    readonly after: string;
    readonly least: number;
    readonly most: number;
    readonly whole: boolean;
  };
  readonly pool?: { readonly count: number; readonly hardware: string };
}

export interface WireFinding {
  readonly rule: string;
  readonly severity: WireSeverity;
  readonly message: string;
  readonly target: WireTarget;
}

/** Client → server: the edits that write varied values into the text, or into a new scenario (`scenarioName`). */
export const WHAT_IF_EDITS = 'mlsys/whatIfEdits';
export interface WhatIfEditsRequest {
  readonly uri: string;
  readonly scenario: string | null;
  readonly sets: WireSets;
  readonly scenarioName?: string;
}
export interface WhatIfEdits {
  /** why the scenario cannot be called so */
  readonly problem?: string;
  readonly edits: readonly { readonly uri: string; readonly range: WireRange; readonly newText: string }[];
}

/** A view model whose targets are ranges in the text: `language/views/view.ts` with each `span` as `{uri, range}`. */
export interface WireView {
  readonly view: string;
  readonly title: string;
  readonly description: string;
  readonly summary: readonly { readonly text: string; readonly strong?: true }[];
  readonly empty: string | null;
  /** by diagram id: what a screen reader says, where a click leads, its severity */
  readonly nodes: readonly WireNode[];
  readonly waterfall: WireWaterfall | null;
  readonly timeline: WireTimeline | null;
  readonly tables: readonly {
    readonly title: string;
    readonly columns: readonly { readonly title: string; readonly numeric?: true }[];
    readonly rows: readonly {
      readonly cells: readonly string[];
      readonly severity?: WireSeverity;
      readonly target?: WireTarget;
    }[];
  }[];
  readonly subjects: readonly string[];
  readonly subject: string | null;
  readonly legend: readonly { readonly shape: string; readonly text: string; readonly severity?: WireSeverity }[];
}

/** The strip of an experiment: times in seconds. */
export interface WireTimeline {
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly text: string;
    readonly line: 'solid' | 'dashed';
  }[];
  readonly marks: readonly { readonly at: number; readonly text: string }[];
  readonly end?: { readonly at: number; readonly text: string };
  readonly late?: string;
  readonly description: string;
}

export type WireSeverity = 'error' | 'warning' | 'info';

export interface WireTarget {
  readonly name: string;
  readonly uri: string;
  readonly range: WireRange;
}

export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface WireNode {
  readonly id: string;
  /** plain text, one entry a line, the marker of its severity in front of the first */
  readonly lines: readonly string[];
  readonly role: string;
  /** `warning: CardProfile v2, Spark, 3 columns, fresh 36 h` */
  readonly label: string;
  readonly severity?: WireSeverity;
  readonly muted?: true;
  readonly target?: WireTarget;
  readonly opens?: { readonly view: string; readonly subject?: string };
  /** what the last line says through each lens */
  readonly lenses?: Readonly<Record<WireLens, string>>;
}

export type WireLens = 'load' | 'latency' | 'cost' | 'findings';

export interface WireWaterfall {
  readonly rows: readonly {
    readonly name: string;
    readonly start: number;
    readonly p50: number;
    readonly p99: number;
    readonly bound?: number;
    readonly value: string;
    readonly free?: true;
    readonly severity?: WireSeverity;
    readonly target?: WireTarget;
  }[];
  readonly whole: { readonly p50: number; readonly p99: number };
  readonly budget?: { readonly bound: number; readonly percentile: number };
  readonly description: string;
}

/** Client → server: the process's memory, for tests and reports. */
export const MEMORY = 'mlsys/memory';

/** Client → server: the text of a catalog file (`mlsys-catalog:/accelerators.mlsys`). */
export const CATALOG = 'mlsys/catalog';

/** Server → client, from a server without a file system: the text of a file that no editor has open; null where there is none. */
export const READ = 'mlsys/read';
export interface ReadRequest {
  readonly uri: string;
}

/** Server → client, where the server has no file system: the URIs of all designs in the workspace's folders. */
export const DESIGNS = 'mlsys/designs';
