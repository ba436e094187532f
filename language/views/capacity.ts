import type { Node } from '../model/design.ts';
import { number } from '../units/format.ts';
import { type Consumer, homeless, type Pool, poolsOf } from './capacity-pools.ts';
import { findingsTable, newsOf } from './findings.ts';
import { emptyModel, ofKind, pairOf, targetOf, type View, type ViewInput, viewModel } from './input.ts';
import { flowchartOf, nodesOf } from './frame.ts';
import { shorten } from './label.ts';
import { legendOf, partOf } from './part.ts';
import type { DiagramNode, Flowchart, Group, Table, TextPart } from './view.ts';
import { bar, line, longest, pairWords, share, time, title, type Words, written } from './words.ts';

export const capacity: View = {
  id: 'capacity',
  title: 'Capacity',
  summary: 'Which clusters there are, what fills each of their accelerators, and what is left.',
  empty: 'No cluster is declared, and nothing asks for hardware.',
  subjects: () => [],
  build(input) {
    const [pools, others] = [poolsOf(input), homeless(input)];
    if (pools.length === 0 && others.length === 0) return emptyModel(capacity, input);
    const diagram = chart(input, pools, others);
    const nodes = nodesOf(diagram);
    const names = [...ofKind(input, 'cluster'), ...pools.flatMap((p) => p.consumers), ...others].map((part) =>
      'node' in part ? part.node.name : part.name,
    );
    return viewModel(capacity, input, {
      description: [...pools.map(poolSentence), ...lostSentence(others), ...newsOf(input, names)].join(' '),
      summary: summaryOf(pools, others),
      diagram,
      tables: [
        ...findingsTable(
          input.findings.filter(
            ({ rule, subject }) => /^(capacity|cost)\//.test(rule) && names.includes(subject ?? ''),
          ),
          input,
        ),
        ...tablesOf(pools, others),
      ],
      legend: legendOf(input, nodes),
    });
  },
};

/** A band for each hardware of each cluster, in the order of the text; the order is held by edges that are not drawn. */
function chart(input: ViewInput, pools: readonly Pool[], others: readonly Consumer[]): Flowchart {
  const bands: Group[] = [
    ...pools.map((pool) =>
      poolBand(
        input,
        pool,
        pools.some(({ cluster, used, has }) => cluster === pool.cluster && used > has + 1e-9),
      ),
    ),
    ...(others.length > 0
      ? [{ id: 'pool_none', title: 'No cluster', nodes: others.map((c) => consumerNode(input, c, undefined)) }]
      : []),
  ];
  const order = bands.slice(1).map((band, i) => ({ from: [bands[i]!.id], to: [band.id], line: 'order' as const }));
  return flowchartOf(
    bands.map((band) => ({ ...band, whole: true as const })),
    order,
  );
}

const plain = (count: number): string => number(count, 'short');

/** A frame around one node is no wider than that: its title may leave out the cluster. */
function poolBand(input: ViewInput, pool: Pool, short: boolean): Group {
  const { cluster, hardware, used, has, consumers } = pool;
  const nodes = [...consumers.map((consumer) => consumerNode(input, consumer, has)), ...rest(input, pool, short)];
  const what = `${hardware.name} · ${plain(used)} of ${plain(has)}`;
  return {
    id: `cluster_${cluster.name}_${hardware.name}`,
    title:
      nodes.length > 1
        ? `${shorten(cluster.name, 18)} · ${what}${has > 0 ? ` · ${share(used / has)}` : ''}`
        : line([`${cluster.name} · ${what}`, what]),
    nodes,
    target: targetOf(cluster),
  };
}

/** `16 × L4`, and for how long of what time a training holds them, and its share of what there is. */
function consumerNode(input: ViewInput, { node, hardware, count }: Consumer, has: number | undefined): DiagramNode {
  const words = pairWords(count, (value) => `${plain(value)} × ${hardware.name}`);
  const opens = node.kind === 'training' ? { view: 'training', subject: node.name } : { view: 'serving' };
  const part = count.now !== undefined && has ? count.now / has : undefined;
  return partOf(
    input,
    node,
    [
      title(node.name),
      line(words ?? `? × ${hardware.name}`),
      line(runs(input, node)),
      part === undefined ? '' : `${bar(part)} ${share(part)}`,
    ],
    opens,
  );
}

