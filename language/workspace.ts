import { URI, UriUtils } from 'langium';
import { catalogText, isCatalogUri } from './catalog/index.ts';
import { Analysis } from './estimate/analysis.ts';
import { estimatorsByQuantity } from './estimate/index.ts';
import { buildDesign, type Target } from './model/build.ts';
import { changesBetween } from './model/changes.ts';
import type { Design, Scenario, Value } from './model/design.ts';
import { readSource, type SourceFile } from './model/source-file.ts';
import type { Finding, Rule } from './rules/rule.ts';
import { findingsOf, inOrder, QUICK, SLOW } from './rules/run.ts';
import { carriedOver } from './rules/carried-over.ts';
import { type Levels, leveled } from './rules/severity.ts';
import { nearest } from './rules/spelling.ts';
import { unusedSuppression } from './rules/style/unused-suppression.ts';
import { Lines } from './text.ts';

/** Gives the text of a file that no editor has open, or undefined where there is none. Hosts bring it: the language reads nothing. */
export type Loader = (uri: string) => string | undefined;

/** The open documents and what they import. One for an editor session or a run of the command line. */
export class Workspace {
  private readonly load: Loader;
  private readonly open = new Map<string, Document>();
  /** files that are not open, as last read */
  private readonly closed = new Map<string, SourceFile | null>();
  /** the designs in the workspace's folders, as far as the host has listed them */
  private readonly listed = new Set<string>();

  /** the severities that count for a document; findings follow it whenever it gives others */
  levelsOf: (uri: string) => Levels = () => [];

  /** which day it is, such as `2026-11-23`, where the host says so: the language has no clock */
  today: () => string | undefined = () => undefined;

  /** true: a new text shows the slow findings of the one before until `Document.complete` is called */
  patient = false;

  constructor(load: Loader = () => undefined) {
    this.load = load;
  }

  /** Opens a document or takes over its new text. */
  update(uri: string, text: string): Document {
    const known = this.open.get(uri);
    const document = new Document(this, readSource(uri, text, known?.file), known);
    this.open.set(uri, document);
    // those that import it see its new text
    for (const [other, d] of this.open)
      if (other !== uri && d.sees(uri)) this.open.set(other, new Document(this, d.file, d));
    return document;
  }

  close(uri: string): void {
    this.open.delete(uri);
    this.reread(uri);
  }

  /** Takes designs into account that nobody has opened or imported: references may be in any of them. */
  list(uris: Iterable<string>): void {
    for (const uri of uris) this.listed.add(uri);
  }

  /** A file was made or changed on disk, or is gone. Gives the open documents that see it. */
  forget(uri: string): readonly Document[] {
    if (uri.endsWith('.mlsys')) this.list([uri]);
    return this.reread(uri);
  }

  private reread(uri: string): readonly Document[] {
    this.closed.delete(uri);
    const affected = [...this.open].filter(([, d]) => d.sees(uri));
    for (const [other, d] of affected) this.open.set(other, new Document(this, d.file, d));
    return affected.map(([other]) => this.open.get(other)!);
  }

  get(uri: string): Document | undefined {
    return this.open.get(uri);
  }

  get documents(): readonly Document[] {
    return [...this.open.values()];
  }

  /** A file as it is: open, or read through the loader. */
  file(uri: string): SourceFile | undefined {
    const open = this.open.get(uri);
    if (open) return open.file;
    if (!this.closed.has(uri)) {
      const text = isCatalogUri(uri) ? catalogText(uri) : this.load(uri);
      this.closed.set(uri, text === undefined ? null : readSource(uri, text));
    }
    return this.closed.get(uri) ?? undefined;
  }

  /** A document, open or not; undefined where there is no such file. */
  document(uri: string): Document | undefined {
    const open = this.open.get(uri);
    if (open) return open;
    const file = this.file(uri);
    return file && new Document(this, file);
  }

