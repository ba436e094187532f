import type { Context } from '../estimate/context.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Design, Node, Scenario } from '../model/design.ts';
import type { Finding } from '../rules/rule.ts';
import type { Empty, Flowchart, Sequence, Severity, Target, ViewModel } from './view.ts';

/** A view: one file with its page beside it, listed in `index.ts`. It computes nothing: figures are asked of the context. */
export interface View {
  /** `lifecycle` */
  readonly id: string;
  readonly title: string;
  /** one sentence for lists: what it shows */
  readonly summary: string;
  /** one line where there is nothing to draw: what to write */
  readonly empty: string;
  /** what it can be asked for, in the order of the text; none where it always shows the whole design */
  subjects(design: Design): readonly Node[];
  build(input: ViewInput): ViewModel;
}

/** What a view is made of. */
export interface ViewInput {
  readonly design: Design;
  /** the figures that are shown */
  readonly now: Context;
  /** the figures as written, while a scenario is shown; those that are compared with, while values are varied */
  readonly base: Context | null;
  readonly scenario: string | null;
  /** those that count in what is shown, worst first */
  readonly findings: readonly Finding[];
  /** the worst of each declaration, by name */
  readonly severities: ReadonlyMap<string, Severity>;
  /** declarations with a name, the first of each kind and name */
  readonly nodes: readonly Node[];
  /** worst first, then in the order of the text */
  readonly subjects: readonly Node[];
  readonly subject: Node | null;
}

/** What views are built from: a document, or anything that has its figures and findings. */
export interface ViewSource {
  readonly design: Design;
  readonly findings: readonly Finding[];
  analysis(scenario: string | null): Context;
  /** the figures to compare with, where they are not those of the design as written */
  readonly compared?: Context;
}

export function inputOf(source: ViewSource, view: View, subject?: string | null, scenario?: string | null): ViewInput {
  const { design } = source;
  const found: Scenario | undefined = design.scenarios.find(({ name }) => name === scenario);
  const shown = found?.name ?? null;
  const findings = counted(source.findings, shown);
  const severities = severitiesOf(findings);
  const order = (node: Node) => SEVERITIES.indexOf(severities.get(node.name)!) >>> 0;
  const subjects = view.subjects(design).toSorted((a, b) => order(a) - order(b));
  return {
    design,
    now: source.analysis(shown),
    base: source.compared ?? (found ? source.analysis(null) : null),
    scenario: shown,
    findings,
    severities,
    nodes: named(design.visible),
    subjects,
    subject: subjects.find(({ name }) => name === subject) ?? subjects[0] ?? null,
  };
}

const SEVERITIES: readonly (Severity | 'hint')[] = ['error', 'warning', 'info'];

/** A scenario's findings count only while it is shown. Hints are for the editor. */
function counted(findings: readonly Finding[], scenario: string | null): readonly Finding[] {
  return findings
    .filter((f) => f.severity !== 'hint' && (f.scenario === null || f.scenario === scenario))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function severitiesOf(worstFirst: readonly Finding[]): ReadonlyMap<string, Severity> {
  const worst = new Map<string, Severity>();
  for (const { subject, severity } of worstFirst)
    if (subject !== null && severity !== 'hint' && !worst.has(subject)) worst.set(subject, severity);
  return worst;
}

/** A half-typed declaration may have no name, and a name may stand twice: an id may not. */
export function named(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<string>();
  return nodes.filter(({ kind, name }) => {
    const key = `${kind} ${name}`;
    if (name === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const ofKind = (input: Pick<ViewInput, 'nodes'>, ...kinds: string[]): readonly Node[] =>
  input.nodes.filter(({ kind }) => kinds.includes(kind));

export const targetOf = (node: Node): Target => ({ name: node.name, span: node.nameSpan });

/** An estimate's value in base units, or undefined where something is missing: views then leave the figure out. */
export function figureOf(context: Context | null, node: Node, quantity: string): number | undefined {
  const answer = context?.estimate(node, quantity);
  return answer && !isMissing(answer) && Number.isFinite(answer.value) ? answer.value : undefined;
}

/** The figure that is shown, and that of the design as written where a scenario is shown. */
export interface Pair {
  readonly now: number | undefined;
  readonly base: number | undefined;
}

export const pairOf = ({ now, base }: ViewInput, node: Node, quantity: string): Pair => ({
  now: figureOf(now, node, quantity),
  base: figureOf(base, node, quantity),
});

/** The parts of a model that are the same in every view. */
export function viewModel(
  { id, title }: View,
  { design, subjects, subject, scenario }: ViewInput,
  own: Pick<ViewModel, 'description' | 'summary' | 'tables' | 'legend'> &
    Partial<Pick<ViewModel, 'waterfall' | 'timeline'>> & { readonly diagram: Flowchart | Sequence },
): ViewModel {
  const system = design.system?.name;
  const of = subject?.name ?? (system ? title.toLowerCase() : title);
  return {
    view: id,
    title: [system, of, scenario].filter((part) => part).join(', '),
    subjects: subjects.map(({ name }) => name),
    subject: subject?.name ?? null,
    ...own,
  };
}

export function emptyModel(view: View, input: ViewInput): ViewModel {
  const { description, ...rest } = { description: view.empty, summary: [], tables: [], legend: [] };
  const model = viewModel(view, input, { description, ...rest, diagram: NOTHING });
  const diagram: Empty = { type: 'empty', text: view.empty };
  return { ...model, diagram };
}

const NOTHING: Flowchart = { type: 'flowchart', direction: 'TB', groups: [], nodes: [], edges: [] };
