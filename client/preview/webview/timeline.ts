import type { WireTimeline } from '#server/protocol.ts';
import { assign, html, onWidth, svg } from './dom.ts';

const [TOP, BAR, HEIGHT] = [22, 14, 62];
/** Space at the left, and at the right beyond the longest of all. */
const EDGE = 6;

/** How long an experiment takes: filled while units come in, dashed until their labels are known, against its planned end. */
export function timeline() {
  const element = html('section', { class: 'timeline', 'aria-label': 'Time' });
  let shown: WireTimeline | null = null;
  const redraw = () => {
    if (shown && element.clientWidth > 0) place(element, shown, element.clientWidth);
  };
  onWidth(element, redraw);
  return {
    element,
    update(next: WireTimeline | null): void {
      element.hidden = !next;
      shown = next;
      redraw();
    },
  };
}

/** The strip at a width: what is exported. */
export function timelinePicture(shown: WireTimeline, width: number, stage: HTMLElement): SVGSVGElement {
  const holder = html('div', { class: 'timeline' });
  stage.append(holder);
  return place(holder, shown, width);
}

function place(holder: HTMLElement, shown: WireTimeline, width: number): SVGSVGElement {
  const root = svg('svg', { role: 'img', width, height: HEIGHT, 'aria-label': shown.description });
  holder.replaceChildren(root);
  const ends = [...shown.spans.map(({ to }) => to), shown.end?.at ?? 0];
  const last = Math.max(...ends);
  const x = (at: number) => EDGE + (last > 0 ? at / last : 0) * (width - 2 * EDGE);
  const middle = TOP + BAR / 2;
  root.append(svg('line', { class: 'axis', x1: x(0), x2: x(last), y1: middle, y2: middle }));
  drawSpans(root, shown, x);
  drawMarks(root, shown, x, width);
  return root;
}

function drawSpans(root: SVGSVGElement, { spans, end, late }: WireTimeline, x: (at: number) => number): void {
  const limit = late && end ? end.at : Number.POSITIVE_INFINITY;
  for (const { from, to, line } of spans) {
    const inside = Math.max(from, Math.min(to, limit));
    const bar = (a: number, b: number, kind: string) =>
      b > a &&
      root.append(
        svg('rect', { class: `${line} ${kind}`, x: x(a), y: TOP, width: Math.max(2, x(b) - x(a)), height: BAR }),
      );
    bar(from, inside, '');
    bar(inside, to, 'over');
  }
  // names above, from left to right, each as near to its span as the one before it lets it stand
  let free = 0;
  for (const { from, text } of spans) {
    const name = root.appendChild(svg('text', { y: TOP - 8 }, text));
    const left = Math.max(free, x(from));
    assign(name, { x: left });
    free = left + name.getComputedTextLength() + 14;
  }
}

/** Ticks with their names below; a name that would touch the next is left out, the end's never. */
function drawMarks(
  root: SVGSVGElement,
  { marks, end, late }: WireTimeline,
  x: (at: number) => number,
  width: number,
): void {
  const all = [...marks, ...(end ? [{ at: end.at, text: end.text }] : [])];
  let right = width;
  for (const { at, text } of all.toReversed()) {
    const isEnd = at === end?.at;
    root.append(svg('line', { class: isEnd ? 'end' : 'tick', x1: x(at), x2: x(at), y1: TOP - 4, y2: TOP + BAR + 4 }));
    const said = isEnd && late ? `${text} · ✖ ${late}` : text;
    const name = root.appendChild(svg('text', { class: isEnd && late ? 'late' : null, y: HEIGHT - 8 }, said));
    const long = name.getComputedTextLength();
    const left = Math.min(Math.max(0, x(at) - long / 2), width - long);
    if (left + long > right) name.remove();
    else {
      assign(name, { x: left });
      right = left - 10;
    }
  }
}