  /** The files that are open, imported or listed and hold a text; the catalog's are not among them. */
  *filesWith(text: string): Generator<SourceFile> {
    const known = [...this.closed.keys(), ...this.listed].filter((uri) => !this.open.has(uri));
    for (const uri of new Set([...this.open.keys(), ...known])) {
      if (isCatalogUri(uri)) continue;
      const read = this.open.get(uri)?.file ?? this.closed.get(uri);
      // reading all of a large workspace takes a while: most files do not hold a name
      const file = read?.text.includes(text) || (!read && this.load(uri)?.includes(text)) ? this.file(uri) : undefined;
      if (file) yield file;
    }
  }

  *documentsWith(text: string): Generator<Document> {
    for (const { uri } of this.filesWith(text)) yield this.document(uri)!;
  }

  /** What an import leads to; where that is nothing, the path of a file that is there and was most likely meant. */
  target(from: string, path: string): Target {
    const uri = resolvePath(from, path);
    if (uri !== undefined && this.file(uri)) return { uri };
    const complete = resolvePath(from, `${path}.mlsys`);
    if (complete !== undefined && this.file(complete)) return { uri: null, meant: `${path}.mlsys` };
    const known = [...this.open.keys(), ...[...this.closed].flatMap(([other, file]) => (file ? other : []))];
    const paths = known
      .filter((other) => other !== from && !isCatalogUri(other))
      .map((other) => relativePath(from, other));
    const meant = nearest(path, paths);
    return { uri: null, ...(meant !== undefined && { meant }) };
  }

  /** A document and all that it imports, itself first, each once; circles of imports are fine. */
  withImports(file: SourceFile): readonly SourceFile[] {
    const all: SourceFile[] = [file];
    for (let i = 0; i < all.length; i++) {
      for (const { item } of all[i]!.entries) {
        if (item.is !== 'import') continue;
        const uri = resolvePath(all[i]!.uri, item.import.path);
        const imported = uri === undefined || all.some((f) => f.uri === uri) ? undefined : this.file(uri);
        if (imported) all.push(imported);
      }
    }
    return all;
  }
}

/** `./other.mlsys` from the file that says it. */
export function resolvePath(from: string, path: string): string | undefined {
  if (path.trim() === '' || /^[a-z][\w+.-]+:/i.test(path)) return undefined;
  return UriUtils.resolvePath(UriUtils.dirname(URI.parse(from)), path).toString();
}

/** The other way round. */
function relativePath(from: string, to: string): string {
  const path = UriUtils.relative(UriUtils.dirname(URI.parse(from)), URI.parse(to));
  return path.startsWith('.') ? path : `./${path}`;
}

/** One document with everything that can be said of it, worked out when asked for. */
export class Document {
  readonly file: SourceFile;
  readonly lines: Lines;
  private readonly workspace: Workspace;
  private files: readonly SourceFile[] | undefined;
  private known: Design | undefined;
  private readonly analyses = new Map<string, Analysis>();
  private quick: readonly Finding[] | undefined;
  private slow: readonly Finding[] | undefined;
  /** slow findings of the version before, at their places in this one */
  private carried: readonly Finding[] = [];
  private merged: readonly Finding[] | undefined;
  private shown:
    | { readonly levels: Levels; readonly from: readonly Finding[]; readonly findings: readonly Finding[] }
    | undefined;
  /** the last version whose figures were asked for: what an edit does not touch is taken over from it */
  private before: Document | undefined;
  private difference: ReadonlySet<string> | undefined;

  constructor(workspace: Workspace, file: SourceFile, previous?: Document) {
    this.workspace = workspace;
    this.file = file;
    this.lines = new Lines(file.text);
    this.before = previous && previous.analyses.size > 0 ? previous : previous?.before;
    this.before?.settle();
    if (previous && workspace.patient)
      this.carried = carriedOver(previous.slow ?? previous.carried, previous.text, file);
  }

  /** Lets go of the version before this one. */
  private settle(): void {
    this.before = undefined;
    for (const analysis of this.analyses.values()) analysis.release();
  }

  get uri(): string {
    return this.file.uri;
  }

  get text(): string {
    return this.file.text;
  }

