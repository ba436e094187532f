import type { Node } from '../model/design.ts';
import { NUMBER, RATE } from '../units/dimension.ts';
import { ofKind, type Pair, pairOf, type ViewInput, figureOf } from './input.ts';
import { overloaded, type Reached, runTime, tightest } from './figures.ts';
import { unpriced } from './cost-parts.ts';
import type { TextPart } from './view.ts';
import {
  boundsOf,
  changed,
  list,
  longest,
  MONTH,
  money,
  pairWords,
  plural,
  quantity,
  time,
  timeOf,
  type Words,
  written,
} from './words.ts';

/** `12k/s scored in 13 of 50 ms at p99 on 22 GPUs for at least $11.5k of $20k a month`, adapted to what there is. */
export function lifecycleSummary(input: ViewInput): readonly TextPart[] {
  const answer = [...work(input), ...devices(input), ...cost(input)];
  return answer.length > 0 ? sentence(answer) : inventory(input);
}

const strong = (text: Words): TextPart => ({ text: longest(text), strong: true });
const plain = (text: string): TextPart => ({ text });

/** Requests, else what servings and trainings do. */
function work(input: ViewInput): readonly TextPart[] {
  const requests = ofKind(input, 'request');
  const asked = traffic(input, requests);
  if (asked !== undefined) return answers(input, requests, asked);
  const servings = ofKind(input, 'serving');
  const load = traffic(input, servings);
  if (load !== undefined) return answers(input, servings, load);
  return trainings(input);
}

/** `30k/s, was 12k/s`: what comes in, over all of some requests or servings. */
function traffic(input: ViewInput, nodes: readonly Node[]): Words {
  const own = nodes.length === 1 ? nodes[0] : undefined;
  if (own) return changed(written(input.now, own, 'traffic')?.text, written(input.base, own, 'traffic')?.text);
  const sum = (context: ViewInput['base']) => {
    const rates = nodes.flatMap((node) => context?.given(node, 'traffic')?.value ?? []);
    return rates.length > 0 ? rates.reduce((a, b) => a + b) : undefined;
  };
  return pairWords({ now: sum(input.now), base: sum(input.base) }, (value) => quantity(value, RATE));
}

const VERBS: Readonly<Record<string, string>> = {
  fraud_detection: 'scored',
  batch_scoring: 'scored',
  search_ranking: 'ranked',
  rag: 'answered',
  llm_serving: 'answered',
};

function answers(input: ViewInput, nodes: readonly Node[], load: Words): readonly TextPart[] {
  const full = [...new Set(nodes.flatMap((node) => overloaded(input, node)))];
  if (full.length > 0)
    return [strong(load), plain(': more than '), strong(list(full.map(({ name }) => name))), plain(' can take,')];
  const pattern = input.design.system && input.now.word(input.design.system, 'pattern');
  const verb = VERBS[pattern ?? ''] ?? 'served';
  return [strong(load), plain(` ${verb}`), ...latency(input, nodes)];
}

/** Of the request that is nearest to its budget, or over it. */
function latency(input: ViewInput, nodes: readonly Node[]): readonly TextPart[] {
  const bounded = nodes.flatMap((node) => {
    const worst = tightest(input, node);
    return worst ? [{ node, worst }] : [];
  });
  const [first] = bounded.toSorted((a, b) => b.worst.reached / b.worst.value - a.worst.reached / a.worst.value);
  const name = first && nodes.length > 1 ? [plain(', '), strong(first.node.name)] : [];
  if (first)
    return [
      ...name,
      plain(' in '),
      strong(ofBudget(input, first.node, first.worst)),
      plain(` at ${first.worst.metric}`),
    ];
  const [only] = nodes.length === 1 ? nodes : [];
  if (!only) return [];
  const reached = pairWords(pairOf(input, only, `${only.kind}.latency_p99`), (value) => time(value));
  if (reached !== undefined) return [plain(' in '), strong(reached), plain(' at p99')];
  const [limit] = boundsOf(input.now, only);
  return limit ? [plain(' within '), strong(limit.text), plain(` at ${limit.metric}`)] : [];
}

