import type { Node } from '../model/design.ts';
import { type Definition, definitionsOf, sidesOf, type Sides } from './consistency-sides.ts';
import { modelTitle } from './figures.ts';
import { findingsTable, newsOf } from './findings.ts';
import { flowchartOf, idOf, nodesOf } from './frame.ts';
import { emptyModel, ofKind, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { legendOf, partOf } from './part.ts';
import type { DiagramNode, Edge, Flowchart, Group, Severity, Table, TextPart } from './view.ts';
import { line, list, nameOf, plural, title } from './words.ts';

export const consistency: View = {
  id: 'consistency',
  title: 'Consistency',
  summary: 'Training beside serving of one model, with the definitions that they share: a difference is a broken line.',
  empty: 'No model is both trained and served here.',
  subjects: (design) => {
    const named = (kind: string) =>
      new Set(
        design.visible
          .filter((node) => node.kind === kind)
          .flatMap((node) => {
            const value = node.properties.get('model')?.value;
            return value?.form === 'references' ? value.references.map(({ name }) => name) : [];
          }),
      );
    const [trained, served] = [named('training'), named('serving')];
    return design.visible.filter(({ kind, name }) => kind === 'model' && trained.has(name) && served.has(name));
  },
  build(input) {
    const { subject } = input;
    if (!subject) return emptyModel(consistency, input);
    const sides = sidesOf(input, subject);
    const definitions = definitionsOf(input, subject, sides);
    const diagram = chart(input, subject, sides, definitions);
    const nodes = nodesOf(diagram);
    const names = nodes.flatMap(({ target }) => target?.name ?? []);
    return viewModel(consistency, input, {
      description: [describe(subject, sides, definitions), ...newsOf(input, names)].join(' '),
      summary: summaryOf(input, subject, definitions),
      diagram,
      tables: [
        ...findingsTable(
          input.findings.filter(
            ({ rule, subject: name }) => rule.startsWith('features/') && names.includes(name ?? ''),
          ),
          input,
        ),
        ...tableOf(input, definitions),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

/** Training above, what both read in the middle, serving below. */
function chart(input: ViewInput, model: Node, sides: Sides, definitions: readonly Definition[]): Flowchart {
  const shared = definitions.length > 0 ? definitions.map((d) => definitionNode(input, d)) : [modelNode(input, model)];
  const bands: Group[] = [
    { id: 'side_training', title: 'Training reads', nodes: sides.trainings.map((job) => trainingNode(input, job)) },
    { id: 'side_shared', title: definitions.length > 0 ? 'Definitions' : 'The model', nodes: shared },
    {
      id: 'side_serving',
      title: 'Serving reads',
      nodes: [
        ...sides.servings.map((serving) => servingNode(input, serving)),
        ...sides.arms.map((serving) => servingNode(input, serving, true)),
      ],
    },
  ];
  const edges =
    definitions.length > 0
      ? definitions.flatMap((definition) => lines(definition))
      : shared.flatMap(({ id }): readonly Edge[] => [
          { from: ['side_training'], to: [id], line: 'thick' },
          { from: [id], to: ['side_serving'], line: 'thick' },
        ]);
  // bands of more than three definitions are joined as a whole, so that the rows stay in place
  if (shared.length <= 3) return flowchartOf(bands, edges);
  const worst = edges.some(({ line }) => line === 'dotted') ? 'dotted' : 'thick';
  const ids = ['side_training', 'side_shared', 'side_serving'];
  return flowchartOf(
    bands,
    ids.slice(1).map((id, i) => ({ from: [ids[i]!], to: [id], line: worst })),
  );
}

/** Thick where both sides have the same; dotted where they differ, with the difference; none where a side does not read it. */
function lines({ view, training, serving, difference }: Definition): readonly Edge[] {
  const id = idOf(view);
  const differs = (word: string | undefined, what: string | undefined) =>
    what
      ? { line: 'dotted' as const, label: word ? `${word} · ${what}` : what }
      : { line: 'thick' as const, ...(word ? { label: word } : {}) };
  return [
    ...(training ? [{ from: ['side_training'], to: [id], ...differs(training.version, difference.training) }] : []),
    ...(serving ? [{ from: [id], to: ['side_serving'], ...differs(serving.version, difference.serving) }] : []),
  ];
}

function definitionNode(input: ViewInput, { view, age, difference, training, serving }: Definition): DiagramNode {
  const how = !training || !serving ? difference.verdict : difference.version ? 'two versions' : 'one definition';
  const node = partOf(input, view, [title(view.name), how, age], { view: 'features' });
  const own: Severity | undefined = difference.severity;
  return own === 'error' || (own && !node.severity) ? { ...node, severity: own } : node;
}

function modelNode(input: ViewInput, model: Node): DiagramNode {
  const precision = nameOf(input.now, model, 'precision');
  return partOf(input, model, [modelTitle(input, model), 'no feature views', precision ?? '']);
}

const JOINS: Readonly<Record<string, string>> = { point_in_time: 'point-in-time join', latest: 'latest values' };

function trainingNode(input: ViewInput, job: Node): DiagramNode {
  const model = input.now.reference(job, 'model');
  const data = input.now.references(job, 'data')[0]?.name;
  const precision = input.now.value(job, 'precision') && nameOf(input.now, job, 'precision');
  const join = input.now.value(job, 'join') && JOINS[input.now.word(job, 'join') ?? ''];
  const last = line(join ?? data, join ? undefined : precision);
  return partOf(input, job, [title(job.name), model ? modelTitle(input, model) : '', last], {
    view: 'training',
    subject: job.name,
  });
}

/** An arm of an experiment that runs another model: it reads the same views. */
function servingNode(input: ViewInput, serving: Node, arm = false): DiagramNode {
  const model = input.now.reference(serving, 'model');
  const trained = ofKind(input, 'training').some((job) => input.now.references(job, 'model').includes(model!));
  const precision = nameOf(input.now, serving, 'quantization') ?? (model && nameOf(input.now, model, 'precision'));
  const last = arm && !trained ? 'no training here' : line(nameOf(input.now, serving, 'runtime'), precision);
  const node = partOf(input, serving, [title(serving.name), model ? modelTitle(input, model) : '', last], {
    view: 'serving',
  });
  return arm && !trained && !node.severity ? { ...node, severity: 'info' } : node;
}

/** `3 of 3 definitions are shared · 1 may be older when served` */
function summaryOf(input: ViewInput, model: Node, definitions: readonly Definition[]): readonly TextPart[] {
  if (definitions.length === 0)
    return [
      { text: modelTitle(input, model), strong: true },
      { text: ' is trained and served here, and reads no feature views' },
    ];
  const count = (test: (d: Definition) => boolean) => definitions.filter(test).length;
  const shared = count(({ training, serving, difference }) => !!training && !!serving && !difference.version);
  const older = count(({ difference }) => difference.older);
  const wrong = definitions.length - shared;
  return [
    { text: `${shared} of ${definitions.length}`, strong: true },
    { text: definitions.length === 1 ? ' definition is shared' : ' definitions are shared' },
    ...(wrong > 0
      ? [{ text: ' · ' }, { text: `${wrong} ${wrong === 1 ? 'differs' : 'differ'}`, strong: true as const }]
      : []),
    ...(older > 0
      ? [
          { text: ' · ' },
          { text: String(older), strong: true as const },
          { text: ' may be older when served than when trained on' },
        ]
      : []),
  ];
}

function describe(model: Node, { trainings, servings, arms }: Sides, definitions: readonly Definition[]): string {
  const names = (nodes: readonly Node[]) => list(nodes.map(({ name }) => name));
  const both = names([...trainings, ...servings, ...arms]);
  if (definitions.length === 0) return `${both} have the model ${model.name} in common, and read no feature views.`;
  const said = definitions.filter(({ difference }) => difference.verdict !== 'same');
  const differ = said.map(({ view, difference }) => `${view.name}: ${difference.verdict}.`);
  return [`${both} read ${plural(definitions.length, 'feature view')}.`, ...differ].join(' ');
}

function tableOf(input: ViewInput, definitions: readonly Definition[]): readonly Table[] {
  if (definitions.length === 0) return [];
  const rows = definitions.map(({ view, training, serving, difference }) => {
    const severity = difference.severity ?? input.severities.get(view.name);
    return {
      cells: [view.name, training?.words ?? 'not read', serving?.words ?? 'not read', difference.verdict],
      ...(severity ? { severity } : {}),
      target: targetOf(view),
    };
  });
  return [{ title: '', columns: ['View', 'training', 'serving', 'verdict'].map((text) => ({ title: text })), rows }];
}
