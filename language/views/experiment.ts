import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { experimentChart } from './experiment-chart.ts';
import { overrun, perTime, type Plan, planOf, unitsOf } from './experiment-plan.ts';
import { findingsTable, newsOf } from './findings.ts';
import { nodesOf } from './frame.ts';
import { emptyModel, type View, type ViewInput, viewModel } from './input.ts';
import { legendOf } from './part.ts';
import type { Table, TextPart, Timeline } from './view.ts';
import { longest, pairWords, quantity, share, time, timeOf, written } from './words.ts';

export const experiment: View = {
  id: 'experiment',
  title: 'Experiment',
  summary: 'One A/B test: who gets what, when it can be decided, and by which number.',
  empty: 'No experiment is declared.',
  subjects: (design) => design.visible.filter(({ kind, name }) => kind === 'experiment' && name !== ''),
  build(input) {
    const { subject } = input;
    if (!subject) return emptyModel(experiment, input);
    const plan = planOf(input, subject);
    const diagram = experimentChart(input, subject, plan);
    const nodes = nodesOf(diagram);
    const names = nodes.flatMap(({ target }) => target?.name ?? []);
    const timeline = timelineOf(input, subject, plan);
    return viewModel(experiment, input, {
      description: [describe(input, subject, plan), ...newsOf(input, names)].join(' '),
      summary: summaryOf(input, subject, plan),
      diagram,
      ...(timeline ? { timeline } : {}),
      tables: [
        ...findingsTable(
          input.findings.filter(({ subject: name }) => name === subject.name),
          input,
        ),
        ...tablesOf(input, subject, plan),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

/** `Enough cards after **2.1 d**, their labels after **32 of 42 d**` */
function summaryOf(input: ViewInput, test: Node, plan: Plan): readonly TextPart[] {
  const units = unitsOf(input, test);
  const { exposed, known } = plan;
  if (exposed === undefined) {
    const planned = written(input.now, test, 'duration')?.text;
    return [{ text: `How long it takes is not known${planned ? `; it is planned for ${planned}` : ''}` }];
  }
  const late = overrun(plan);
  return [
    { text: `Enough ${units} after ` },
    { text: known === undefined ? ofPlan(input, test, exposed) : time(exposed), strong: true },
    ...(known === undefined
      ? []
      : [{ text: ', their labels after ' }, { text: ofPlan(input, test, known), strong: true as const }]),
    ...(late === undefined ? [] : [{ text: `, ${time(late)} too long` }]),
  ];
}

/** `32 of 42 d` */
function ofPlan(input: ViewInput, test: Node, value: number): string {
  const planned = written(input.now, test, 'duration');
  return planned ? timeOf(value, planned) : time(value);
}

function describe(input: ViewInput, test: Node, plan: Plan): string {
  const units = unitsOf(input, test);
  const arms = plan.arms.map(({ node, share: part }) => `${share(part)} of ${units} go to ${node.name}`);
  const when = summaryOf(input, test, plan)
    .map(({ text }) => text)
    .join('');
  return [...(arms.length > 0 ? [`${arms.join(', ')}.`] : []), `${when}.`].join(' ');
}

/** The strip: units come in, then their labels, against the length that is planned. */
function timelineOf(input: ViewInput, test: Node, plan: Plan): Timeline | undefined {
  const { exposed, known, delay, end, looks } = plan;
  if (exposed === undefined) return undefined;
  const late = overrun(plan);
  const planned = written(input.now, test, 'duration')?.text;
  const marks =
    end === undefined
      ? []
      : Array.from({ length: looks - 1 }, (_, i) => ({ at: (end * (i + 1)) / looks, text: `look ${i + 1}` }));
  return {
    spans: [
      { from: 0, to: exposed, text: `${unitsOf(input, test)} come in, ${time(exposed)}`, line: 'solid' },
      ...(known === undefined || delay === undefined
        ? []
        : [{ from: exposed, to: known, text: `labels arrive, ${time(delay)}`, line: 'dashed' as const }]),
    ],
    marks,
    ...(end === undefined ? {} : { end: { at: end, text: `end, ${planned ?? time(end)}` } }),
    ...(late === undefined ? {} : { late: `${time(late)} too long` }),
    description: `${summaryOf(input, test, plan)
      .map(({ text }) => text)
      .join('')}.`,
  };
}

/** The arms; then how it is tested. */
function tablesOf(input: ViewInput, test: Node, plan: Plan): readonly Table[] {
  const numeric = true as const;
  const rows = plan.arms.map(({ side, node, share: part, sample, rate, time: seconds }) => ({
    cells: [
      node.name,
      side,
      share(part),
      longest(pairWords(sample, (value) => quantity(value, NUMBER))),
      rate === undefined ? '' : perTime(input, test, rate),
      seconds === undefined ? '' : time(seconds),
    ],
    target: { name: node.name, span: node.nameSpan },
  }));
  const columns = [
    { title: 'Arm' },
    { title: 'side' },
    { title: 'share', numeric },
    { title: `${unitsOf(input, test)} needed`, numeric },
    { title: 'come in', numeric },
    { title: 'after', numeric },
  ];
  return rows.length > 0 ? [{ title: '', columns, rows }] : [];
}
