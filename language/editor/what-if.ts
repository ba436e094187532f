import { title } from '../describe.ts';
import { estimatorsByQuantity } from '../estimate/index.ts';
import type { Context } from '../estimate/context.ts';
import { isMissing } from '../estimate/estimate.ts';
import type { Node, Value } from '../model/design.ts';
import type { Finding } from '../rules/rule.ts';
import { quantitiesOf } from '../schema/quantities.ts';
import { readSetting } from '../settings.ts';
import { percent } from '../units/format.ts';
import type { Document } from '../workspace.ts';

/** Values that replace what is written, as text, by `param` or `Subject.property`. */
export type Sets = Readonly<Record<string, string>>;

/** The design with some values replaced, beside the design as it is. */
export interface WhatIf {
  /** to build a view from: `compared` are the figures as they are */
  readonly source: Pick<Document, 'design' | 'findings'> & {
    readonly compared: Context;
    analysis(scenario: string | null): Context;
  };
  readonly figures: readonly FigureChange[];
  readonly appeared: readonly Finding[];
  readonly vanished: readonly Finding[];
  /** why a value does not count, by name */
  readonly problems: Readonly<Record<string, string>>;
}

export interface FigureChange {
  readonly node: Node;
  readonly title: string;
  /** null: nothing can be said */
  readonly before: string | null;
  readonly after: string | null;
  /** `+150%`; null where one of them is missing or nothing */
  readonly change: string | null;
  /** among those that people decide by */
  readonly headline: boolean;
}

/** Where figures of a kind stand; other kinds come behind. */
const KINDS = [
  'system',
  'request',
  'serving',
  'training',
  'cluster',
  'featurestore',
  'index',
  'features',
  'experiment',
];

const HEADLINES = new Set([
  'system.cost',
  'request.latency_p99',
  'request.availability',
  'serving.replicas',
  'serving.utilization',
  'serving.latency_p99',
  'serving.ttft_p95',
  'serving.tpot_p95',
  'serving.cost',
  'training.time',
  'training.cost',
  'cluster.gpus_used',
  'experiment.duration',
]);

/** Works out the design in a scenario (null: as written) with values replaced. What cannot be read does not count, and is said. */
export function whatIf(document: Document, scenario: string | null, sets: Sets): WhatIf {
  const { values, problems } = readSets(document, sets);
  const before = document.varied(scenario, new Map());
  const after = values.size > 0 ? document.varied(scenario, values) : before;
  return {
    source: {
      design: document.design,
      findings: after.findings,
      compared: before.context,
      analysis: () => after.context,
    },
    figures: figuresBetween(document, before.context, after.context),
    appeared: notIn(after.findings, before.findings),
    vanished: notIn(before.findings, after.findings),
    problems,
  };
}

/** The values that can be read, and why the others cannot. */
export function readSets({ design }: Document, sets: Sets) {
  const [values, problems] = [new Map<string, Value>(), {} as Record<string, string>];
  for (const [name, text] of Object.entries(sets)) {
    const setting = readSetting(design, `${name}=${text}`);
    if ('problem' in setting) problems[name] = setting.problem;
    else values.set(setting.name, setting.value);
  }
  return { values, problems };
}

/** Findings of the same rule on the same place are one, though their numbers differ. */
function notIn(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const id = ({ rule, subject, at }: Finding) => `${rule} ${subject} ${at.at.uri} ${at.at.offset + at.start}`;
  const known = new Set(others.map(id));
  return findings.filter((finding) => finding.severity !== 'hint' && !known.has(id(finding)));
}

function figuresBetween({ design }: Document, before: Context, after: Context): readonly FigureChange[] {
  const place = ({ kind }: Node) => KINDS.indexOf(kind) >>> 0;
  const nodes = design.visible.filter(({ name }) => name !== '').toSorted((a, b) => place(a) - place(b));
  return nodes.flatMap((node) =>
    quantitiesOf(node.kind)
      .filter(({ quantity }) => estimatorsByQuantity.has(quantity))
      .flatMap(({ quantity }) => changeOf(node, quantity, before, after)),
  );
}

function changeOf(node: Node, quantity: string, before: Context, after: Context): readonly FigureChange[] {
  const [a, b] = [before.estimate(node, quantity), after.estimate(node, quantity)];
  const [was, is] = [a, b].map((answer) => (isMissing(answer) ? null : answer.display)) as [
    string | null,
    string | null,
  ];
  if (a === b || was === is) return [];
  const share = isMissing(a) || isMissing(b) || a.value === 0 ? null : b.value / a.value - 1;
  const sign = share !== null && share < 0 ? '−' : '+';
  const change = share === null || !Number.isFinite(share) ? null : `${sign}${percent(Math.abs(share), 'short')}`;
  return [{ node, title: title(quantity), before: was, after: is, change, headline: HEADLINES.has(quantity) }];
}
