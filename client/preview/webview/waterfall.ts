import type { WireTarget, WireWaterfall } from '#server/protocol.ts';
import { assign, html, onWidth, svg } from './dom.ts';
import { figure, ticks, time, unitOf } from './times.ts';

const ROW = 20;
const BAR = 11;
/** Height of the axis above the rows, space that sets the whole request apart, and height of the budget's name below. */
const [AXIS, APART, FOOT] = [20, 8, 18];

type Reveal = (target: WireTarget, focus: boolean) => void;

/** Where the time of one request goes: a bar a hop from the sum of the medians before it, and the whole request apart. */
export function waterfall(reveal: Reveal) {
  const element = html('section', { class: 'waterfall', 'aria-label': 'Latency' });
  let shown: WireWaterfall | null = null;
  let strip: Strip | null = null;
  const redraw = () => {
    if (shown && strip && element.clientWidth > 0) place(strip, shown, element.clientWidth);
  };
  onWidth(element, redraw);
  return {
    element,
    /** Equal hops keep their elements: only lengths and figures change. */
    update(next: WireWaterfall | null): void {
      element.hidden = !next;
      if (next && (!shown || hopsOf(next) !== hopsOf(shown))) {
        strip = build(next, reveal);
        element.replaceChildren(strip.root, strip.table);
      }
      shown = next;
      redraw();
    },
  };
}

/** The strip at a width, drawn in an element that is in the page: what is exported. */
export function waterfallPicture(shown: WireWaterfall, width: number, stage: HTMLElement): SVGSVGElement {
  const strip = build(shown, () => {});
  stage.append(html('div', { class: 'waterfall' }, strip.root));
  place(strip, shown, width);
  return strip.root;
}

function hopsOf({ rows, budget }: WireWaterfall): string {
  return JSON.stringify([rows.map(({ name, free, severity, target }) => [name, free, severity, target]), !budget]);
}

interface Strip {
  readonly root: SVGSVGElement;
  readonly axis: SVGGElement;
  readonly bars: readonly Bar[];
  readonly limit: SVGGElement;
  /** the same for a screen reader */
  readonly table: HTMLElement;
}

interface Bar {
  readonly ground: SVGRectElement;
  readonly name: SVGTextElement;
  readonly filled: SVGRectElement;
  readonly tail: SVGRectElement;
  readonly over: SVGRectElement;
  readonly value: SVGTextElement;
  readonly title: SVGTitleElement;
}

function build({ rows }: WireWaterfall, reveal: Reveal): Strip {
  const [axis, limit] = [svg('g', { class: 'axis' }), svg('g', { class: 'limit' }, svg('line'), svg('text'))];
  const root = svg('svg', { role: 'img' }, svg('defs', {}, hatch()), axis);
  const bars = [...rows, null].map((row) => {
    const bar: Bar = {
      title: svg('title'),
      ground: svg('rect', { class: 'ground', height: ROW, width: '100%' }),
      name: svg('text', { class: 'name', x: 0 }),
      filled: svg('rect', { class: 'bar', height: BAR }),
      tail: svg('rect', { class: row?.free ? 'free' : 'tail', height: BAR }),
      over: svg('rect', { class: 'over', height: BAR, fill: 'url(#over-budget)' }),
      value: svg('text', { class: 'value' }),
    };
    const kind = [row ? row.severity : 'whole', row?.target && 'clickable'].filter(Boolean).join(' ');
    const group = root.appendChild(svg('g', { class: `row ${kind}` }, ...Object.values(bar)));
    if (row?.target) group.addEventListener('click', ({ detail }) => reveal(row.target!, detail > 1));
    return bar;
  });
  root.append(limit);
  return { root, axis, bars, limit, table: html('div', { class: 'unseen' }) };
}

function hatch(): SVGPatternElement {
  const lines = {
    id: 'over-budget',
    width: 5,
    height: 5,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  };
  return svg('pattern', lines, svg('rect', { width: 2.5, height: 5, class: 'hatch' }));
}

/** Sets what figures and the width decide. */
function place(strip: Strip, shown: WireWaterfall, width: number): void {
  const lines = linesOf(shown);
  for (const [i, { name, value, title }] of strip.bars.entries()) {
    name.textContent = lines[i]!.name;
    value.textContent = lines[i]!.value;
    title.textContent = lines[i]!.says;
  }
  const widest = (texts: SVGTextElement[]) => Math.max(...texts.map((text) => text.getComputedTextLength()));
  const left = Math.min(160, Math.max(80, widest(strip.bars.map((bar) => bar.name)) + 14));
  const right = width - Math.max(64, widest(strip.bars.map((bar) => bar.value)) + 16);
  const last =
    1.04 * Math.max(shown.budget?.bound ?? 0, ...lines.map((line) => (line.free ? 0 : line.start + line.p99)));
  const x = (seconds: number) => left + (seconds / last) * (right - left);
  const bottom = AXIS + strip.bars.length * ROW + APART;

  assign(strip.root, { width, height: bottom + FOOT, 'aria-label': shown.description });
  drawAxis(strip.axis, last, x, bottom, Math.floor((right - left) / 38));
  drawLimit(strip.limit, shown.budget, x, bottom);
  for (const [i, bar] of strip.bars.entries()) {
    const top = AXIS + i * ROW + (lines[i]!.whole ? APART : 0);
    assign(bar.ground, { y: top });
    assign(bar.name, { y: top + 14 });
    assign(bar.value, { y: top + 14, x: width });
    placeBar(bar, lines[i]!, x, top + (ROW - BAR) / 2, right);
    cut(bar.name, left - 8);
  }
  strip.table.replaceChildren(tableOf(lines, shown));
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly says: string;
  readonly start: number;
  readonly p50: number;
  readonly p99: number;
  readonly free?: true;
  readonly whole?: true;
  /** beyond this the whole request is late */
  readonly limit?: number;
}

