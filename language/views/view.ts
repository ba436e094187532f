import type { Span } from '../model/design.ts';

/** What every view returns: a diagram with its words and figures, as data. The printer (Mermaid) and the panel draw it. */
export interface ViewModel {
  /** `lifecycle` */
  readonly view: string;
  /** `CardFraud, lifecycle` */
  readonly title: string;
  /** one sentence for screen readers: what the diagram shows, and its worst news */
  readonly description: string;
  /** the answer in one sentence: figures are the strong parts */
  readonly summary: readonly TextPart[];
  readonly diagram: Flowchart | Sequence | Empty;
  readonly waterfall?: Waterfall;
  readonly timeline?: Timeline;
  readonly tables: readonly Table[];
  /** what the picker offers where a view has several (`request`, `training`, `experiment`), and which is shown */
  readonly subjects: readonly string[];
  readonly subject: string | null;
  /** the kinds that occur, in reading order, for the legend */
  readonly legend: readonly LegendItem[];
}

export interface TextPart {
  readonly text: string;
  readonly strong?: true;
}

export type Severity = 'error' | 'warning' | 'info';

/** Where a click leads. */
export interface Target {
  readonly name: string;
  readonly span: Span;
}

export interface Empty {
  readonly type: 'empty';
  /** one line: what to write to get a diagram */
  readonly text: string;
}

export interface Flowchart {
  readonly type: 'flowchart';
  readonly direction: 'TB' | 'LR';
  readonly groups: readonly Group[];
  /** nodes outside of groups */
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly Edge[];
  /** ids of groups and of nodes outside of them in reading order; without it, groups come first */
  readonly order?: readonly string[];
}

export interface Group {
  /** `stage_data` */
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly DiagramNode[];
  readonly target?: Target;
  /** the view that a drill-down opens */
  readonly opens?: DiagramNode['opens'];
  /** rows of three are forced where there are more members than three */
}

export interface DiagramNode {
  /** `source_Authorizations`; unique in the diagram, made of `[A-Za-z0-9_]` */
  readonly id: string;
  /** first line: the name (without marker), then up to three lines of at most 26 characters */
  readonly lines: readonly string[];
  readonly shape: Shape;
  /** the class of the node: its kind, or `gate`, `outcome`, `primary` ... */
  readonly role: string;
  readonly severity?: Severity;
  readonly muted?: true;
  readonly target?: Target;
  /** the view that a drill-down opens */
  readonly opens?: { readonly view: string; readonly subject?: string };
  /** what the last line says through each lens; only declarations have them */
  readonly lenses?: Lenses;
}

export type Lens = 'load' | 'latency' | 'cost' | 'findings';
export type Lenses = Readonly<Record<Lens, string>>;

export type Shape =
  | 'h-cyl'
  | 'bow-rect'
  | 'lean-r'
  | 'win-pane'
  | 'lin-cyl'
  | 'cyl'
  | 'datastore'
  | 'hex'
  | 'fr-rect'
  | 'tag-rect'
  | 'procs'
  | 'rounded'
  | 'sl-rect'
  | 'stadium'
  | 'trap-b'
  | 'delay'
  | 'doc'
  | 'rect';

export interface Edge {
  /** ids of nodes or groups; several are joined by `&` */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** data or calls, nobody waits, refers to, the same definition, order only */
  readonly line: 'arrow' | 'dotted-arrow' | 'dotted' | 'thick' | 'thick-arrow' | 'order';
  /** at most 14 characters */
  readonly label?: string;
}

export interface Sequence {
  readonly type: 'sequence';
  readonly participants: readonly Participant[];
  readonly steps: readonly SequenceStep[];
}

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly severity?: Severity;
  readonly target?: Target;
}

export type SequenceStep =
  | { readonly step: 'note'; readonly over: string; readonly text: string }
  | {
      readonly step: 'call';
      readonly from: string;
      readonly to: string;
      readonly text: string;
      readonly waits: boolean;
    }
  | { readonly step: 'par'; readonly text: string; readonly branches: readonly (readonly SequenceStep[])[] }
  | { readonly step: 'loop' | 'opt'; readonly text: string; readonly steps: readonly SequenceStep[] };

/** The strip under the `request` view: times in seconds. */
export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly whole: { readonly p50: number; readonly p99: number };
  readonly budget?: { readonly bound: number; readonly percentile: number };
  /** the same as a sentence */
  readonly description: string;
}

export interface WaterfallRow {
  readonly name: string;
  /** the sum of the medians before it */
  readonly start: number;
  readonly p50: number;
  readonly p99: number;
  /** its own budget */
  readonly bound?: number;
  /** what stands at the right: `5.0 of 20 ms` */
  readonly value: string;
  /** nobody waits for it */
  readonly free?: true;
  readonly severity?: Severity;
  readonly target?: Target;
}

/** The strip under the `experiment` view: times in seconds. */
export interface Timeline {
  /** one after the other */
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly text: string;
    readonly line: 'solid' | 'dashed';
  }[];
  /** the looks before the end */
  readonly marks: readonly { readonly at: number; readonly text: string }[];
  readonly end?: { readonly at: number; readonly text: string };
  /** `9 d too long` */
  readonly late?: string;
  /** the same as a sentence */
  readonly description: string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly numeric?: true }[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    readonly severity?: Severity;
    readonly target?: Target;
  }[];
}

export interface LegendItem {
  readonly shape: Shape | 'bar' | 'free' | 'budget';
  readonly text: string;
  readonly severity?: Severity;
}
