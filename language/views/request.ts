import { isMissing } from '../estimate/estimate.ts';
import { type Hop, hopsOf } from '../estimate/request/path.ts';
import type { Flow, Node } from '../model/design.ts';
import { number, percent } from '../units/format.ts';
import { findingsTable } from './findings.ts';
import { emptyModel, pairOf, targetOf, type View, type ViewInput, figureOf, viewModel } from './input.ts';
import { overloaded, tightest } from './figures.ts';
import { flowOf, namesIn, sequenceOf } from './request-sequence.ts';
import type { LegendItem, TextPart, Waterfall, WaterfallRow } from './view.ts';
import { boundsOf, list, longest, pairWords, share, time, timeOf, type Words, written } from './words.ts';

export const request: View = {
  id: 'request',
  title: 'Request',
  summary: 'The way of one request, call by call, with the latency of each and the budget of the whole.',
  empty: 'No request is declared. A request names its traffic and its flow.',
  subjects: (design) => design.visible.filter(({ kind, name }) => kind === 'request' && name !== ''),
  build(input) {
    const { subject } = input;
    if (!subject) return emptyModel(request, input);
    const waterfall = waterfallOf(input, subject);
    const names = [subject.name, ...namesIn(flowOf(subject))];
    return viewModel(request, input, {
      description: descriptionOf(input, subject),
      summary: summaryOf(input, subject),
      diagram: sequenceOf(input, subject),
      ...(waterfall ? { waterfall } : {}),
      tables: findingsTable(
        input.findings.filter((finding) => finding.subject !== null && names.includes(finding.subject)),
        input,
      ),
      legend: waterfall ? legendOf(waterfall) : [],
    });
  },
};

/** `p50 7.4 ms · p99 13 of 50 ms · available 99.99% of 99.9% promised` */
function summaryOf(input: ViewInput, node: Node): readonly TextPart[] {
  const parts = [...latencies(input, node), ...available(input, node)];
  return parts.flatMap((part, i) => (i === 0 ? part : [{ text: ' · ' }, ...part]));
}

type Sentence = readonly TextPart[];
const strong = (text: Words): TextPart => ({ text: longest(text), strong: true });

function latencies(input: ViewInput, node: Node): readonly Sentence[] {
  const full = overloaded(input, node);
  if (full.length > 0)
    return [[{ text: 'No latency: more than ' }, strong(list(full.map(({ name }) => name))), { text: ' can take' }]];
  const answer = input.now.estimate(node, 'request.latency_p99');
  if (isMissing(answer))
    return [[{ text: `No latency yet: give ${answer.missing.slice(0, 2).join(' and ').replaceAll('`', '')}` }]];
  const bounds = boundsOf(input.now, node);
  const metrics = ['p50', 'p99', ...bounds.map(({ metric }) => metric)];
  return ['p50', 'p95', 'p99']
    .filter((metric) => metrics.includes(metric))
    .flatMap((metric) => {
      const limit = bounds.find((b) => b.metric === metric);
      const words = pairWords(pairOf(input, node, `request.latency_${metric}`), (value) =>
        limit ? timeOf(value, limit) : time(value),
      );
      return words === undefined ? [] : [[{ text: `${metric} ` }, strong(words)]];
    });
}

function available(input: ViewInput, node: Node): readonly Sentence[] {
  const promised = written(input.now, node, 'availability');
  const reached = pairWords(pairOf(input, node, 'request.availability'), (value) => percent(value));
  if (reached === undefined) return promised ? [[{ text: `${promised.text} promised` }]] : [];
  return [[{ text: 'available ' }, strong(reached), ...(promised ? [{ text: ` of ${promised.text} promised` }] : [])]];
}

/** A bar for each call and one for the whole; none where the whole has no latency. */
function waterfallOf(input: ViewInput, node: Node): Waterfall | undefined {
  const hops = hopsOf(input.now, node);
  const [p50, p99] = ['p50', 'p99'].map((p) => figureOf(input.now, node, `request.latency_${p}`));
  if (hops.length === 0 || p50 === undefined || p99 === undefined) return undefined;
  const budget = tightest(input, node);
  const allowed = budget && ` ${budget.text} are allowed at ${budget.metric}.`;
  return {
    rows: hops.map((hop) => rowOf(input, hop)),
    whole: { p50, p99 },
    ...(budget ? { budget: { bound: budget.value, percentile: budget.condition.percentile! } } : {}),
    description: `Where the time of one request goes: the whole takes ${time(p50)} at p50 and ${time(p99)} at p99.${allowed ?? ''}`,
  };
}

function rowOf(input: ViewInput, { node, start, p50, p99, share: part, calls, free, bound }: Hop): WaterfallRow {
  const limit = boundsOf(input.now, node).find(({ metric }) => metric === 'p99');
  const over = bound?.percentile === 99 && p99 > bound.value;
  const severity = input.severities.get(node.name) ?? (over ? 'error' : undefined);
  return {
    name: calls > 1 ? `${number(calls, 'short')} × ${node.name}` : node.name,
    start,
    p50,
    p99,
    ...(limit ? { bound: limit.value } : {}),
    value: free ? (part < 1 ? share(part) : '–') : limit ? timeOf(p99, limit) : time(p99),
    ...(free ? { free } : {}),
    ...(severity ? { severity } : {}),
    target: targetOf(node),
  };
}

function legendOf({ rows, budget }: Waterfall): readonly LegendItem[] {
  return [
    { shape: 'bar', text: 'p50, then to p99' },
    ...(rows.some(({ free }) => free) ? [{ shape: 'free' as const, text: 'nobody waits' }] : []),
    ...(budget ? [{ shape: 'budget' as const, text: 'budget' }] : []),
  ];
}

/** `Edge, then CardVelocity and CardProfile at once, then FraudScorer. p99 13 of 50 ms.` */
function descriptionOf(input: ViewInput, node: Node): string {
  const flow = flowOf(node);
  const news = latencies(input, node)
    .map((parts) => parts.map(({ text }) => text).join(''))
    .join(', ');
  return `${flow ? inWords(input, node, flow) : `${node.name} has no flow yet`}. ${news}.`;
}

function inWords(input: ViewInput, node: Node, flow: Flow): string {
  const words = (of: Flow) => inWords(input, node, of);
  switch (flow.step) {
    case 'call':
      return flow.target.name;
    case 'sequence':
      return flow.members.map(words).join(', then ');
    case 'parallel':
      return `${list(flow.members.map(words))} at once`;
    case 'forget':
      return `${words(flow.of)} without waiting`;
    case 'rows':
      return words(flow.of);
    default: {
      const factor = input.now.evaluate(flow.factor, node.name)?.value ?? 1;
      return factor < 1 ? `${words(flow.of)} (${share(factor)})` : `${number(factor, 'short')} times ${words(flow.of)}`;
    }
  }
}
