import { priceOf, textOf } from '../estimate/price.ts';
import type { Node } from '../model/design.ts';
import { MONEY_RATE, NUMBER } from '../units/dimension.ts';
import { number } from '../units/format.ts';
import { costsOf, type PartCost, unpriced } from './cost-parts.ts';
import { devices } from './figures.ts';
import { findingsTable, newsOf } from './findings.ts';
import { arrow } from './frame.ts';
import { emptyModel, pairOf, type View, type ViewInput, viewModel } from './input.ts';
import { legendOf, partOf } from './part.ts';
import type { DiagramNode, Flowchart, Table, TextPart } from './view.ts';
import {
  bar,
  changed,
  line,
  list,
  longest,
  MONTH,
  money,
  pairWords,
  plural,
  quantity,
  share,
  title,
  type Words,
} from './words.ts';

export const cost: View = {
  id: 'cost',
  title: 'Cost',
  summary: 'What the design costs a month, which parts cause it, and the budget.',
  empty: 'Nothing here has a price.',
  subjects: () => [],
  build(input) {
    const parts = costsOf(input);
    if (parts.length === 0) return emptyModel(cost, input);
    const whole = wholeOf(input, parts);
    const nodes = [...partNodes(input, parts, whole.now), totalNode(input, whole)];
    return viewModel(cost, input, {
      description: descriptionOf(input, parts, whole),
      summary: summaryOf(input, parts, whole),
      diagram: chart(nodes),
      tables: [...findingsTable(findingsOf(input, parts), input), ...tablesOf(input, parts, whole)],
      legend: legendOf(input, nodes),
    });
  },
};

/** What all parts cost, in USD per second; the same as `system.cost`. */
interface Whole {
  readonly now: number;
  readonly base: number | undefined;
  readonly budget: number | undefined;
  /** something costs that has no price here */
  readonly atLeast: boolean;
}

function wholeOf(input: ViewInput, parts: readonly PartCost[]): Whole {
  const sum = (costs: readonly (number | undefined)[]) => costs.reduce((a: number, b) => a + (b ?? 0), 0);
  const { system } = input.design;
  return {
    now: sum(parts.map(({ now }) => now)),
    base: input.base ? sum(parts.map(({ base }) => base)) : undefined,
    budget: system && input.now.given(system, 'budget')?.value,
    atLeast: unpriced(input).length > 0,
  };
}

/** `$11.5k of $20k` */
function wholeWords(whole: Whole): Words {
  const words = (value: number) => money(value * MONTH);
  const cost = changed(words(whole.now), whole.base === undefined ? undefined : words(whole.base));
  if (whole.budget === undefined) return cost;
  return `${words(whole.now)} of ${words(whole.budget)}`;
}

const isOver = ({ now, budget }: Whole): boolean => budget !== undefined && now > budget * (1 + 1e-9);

function chart(nodes: readonly DiagramNode[]): Flowchart {
  const total = nodes.at(-1)!;
  const parts = nodes.slice(0, -1).map(({ id }) => id);
  return { type: 'flowchart', direction: 'LR', groups: [], nodes, edges: [arrow(parts, [total.id])] };
}

/** More parts than this: one less, and how many more there are. */
const MOST = 8;

/** In the order of the text, so that a changed price moves nothing; of many, the dearest. */
function partNodes(input: ViewInput, parts: readonly PartCost[], whole: number): readonly DiagramNode[] {
  if (parts.length <= MOST) return parts.map((part) => partNode(input, part, whole));
  const dearest = parts.toSorted((a, b) => b.now - a.now).slice(0, MOST - 1);
  const rest = parts.filter((part) => !dearest.includes(part));
  const sum = rest.reduce((total, { now }) => total + now, 0);
  return [
    ...parts.filter((part) => dearest.includes(part)).map((part) => partNode(input, part, whole)),
    {
      id: 'more_parts',
      lines: [`${rest.length} more`, ...ofWhole(money(sum * MONTH), sum, whole)],
      shape: 'rounded',
      role: 'outcome',
    },
  ];
}

function partNode(input: ViewInput, part: PartCost, whole: number): DiagramNode {
  const { node, now } = part;
  const words = pairWords(part, (value) => money(value * MONTH));
  const opens = node.kind === 'training' ? { view: 'training', subject: node.name } : { view: 'serving' };
  return partOf(input, node, [title(node.name), ...ofWhole(line(amount(input, node), words), now, whole)], opens);
}

const ofWhole = (what: string, part: number, whole: number): readonly string[] => [
  what,
  whole > 0 ? `${bar(part / whole)} ${share(part / whole)}` : '',
];

/** `16 × L4`, or `178 GPU-hours` a month of a training that repeats. */
function amount(input: ViewInput, node: Node): Words {
  if (node.kind === 'serving') return devices(input, node);
  const every = input.now.given(node, 'every')?.value;
  const hours = pairOf(input, node, 'training.gpu_hours').now;
  if (!every || hours === undefined) return undefined;
  return `${quantity((hours / 3600) * (MONTH / every), NUMBER)} GPU-hours`;
}

