import type { Context } from '../estimate/context.ts';
import type { Design, Item, Problem, Span } from '../model/design.ts';
import type { Suppression } from '../model/source-file.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A rule: one file with its page beside it, listed in `index.ts`. It computes nothing: figures are asked of the context. */
export interface Rule {
  /** `capacity/gpu-shortfall` */
  readonly name: string;
  readonly severity: Severity;
  /** one sentence for the index of rules */
  readonly summary: string;
  /** something that good practice has and the design lacks, where others are numbers that cannot hold together */
  readonly absence?: true;
  /** true where figures matter: it is then checked in every scenario as well */
  readonly inScenarios?: true;
  /** true for advice that tries alternatives: an editor waits with it until typing pauses */
  readonly slow?: true;
  check(input: RuleInput): Iterable<Report>;
}

export interface RuleInput {
  readonly design: Design;
  readonly context: Context;
  /** null in the design as written */
  readonly scenario: string | null;
  /** the design as written and in every scenario, for what a fix changes elsewhere */
  readonly worlds: () => readonly [World, ...World[]];
  /** `2026-11-23`, where the host says which day it is */
  readonly today?: string;
  readonly items: readonly Item[];
  /** what could not be read, with the name of the declaration it stands in */
  readonly problems: readonly { readonly problem: Problem; readonly subject: string | null }[];
  /** comments that silence nothing: known after every other rule */
  readonly idle: readonly Suppression[];
}

export interface World {
  readonly scenario: string | null;
  readonly context: Context;
}

/** What a rule says of one place. */
export interface Report {
  /** the value that is wrong */
  readonly at: Span;
  /** what is wrong, with numbers; why it matters; what would do */
  readonly message: string;
  /** the declaration that it is about */
  readonly subject: string | null;
  readonly related?: readonly Related[];
  /** a function where working them out takes time: it is called when somebody asks */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  /** where it differs from the rule's own */
  readonly severity?: Severity;
}

export interface Related {
  readonly at: Span;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** The text of `at` becomes `text`; an empty span inserts. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
  /** a removal takes its line with it where nothing else stands there */
  readonly line?: true;
}

/** A report with its rule, severity and scenario: what check prints and the editor shows. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: string | null;
  readonly scenario: string | null;
  readonly at: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}