function ofBudget(input: ViewInput, node: Node, worst: Reached): Words {
  const base = figureOf(input.base, node, worst.quantity);
  return pairWords({ now: worst.reached, base }, (value) => timeOf(value, worst));
}

function trainings(input: ViewInput): readonly TextPart[] {
  const timed = ofKind(input, 'training').flatMap((node) => {
    const value = figureOf(input.now, node, 'training.time');
    return value === undefined ? [] : [{ node, value }];
  });
  const [slowest] = timed.toSorted((a, b) => b.value - a.value);
  if (!slowest) return [];
  const all = timed.length > 1 ? [strong(plural(timed.length, 'training')), plain(', the longest ')] : [];
  return [...all, strong(slowest.node.name), plain(' runs '), strong(runTime(input, slowest.node))];
}

function devices(input: ViewInput): readonly TextPart[] {
  const pair = systemPair(input, 'system.gpus');
  if (!pair.now) return [];
  const noun = usesCores(input) ? 'device' : 'GPU';
  const words = pairWords(pair, (value) => `${quantity(value, NUMBER)} ${value === 1 ? noun : `${noun}s`}`);
  return [plain(' on '), strong(words)];
}

/** A CPU core counts as an accelerator, and is no GPU. */
const usesCores = (input: ViewInput): boolean =>
  ofKind(input, 'training', 'serving').some((node) =>
    input.now.pool(node, 'hardware').some(({ hardware }) => hardware.name === 'CPU'),
  );

function systemPair(input: ViewInput, name: string): Pair {
  const { system } = input.design;
  return system ? pairOf(input, system, name) : { now: undefined, base: undefined };
}

/** `for at least $11.5k of $20k a month`; at least, where something has no price. */
function cost(input: ViewInput): readonly TextPart[] {
  const { system } = input.design;
  const pair = systemPair(input, 'system.cost');
  if (!system || !pair.now) return [];
  const budget = input.now.given(system, 'budget')?.value;
  const limit = budget === undefined ? '' : ` of ${money(budget * MONTH)}`;
  const words = pairWords(pair, (value) => `${money(value * MONTH)}${limit}`);
  return [plain(unpriced(input).length > 0 ? ' for at least ' : ' for '), strong(words), plain(' a month')];
}

const COUNTED: readonly (readonly [kind: string, noun: string])[] = [
  ['source', 'source'],
  ['features', 'feature view'],
  ['index', 'vector index'],
  ['training', 'training'],
  ['model', 'model'],
  ['request', 'request'],
  ['serving', 'serving'],
  ['monitor', 'monitor'],
];

/** `2 sources, 3 feature views`: how many there are of each kind, `without` some. */
export function countsOf(input: ViewInput, without: readonly string[] = []): readonly string[] {
  return COUNTED.flatMap(([kind, noun]) => {
    const count = without.includes(kind) ? 0 : ofKind(input, kind).length;
    return count > 0 ? [plural(count, noun)] : [];
  });
}

/** Where there is no figure yet. */
function inventory(input: ViewInput): readonly TextPart[] {
  const counts = countsOf(input);
  return counts.flatMap((text, i) => [
    ...(i === 0 ? [] : [plain(i === counts.length - 1 ? ' and ' : ', ')]),
    strong(text),
  ]);
}

/** Without a comma at its end, or a blank at its start. */
function sentence(parts: readonly TextPart[]): readonly TextPart[] {
  return parts.map((part, i) => ({
    ...part,
    text:
      i === 0
        ? part.text.replace(/^ (.)/, (_, c: string) => c.toUpperCase())
        : i === parts.length - 1
          ? part.text.replace(/,$/, '')
          : part.text,
  }));
}