/** `1.5 h every 1 d` */
function runs(input: ViewInput, node: Node): Words {
  if (node.kind !== 'training') return undefined;
  const every = written(input.now, node, 'every')?.text;
  const words = longest(pairWords(pairOf(input, node, 'training.time'), (value) => time(value)));
  if (words === '') return every && `every ${every}`;
  return every ? [`${words} every ${every}`, words] : words;
}

/** What nobody uses, or what is missing. The findings of a cluster stand here: at what is missing, where something is. */
function rest(input: ViewInput, { cluster, hardware, used, has }: Pool, short: boolean): readonly DiagramNode[] {
  const key = `${cluster.name}_${hardware.name}`;
  const left = has - used;
  if (Math.abs(left) < 1e-9) return [];
  const common = { shape: 'rect', role: 'rest', target: targetOf(cluster) } as const;
  if (left < 0)
    return [
      {
        ...common,
        id: `missing_${key}`,
        severity: 'error',
        lines: [`${plain(-left)} missing`, `${plain(used)} of ${plain(has)} × ${hardware.name}`],
      },
    ];
  const lines = ['free', `${plain(left)} × ${hardware.name}`, `${bar(0)} ${share(left / has)}`];
  const severity = short ? undefined : input.severities.get(cluster.name);
  return [{ ...common, id: `free_${key}`, muted: true, lines, ...(severity ? { severity } : {}) }];
}

/** `**18 of 32** L4 and **4 of 4** A100_80GB in use` */
function summaryOf(pools: readonly Pool[], others: readonly Consumer[]): readonly TextPart[] {
  const short = pools.filter(({ used, has }) => used > has + 1e-9);
  const shown = short.length > 0 ? short : pools;
  const parts = shown
    .slice(0, 4)
    .flatMap(({ used, has, hardware }, i): TextPart[] => [
      { text: i === 0 ? '' : i === Math.min(4, shown.length) - 1 ? ' and ' : ', ' },
      { text: `${plain(used)} of ${plain(has)}`, strong: true },
      { text: ` ${hardware.name}` },
    ]);
  const more = shown.length > 4 ? [{ text: ` and ${shown.length - 4} more` }] : [];
  const end = short.length > 0 ? ': more is asked for than there is' : ' in use';
  const lost =
    others.length > 0 ? [{ text: `${others.length}`, strong: true as const }, { text: ' without a cluster' }] : [];
  if (pools.length === 0) return lost;
  return [...parts, ...more, { text: end }, ...(lost.length > 0 ? [{ text: ' · ' }, ...lost] : [])].filter(
    ({ text }) => text !== '',
  );
}

function poolSentence({ cluster, hardware, used, has }: Pool): string {
  const missing = used > has + 1e-9 ? `, ${plain(used - has)} are missing` : '';
  return `${cluster.name}: ${plain(used)} of ${plain(has)} ${hardware.name} are used${missing}.`;
}

const lostSentence = (others: readonly Consumer[]): readonly string[] =>
  others.length === 0 ? [] : [`Without a cluster: ${others.map(({ node }) => node.name).join(', ')}.`];

function tablesOf(pools: readonly Pool[], others: readonly Consumer[]): readonly Table[] {
  const numeric = true as const;
  const rows = pools.map(({ cluster, hardware, used, has, consumers }) => {
    const largest = consumers.toSorted((a, b) => (b.count.now ?? 0) - (a.count.now ?? 0))[0];
    const left = has - used;
    return {
      cells: [
        `${cluster.name} · ${hardware.name}`,
        plain(has),
        plain(used),
        left < -1e-9 ? `${plain(-left)} missing` : plain(Math.max(0, left)),
        largest ? `${largest.node.name}, ${plain(largest.count.now ?? 0)}` : 'none',
      ],
      ...(left < -1e-9 ? { severity: 'error' as const } : {}),
      target: targetOf(cluster),
    };
  });
  const columns = [
    { title: 'Hardware' },
    { title: 'there are', numeric },
    { title: 'used', numeric },
    { title: 'free', numeric },
    { title: 'largest use' },
  ];
  const lost = others.map(({ node, hardware, count }) => ({
    cells: [node.name, count.now === undefined ? hardware.name : `${plain(count.now)} × ${hardware.name}`],
    target: targetOf(node),
  }));
  return [
    ...(rows.length > 0 ? [{ title: '', columns, rows }] : []),
    ...(lost.length > 0
      ? [{ title: 'Without a cluster', columns: [{ title: 'Part' }, { title: 'Hardware' }], rows: lost }]
      : []),
  ];
}