function linesOf({ rows, whole, budget }: WireWaterfall): Line[] {
  const hops = rows.map((row): Line => {
    const says = row.free
      ? `${row.name}: nobody waits for it`
      : `${row.name}: p50 ${time(row.p50)}, p99 ${time(row.p99)}`;
    return { ...row, name: row.severity === 'error' ? `✖ ${row.name}` : row.name, says };
  });
  const limit = budget?.percentile === 99 ? budget.bound : undefined;
  const unit = unitOf(limit ?? whole.p99);
  const bound = limit === undefined ? '' : ` of ${figure(limit / unit.seconds)}`;
  const value = `${limit !== undefined && whole.p99 > limit ? '✖ ' : ''}${figure(whole.p99 / unit.seconds)}${bound} ${unit.name}`;
  const says = `Whole request: p50 ${time(whole.p50)}, p99 ${time(whole.p99)}`;
  return [
    ...hops,
    { name: 'Whole request', value, says, start: 0, ...whole, whole: true, ...(limit === undefined ? {} : { limit }) },
  ];
}

/** Filled to the median, outlined on to the 99th percentile, hatched beyond the budget. */
function placeBar(bar: Bar, line: Line, x: (seconds: number) => number, y: number, edge: number): void {
  const from = x(line.start);
  const to = line.free ? edge : Math.max(from + 2, x(line.start + line.p99));
  const inside = line.limit === undefined ? to : Math.min(to, x(line.limit));
  assign(bar.filled, {
    x: from,
    y,
    width: line.free ? 0 : Math.max(1, Math.min(inside, x(line.start + line.p50)) - from),
  });
  assign(bar.tail, { x: from, y, width: inside - from });
  assign(bar.over, { x: inside, y, width: to - inside });
}

function drawAxis(axis: SVGGElement, last: number, x: (seconds: number) => number, bottom: number, most: number): void {
  const unit = unitOf(last);
  const marks = ticks(last, Math.min(6, most)).flatMap((at) => {
    const text = at === 0 ? `0 ${unit.name}` : String(Number((at / unit.seconds).toPrecision(6)));
    return [svg('line', { x1: x(at), x2: x(at), y1: AXIS, y2: bottom }), svg('text', { x: x(at), y: AXIS - 6 }, text)];
  });
  axis.replaceChildren(...marks);
}

function drawLimit(
  limit: SVGGElement,
  budget: WireWaterfall['budget'],
  x: (seconds: number) => number,
  bottom: number,
): void {
  const [line, text] = [...limit.children] as [SVGLineElement, SVGTextElement];
  assign(limit, { visibility: budget ? null : 'hidden' });
  if (!budget) return;
  assign(line, { x1: x(budget.bound), x2: x(budget.bound), y1: AXIS - 2, y2: bottom + FOOT });
  assign(text, { x: x(budget.bound) - 7, y: bottom + FOOT - 4 });
  text.textContent = `budget ${budget.percentile === 99 ? '' : `p${budget.percentile} `}${time(budget.bound)}`;
}

/** Cuts a name in the middle to the longest that fits; the row's title has it in full. */
function cut(text: SVGTextElement, width: number): void {
  if (text.getComputedTextLength() <= width) return;
  const full = [...(text.textContent ?? '')];
  const keep = (count: number) => {
    const end = Math.floor(count / 3);
    text.textContent = `${full.slice(0, count - end).join('')}…${full.slice(full.length - end).join('')}`;
  };
  let [fits, over] = [0, Math.min(full.length, 100)];
  while (over - fits > 1) {
    const middle = (fits + over) >> 1;
    keep(middle);
    if (text.getComputedTextLength() <= width) fits = middle;
    else over = middle;
  }
  keep(fits);
}

function tableOf(lines: readonly Line[], { description }: WireWaterfall): HTMLTableElement {
  const head = ['Part', 'Starts at', 'p50', 'p99', 'Of budget'].map((title) => html('th', { scope: 'col' }, title));
  const rows = lines.map((line) => {
    const cells = line.free
      ? ['', 'nobody waits', '', line.value]
      : [time(line.start), time(line.p50), time(line.p99), line.value];
    return html('tr', {}, html('th', { scope: 'row' }, line.name), ...cells.map((cell) => html('td', {}, cell)));
  });
  return html(
    'table',
    { 'aria-label': description },
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...rows),
  );
}
