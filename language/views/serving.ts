import type { Node } from '../model/design.ts';
import { NUMBER, RATE } from '../units/dimension.ts';
import { number } from '../units/format.ts';
import { overloaded, type Reached, shortfall, tightest } from './figures.ts';
import { sharesOf } from '../estimate/load.ts';
import { findingsTable, newsOf } from './findings.ts';
import { nodesOf } from './frame.ts';
import { emptyModel, figureOf, ofKind, pairOf, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { legendOf } from './part.ts';
import { flowOf, namesIn } from './request-sequence.ts';
import { loadWords, p99Words, servingChart } from './serving-chart.ts';
import type { Table, TextPart } from './view.ts';
import {
  boundsOf,
  changed,
  list,
  longest,
  pairWords,
  plural,
  quantity,
  share,
  timeOf,
  type Words,
  written,
} from './words.ts';

export const serving: View = {
  id: 'serving',
  title: 'Serving',
  summary: 'The load of each deployment, its hardware, its model, and its latency against the budget.',
  empty: 'No serving is declared.',
  subjects: () => [],
  build(input) {
    const servings = ofKind(input, 'serving');
    if (servings.length === 0) return emptyModel(serving, input);
    const diagram = servingChart(input);
    const nodes = nodesOf(diagram);
    const flows = ofKind(input, 'request').flatMap((request) => namesIn(flowOf(request)));
    const names = [...nodes.map(({ target }) => target?.name), ...flows];
    return viewModel(serving, input, {
      description: descriptionOf(input, servings, names),
      summary: summaryOf(input, servings),
      diagram,
      tables: [
        ...findingsTable(
          input.findings.filter(({ subject }) => subject !== null && names.includes(subject)),
          input,
        ),
        tableOf(input, servings),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

/** `30k/s, was 12k/s · FraudScorer needs 23 replicas, has 16`: what comes, and what is worst. */
function summaryOf(input: ViewInput, servings: readonly Node[]): readonly TextPart[] {
  const parts = [[...traffic(input), ...devices(input, servings)], ...verdict(input, servings)];
  return parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : [{ text: ' · ' }, ...part]));
}

type Sentence = readonly TextPart[];
const strong = (text: string): TextPart => ({ text, strong: true });

/** Over all requests, or else over servings with a traffic of their own. */
function traffic(input: ViewInput): Sentence {
  const nodes = [ofKind(input, 'request'), ofKind(input, 'serving')].find((list) =>
    list.some((node) => input.now.given(node, 'traffic')),
  );
  const [only, ...others] = nodes ?? [];
  if (!nodes || !only) return [];
  const sum = (context: ViewInput['base']) =>
    context ? nodes.reduce((total, node) => total + (context.given(node, 'traffic')?.value ?? 0), 0) : undefined;
  const words = (context: ViewInput['base']) => {
    const value = sum(context);
    if (value === undefined) return undefined;
    return (others.length === 0 ? written(context, only, 'traffic')?.text : undefined) ?? quantity(value, RATE);
  };
  return withWas(changed(words(input.now), words(input.base)));
}

/** What is now stands out, what was does not. */
function withWas(words: Words): Sentence {
  const [now = '', was] = longest(words).split(/(?=, was )/);
  return now === '' ? [] : [strong(now), ...(was ? [{ text: was }] : [])];
}

function devices(input: ViewInput, servings: readonly Node[]): Sentence {
  const gpus = servings.map((node) => figureOf(input.now, node, 'serving.gpus'));
  const sum = gpus.reduce<number>((total, value) => total + (value ?? 0), 0);
  if (sum === 0) return [];
  const [hardware, ...others] = new Set(
    servings.flatMap((n) => input.now.pool(n, 'hardware').map((p) => p.hardware.name)),
  );
  const sliced = servings.some((n) => input.now.pool(n, 'hardware').some(({ count }) => count.value < 1));
  const noun = [hardware, ...others].includes('CPU') ? 'device' : 'GPU';
  const one = others.length === 0 && !sliced;
  return [{ text: ' on ' }, strong(one ? `${number(sum, 'short')} × ${hardware}` : plural(sum, noun))];
}

/** What cannot do its work; else the budget that is nearest to being broken, or broken. */
function verdict(input: ViewInput, servings: readonly Node[]): readonly Sentence[] {
  const short = servings.flatMap((node) => {
    const found = shortfall(input, node);
    return found ? [{ node, ...found }] : [];
  });
  if (short.length > 0)
    return short
      .slice(0, MOST)
      .map(({ node, needs, has }) => [
        { text: `${node.name} needs ` },
        strong(plural(needs, 'replica')),
        { text: `, has ${number(has, 'short')}` },
      ]);
  const full = servings.filter((node) => overloaded(input, node).length > 0);
  if (full.length > 0)
    return [[{ text: 'more than ' }, strong(list(full.map(({ name }) => name))), { text: ' can take' }]];
  const [first] = nearest(input, servings);
  if (!first) return [];
  const base = figureOf(input.base, first.node, first.worst.quantity);
  const words = pairWords({ now: first.worst.reached, base }, (value) => timeOf(value, first.worst));
  const over = first.worst.reached > first.worst.value;
  const how = over ? 'breaks its budget' : 'is nearest to its budget';
  return [[{ text: `${first.node.name} ${how}: ${first.worst.metric} ` }, ...withWas(words)]];
}

/** More than this many are in the table. */
const MOST = 2;

function nearest(input: ViewInput, servings: readonly Node[]): readonly { node: Node; worst: Reached }[] {
  return servings
    .flatMap((node) => {
      const worst = tightest(input, node);
      return worst ? [{ node, worst }] : [];
    })
    .toSorted((a, b) => b.worst.reached / b.worst.value - a.worst.reached / a.worst.value);
}

/** `ScoreTransaction brings 12k/s. FraudNetV2 sends 90% to FraudScorer and 10% to FraudScorerV2. Both keep their budgets.` */
function descriptionOf(input: ViewInput, servings: readonly Node[], names: readonly (string | undefined)[]): string {
  const requests = ofKind(input, 'request').flatMap((node) => {
    const rate = written(input.now, node, 'traffic')?.text;
    return rate === undefined ? [] : [`${node.name} brings ${rate}.`];
  });
  const experiments = ofKind(input, 'experiment').flatMap((node) => {
    const shares = sharesOf(input.now, node);
    const [control, treatment] = (['control', 'treatment'] as const).map((arm) => input.now.reference(node, arm)?.name);
    if (!control || !treatment) return [];
    return [
      `${node.name} sends ${share(shares.control)} to ${control} and ${share(shares.treatment)} to ${treatment}.`,
    ];
  });
  const bounded = nearest(input, servings);
  const kept = bounded.length > 0 && bounded.every(({ worst }) => worst.reached <= worst.value);
  const budgets = bounded.length === 1 ? `${bounded[0]!.node.name} keeps its budget.` : 'All budgets are kept.';
  const count = requests.length + experiments.length > 0 ? [] : [`${plural(servings.length, 'serving')}.`];
  return [...count, ...requests, ...experiments, ...(kept ? [budgets] : []), ...newsOf(input, names)].join(' ');
}

function tableOf(input: ViewInput, servings: readonly Node[]): Table {
  const numeric = true as const;
  const columns = ['load', 'replicas', 'busy', 'p99'].map((title) => ({ title, numeric }));
  const bounds = servings.flatMap((node) => boundsOf(input.now, node));
  // several conditions may need several lines, which figures do not have: they break between them
  const budget = { title: 'budget', ...(bounds.every(({ metric }) => metric === 'p99') ? { numeric } : {}) };
  const rows = servings.map((node) => {
    const short = shortfall(input, node);
    const replicas = pairWords(pairOf(input, node, 'serving.replicas'), (value) => quantity(value, NUMBER));
    const busy = pairWords(pairOf(input, node, 'serving.utilization'), (value) => share(value));
    const severity = input.severities.get(node.name);
    const cells = [
      node.name,
      longest(loadWords(input, node)),
      short ? `${number(short.has, 'short')} of ${number(short.needs, 'short')}` : longest(replicas),
      longest(busy),
      p99Words(input, node),
      boundsOf(input.now, node)
        .map(({ metric, text }) => (metric === 'p99' ? text : `${metric} ${text}`).replaceAll(' ', '\u00A0'))
        .join(', '),
    ];
    return { cells: cells.map((cell) => cell || '–'), ...(severity ? { severity } : {}), target: targetOf(node) };
  });
  return { title: '', columns: [{ title: 'Serving' }, ...columns, budget], rows };
}
