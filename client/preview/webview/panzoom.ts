import { select } from 'd3-selection';
import { type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import { onWidth } from './dom.ts';

/** A place in the picture: scale and shift in pixels. */
export interface Zoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface PanZoom {
  /** Puts a picture in, where the last one stood; `home` forgets what the user had zoomed to. */
  show(picture: SVGSVGElement, home: boolean): void;
  /** Draws it as it was before the user moved it. */
  reset(): void;
  by(factor: number): void;
}

/** Text of 12 px stays readable down to 11: a picture that is a little too wide for the panel shrinks as far. */
const LEAST = 11 / 12;

/**
 * Ctrl and the wheel (or a pinch) zoom, dragging moves, the plain wheel scrolls the page. A picture is drawn 1:1 in the
 * middle until the user moves it, and from then on stays where it was put.
 */
export function panZoom(viewport: HTMLElement, start: Zoom | null, changed: (at: Zoom | null) => void): PanZoom {
  let picture: SVGSVGElement | null = null;
  let at = start;
  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([0.25, 4])
    .clickDistance(4)
    .filter((event: MouseEvent) => (event.type === 'wheel' ? event.ctrlKey || event.metaKey : event.button === 0))
    .on('start', () => viewport.classList.add('moving'))
    .on('end', () => viewport.classList.remove('moving'))
    .on('zoom', ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      if (sourceEvent) keep(transform);
      place(transform);
    });
  const target = select(viewport).call(behaviour).on('dblclick.zoom', null);

  function keep(transform: ZoomTransform | null): void {
    at = transform && { k: transform.k, x: transform.x, y: transform.y };
    changed(at);
  }
  function place({ x, y, k }: Zoom): void {
    if (!picture) return;
    picture.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    viewport.classList.toggle('more-left', x < -1);
    viewport.classList.toggle('more-right', x + k * sizeOf(picture).width > viewport.clientWidth + 1);
  }
  function settle(): void {
    if (!picture) return;
    const { width, height } = sizeOf(picture);
    const k = Math.min(1, Math.max(LEAST, viewport.clientWidth / width));
    const home = zoomIdentity.translate(Math.max(0, Math.round((viewport.clientWidth - k * width) / 2)), 0).scale(k);
    viewport.style.height = `${Math.ceil(k * height)}px`;
    behaviour.translateExtent([
      [-width, -height],
      [2 * width, 2 * height],
    ]);
    behaviour.transform(target, at ? zoomIdentity.translate(at.x, at.y).scale(at.k) : home);
  }

  // a picture that is wider than the panel moves sideways with the wheel, too
  const sideways = (event: WheelEvent) => {
    const shift = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey || !picture || Math.abs(shift) <= (event.shiftKey ? 0 : Math.abs(event.deltaY)))
      return;
    const { k } = zoomTransform(viewport);
    if (sizeOf(picture).width * k <= viewport.clientWidth) return;
    event.preventDefault();
    behaviour.translateBy(target, -shift / k, 0);
    keep(zoomTransform(viewport));
  };
  viewport.addEventListener('wheel', sideways, { passive: false });
  onWidth(viewport, settle);

  return {
    show(next, home) {
      if (home && at) keep(null);
      picture = next;
      viewport.replaceChildren(next);
      settle();
    },
    reset() {
      keep(null);
      settle();
    },
    by(factor) {
      behaviour.scaleBy(target, factor);
      keep(zoomTransform(viewport));
    },
  };
}

function sizeOf(picture: SVGSVGElement): { width: number; height: number } {
  return { width: picture.width.baseVal.value, height: picture.height.baseVal.value };
}
