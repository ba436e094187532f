import type { Node } from '../model/design.ts';
import { BYTES, RATE } from '../units/dimension.ts';
import { columnsOf, featureTitle } from './figures.ts';
import { type Frame, idOf } from './frame.ts';
import { figureOf, type Pair, targetOf, type ViewInput } from './input.ts';
import { freshness, latencyWords, storeFill } from './lines.ts';
import { partOf } from './part.ts';
import type { DiagramNode } from './view.ts';
import { line, nameOf, pairWords, plural, quantity, time, type Words, written } from './words.ts';

export const isOnDemand = ({ now }: ViewInput, view: Node): boolean => now.word(view, 'type') === 'on_demand';
export const storeOf = ({ now }: ViewInput, view: Node): Node | undefined => now.reference(view, 'store');

/** `CardVelocity v4`, `4 columns · 284 B a key`, `fresh 5 s · TTL 2 d`; `by`: its pipeline is drawn, and not named here. */
export function viewNode(input: ViewInput, view: Node, by: boolean): DiagramNode {
  const columns = columnsOf(view);
  const counted = columns === undefined ? undefined : plural(columns, 'column');
  if (isOnDemand(input, view))
    return partOf(input, view, [
      featureTitle(input, view),
      line(counted, 'on demand'),
      line(latencyWords(input, view)),
    ]);
  const bytes = figureOf(input.now, view, 'features.bytes_per_key');
  const key = bytes === undefined ? undefined : `${quantity(bytes, BYTES)} a key`;
  const tech = by ? undefined : nameOf(input.now, view, 'tech');
  return partOf(input, view, [
    featureTitle(input, view),
    tech ? line(tech, key) : line(counted, key),
    line(freshFor(input, view)),
  ]);
}

/** Both bounds of a view's age. Where they do not fit beside what is reached, a promise that is kept stands alone. */
function freshFor(input: ViewInput, view: Node): Words {
  const fresh = freshness(input, view);
  const promised = written(input.now, view, 'freshness');
  const ttl = written(input.now, view, 'ttl')?.text;
  const reached = figureOf(input.now, view, 'features.freshness') ?? 0;
  const options = typeof fresh === 'string' ? [fresh] : (fresh ?? []);
  if (ttl === undefined) return options;
  if (options.length === 0) return `TTL ${ttl}`;
  const kept = promised && reached <= promised.value ? [`fresh ${promised.text} · TTL ${ttl}`] : [];
  return [...options.map((option) => `${option} · TTL ${ttl}`), ...kept, ...options];
}

export function storeGroup(input: ViewInput, store: Node, views: readonly Node[]): Frame {
  const { now } = input;
  const kept = views.filter((view) => storeOf(input, view) === store);
  const sums = (quantityName: string): Pair => pairOver(input, kept, quantityName, (a, b) => a + b);
  const [bytes, full] = storeFill(input, store);
  const part = (half: 'offline' | 'online', shape: 'lin-cyl' | 'cyl', ...lines: string[]): DiagramNode => {
    const { id: _, ...node } = partOf(input, store, [
      line([half, nameOf(now, store, half)].filter((w) => w).join(' · ')),
      ...lines,
    ]);
    return { id: `${half}_${store.name}`, ...node, shape };
  };
  const { severity: _, ...offline } = part(
    'offline',
    'lin-cyl',
    line(pairWords(sums('features.offline_bytes'), (value) => quantity(value, BYTES))) || 'history',
  );
  const reads = pairWords(sums('features.reads_per_second'), (value) => readsWords(value));
  const p99 = pairWords(
    pairOver(input, kept, 'features.latency_p99', (a, b) => Math.max(a, b)),
    (value) => `p99 ${time(value)}`,
  );
  return {
    id: idOf(store),
    title: [store.name, nameOf(now, store, 'tech')].filter((word) => word).join(' · '),
    nodes: [
      ...(nameOf(now, store, 'offline') === undefined ? [] : [offline]),
      part('online', 'cyl', line(bytes, full), line(reads, p99)),
    ],
    target: targetOf(store),
  };
}

/** `24k reads/s` */
export const readsWords = (value: number): string => quantity(value, RATE).replace(/\/(\w+)$/, ' reads/$1');

/** A figure of several views, of those of them that have it. */
export function pairOver(
  input: ViewInput,
  views: readonly Node[],
  name: string,
  join: (a: number, b: number) => number,
): Pair {
  const over = (context: ViewInput['base']) => {
    const values = views.flatMap((view) => figureOf(context, view, name) ?? []);
    return values.length > 0 ? values.reduce(join) : undefined;
  };
  return { now: over(input.now), base: over(input.base) };
}