  get design(): Design {
    this.files ??= this.workspace.withImports(this.file);
    this.known ??= buildDesign(this.files, ({ path }) => this.workspace.target(this.uri, path));
    return this.known;
  }

  sees(uri: string): boolean {
    this.files ??= this.workspace.withImports(this.file);
    if (this.files.some((f) => f.uri === uri)) return true;
    return this.files.some((f) =>
      f.entries.some(({ item }) => item.is === 'import' && resolvePath(f.uri, item.import.path) === uri),
    );
  }

  /** The figures of the design as written, or in a scenario; unknown scenarios count as written. */
  analysis(scenario: string | null = null): Analysis {
    const found = scenario === null ? undefined : this.design.scenarios.find((s) => s.name === scenario);
    const key = found?.name ?? '';
    let analysis = this.analyses.get(key);
    if (!analysis) {
      analysis = found ? this.inScenario(found) : this.asWritten();
      this.analyses.set(key, analysis);
    }
    return analysis;
  }

  private asWritten(): Analysis {
    const before = this.before?.analyses.get('');
    return before ? before.succeeded(this.design, this.changed) : new Analysis(this.design, estimatorsByQuantity);
  }

  private inScenario(scenario: Scenario): Analysis {
    const before = this.before?.analyses.get(scenario.name);
    const same = before?.options.scenario === scenario ? before : undefined;
    return this.analysis().vary({ scenario }, same && { analysis: same, changed: this.changed });
  }

  private get changed(): ReadonlySet<string> {
    this.difference ??= this.before ? changesBetween(this.before.design, this.design) : new Set();
    return this.difference;
  }

  /** The figures with some values replaced (`--set`). */
  with(scenario: string | null, sets: ReadonlyMap<string, Value>): Analysis {
    return this.analysis(scenario).vary({ sets });
  }

  /** The same with the findings that there would be, in this one scenario: what a view of it shows. */
  varied(
    scenario: string | null,
    sets: ReadonlyMap<string, Value>,
  ): { context: Analysis; findings: readonly Finding[] } {
    const context = sets.size > 0 ? this.with(scenario, sets) : this.analysis(scenario);
    // every other scenario counts as this one, and so brings nothing of its own
    const findings = findingsOf(
      this.file,
      context,
      () => context,
      QUICK.filter((rule) => rule !== unusedSuppression),
      this.workspace.today(),
    );
    return { context, findings: leveled(findings, this.workspace.levelsOf(this.uri)) };
  }

  /** With the severities that users have set. */
  get findings(): readonly Finding[] {
    const levels = this.workspace.levelsOf(this.uri);
    const from = this.allFindings;
    const same =
      this.shown?.from === from &&
      this.shown.levels.length === levels.length &&
      levels.every((l, i) => l === this.shown!.levels[i]);
    if (!same) this.shown = { levels, from, findings: leveled(from, levels) };
    return this.shown!.findings;
  }

  private get allFindings(): readonly Finding[] {
    this.quick ??= this.checked(QUICK);
    if (!this.workspace.patient) this.slow ??= this.checked(SLOW);
    this.merged ??= inOrder([...this.quick, ...(this.slow ?? this.carried)]);
    return this.merged;
  }

  private checked(rules: readonly Rule[]): readonly Finding[] {
    const inScenario = (s: Scenario) => this.analysis(s.name);
    return findingsOf(this.file, this.analysis(), inScenario, rules, this.workspace.today());
  }

  /** Works out the slow findings as well. False where they are those that are shown already. */
  complete(): boolean {
    if (this.slow) return false;
    this.slow = this.checked(SLOW);
    this.merged = undefined;
    const said = (list: readonly Finding[]) => list.map((f) => `${f.rule} ${f.severity} ${f.message}`).join('\n');
    return said(this.slow) !== said(this.carried);
  }

  /** true where some of the text cannot be read */
  get broken(): boolean {
    return this.allFindings.some((f) => f.rule === 'syntax/error');
  }

  /** The lines of any file that a span may point into. */
  linesOf(uri: string): Lines {
    return uri === this.uri ? this.lines : new Lines(this.workspace.file(uri)?.text ?? '');
  }
}