function totalNode(input: ViewInput, whole: Whole): DiagramNode {
  const { system } = input.design;
  const used = whole.budget ? whole.now / whole.budget : undefined;
  const least = whole.atLeast ? '≥ ' : '';
  const lines = [
    line([`${least}${longest(wholeWords(whole))} a month`, `${least}${money(whole.now * MONTH)} a month`]),
    used === undefined ? '' : `${bar(used)} ${share(used)}`,
  ];
  const node: DiagramNode = system
    ? partOf(input, system, [title(system.name), ...lines])
    : {
        id: 'total_cost',
        lines: ['All parts', ...lines.filter((text) => text !== '')],
        shape: 'stadium',
        role: 'system',
      };
  const drawn: DiagramNode = { ...node, shape: 'stadium' };
  return isOver(whole) ? { ...drawn, severity: 'error' } : drawn;
}

/** `At least **$11.5k of $20k** a month · aws us_east_1, on demand` */
function summaryOf(input: ViewInput, parts: readonly PartCost[], whole: Whole): readonly TextPart[] {
  const [first, ...others] = pricesOf(input, parts);
  const where = first === undefined ? '' : ` · ${first}${others.length > 0 ? ' and others' : ''}`;
  const over = isOver(whole) ? `, ${money((whole.now - whole.budget!) * MONTH)} over budget` : '';
  return [
    ...(whole.atLeast ? [{ text: 'At least ' }] : []),
    { text: longest(wholeWords(whole)), strong: true as const },
    { text: ` a month${over}${where}` },
  ];
}

/** Where the prices come from, each once. */
function pricesOf({ now }: ViewInput, parts: readonly PartCost[]): readonly string[] {
  const sources = parts.flatMap(({ node }) => {
    const hardware = now.pool(node, 'hardware')[0]?.hardware;
    const price = hardware && priceOf(now, node, hardware);
    if (!price) return [];
    const said = ['provider', 'region', 'date'].flatMap((path) => textOf(now, price.listing, path) ?? []);
    return [said.join(', ') || 'prices as written'];
  });
  return [...new Set(sources)];
}

const findingsOf = ({ findings, design }: ViewInput, parts: readonly PartCost[]) =>
  findings.filter(
    ({ rule, subject }) =>
      rule.startsWith('cost/') && (subject === design.system?.name || parts.some(({ node }) => node.name === subject)),
  );

/** The dearest first, their sum last; then what the sum leaves out. */
function tablesOf(input: ViewInput, parts: readonly PartCost[], whole: Whole): readonly Table[] {
  const numeric = true as const;
  const rows = parts
    .toSorted((a, b) => b.now - a.now)
    .map(({ node, now, base }) => {
      const severity = input.severities.get(node.name);
      const month = longest(pairWords({ now, base }, (value) => exact(value * MONTH)));
      return {
        cells: [
          node.name,
          longest(amount(input, node)),
          priceWords(input, node),
          month,
          whole.now > 0 ? share(now / whole.now) : '',
        ],
        ...(severity ? { severity } : {}),
        target: { name: node.name, span: node.nameSpan },
      };
    });
  const used = whole.budget ? `${share(whole.now / whole.budget)} of ${money(whole.budget * MONTH)}` : '100%';
  const sum = [
    input.design.system?.name ?? 'All parts',
    '',
    '',
    `${whole.atLeast ? '≥ ' : ''}${exact(whole.now * MONTH)}`,
    used,
  ];
  const columns = [
    { title: 'Part' },
    { title: 'devices', numeric },
    { title: 'price', numeric },
    { title: 'a month', numeric },
    { title: 'share', numeric },
  ];
  const over = isOver(whole) ? { severity: 'error' as const } : {};
  return [{ title: '', columns, rows: [...rows, { cells: sum, ...over }] }, ...leftOut(input)];
}

function leftOut(input: ViewInput): readonly Table[] {
  const rows = unpriced(input).map(({ node, why }) => ({
    cells: [node.name, why],
    target: { name: node.name, span: node.nameSpan },
  }));
  return rows.length === 0 ? [] : [{ title: 'Not in the sum', columns: [{ title: 'Part' }, { title: 'Why' }], rows }];
}

/** `$9,343`: so that the rows add up to the last */
const exact = (value: number): string =>
  value < 100
    ? `$${value.toFixed(2)}`
    : `$${Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',')}`;

/** `$0.80/h` for one device */
function priceWords({ now }: ViewInput, node: Node): string {
  const hardware = now.pool(node, 'hardware')[0]?.hardware;
  const price = hardware && priceOf(now, node, hardware);
  if (price?.rate.dimension !== MONEY_RATE) return '';
  const hour = price.rate.value * (1 - (price.discount?.value ?? 0)) * 3600;
  return hour < 0.1 ? `$${number(hour, 'short')}/h` : `$${hour.toFixed(2)}/h`;
}

function descriptionOf(input: ViewInput, parts: readonly PartCost[], whole: Whole): string {
  const dearest = parts.toSorted((a, b) => b.now - a.now)[0]!;
  const part = whole.now > 0 ? ` ${dearest.node.name} is ${share(dearest.now / whole.now)} of it.` : '';
  const missing = unpriced(input).map(({ node }) => node.name);
  const left =
    missing.length === 0
      ? ''
      : ` Not in the sum: ${missing.length > 4 ? plural(missing.length, 'part') : list(missing)}.`;
  const over = isOver(whole) ? ' That is over the budget.' : '';
  const names = [input.design.system?.name, ...parts.map(({ node }) => node.name)];
  const said = `${whole.atLeast ? 'At least ' : ''}${longest(wholeWords(whole))} a month.${over}${part}${left}`;
  return [said, ...newsOf(input, names)].join(' ');
}
