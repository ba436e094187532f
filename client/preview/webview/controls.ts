import type { WireNode, WireTarget } from '#server/protocol.ts';
import { PART, ring, stops } from './dress.ts';

export interface Actions {
  reveal(target: WireTarget, focus: boolean): void;
  open(view: string, subject?: string): void;
  /** Escape: what is open over the picture closes first */
  leave(): void;
  back(): void;
  table(): void;
  zoom(step: 'in' | 'out' | 'reset'): void;
}

/** Mouse and keyboard on the parts of a picture: one stop for Tab, arrows inside of it. */
export function controls(viewport: HTMLElement, nodeOf: (id: string) => WireNode | undefined, actions: Actions): void {
  const node = (event: Event): WireNode | undefined => {
    const id = (event.target as Element).closest(`[${PART}]`)?.getAttribute(PART);
    return id === null || id === undefined ? undefined : nodeOf(id);
  };
  const follow = (event: MouseEvent | KeyboardEvent, focus: boolean, into = event.altKey) => {
    const part = node(event);
    if (part?.opens && (into || !part.target)) actions.open(part.opens.view, part.opens.subject);
    else if (part?.target) actions.reveal(part.target, focus);
  };
  viewport.addEventListener('click', (event) => {
    if (event.detail < 2) follow(event, false);
  });
  viewport.addEventListener('dblclick', (event) => {
    // a part that only opens a view has done so with the first click
    if (node(event)?.target) follow(event, true, true);
  });
  viewport.addEventListener('focusin', (event) => {
    const part = (event.target as Element).closest<SVGGElement>(`g[${PART}][tabindex]`);
    if (part) stopAt(part);
  });
  viewport.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') follow(event, event.ctrlKey || event.metaKey);
    else if (!move(viewport, event.key)) return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => anywhere(event, actions));
}

/** Keeps one part in the order of Tab: the one that had the focus last. */
export function stopAt(part: SVGGElement): void {
  ring(part);
  for (const other of stops(part.ownerSVGElement!)) other.setAttribute('tabindex', other === part ? '0' : '-1');
}

/** True where the key moves the focus between parts. */
function move(viewport: HTMLElement, key: string): boolean {
  const picture = viewport.querySelector('svg');
  const parts = picture ? stops(picture) : [];
  const at = parts.indexOf(document.activeElement as SVGGElement);
  const next: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: parts.length - 1,
  };
  if (at < 0 || !Object.hasOwn(next, key)) return false;
  parts[Math.max(0, Math.min(parts.length - 1, next[key]!))]?.focus();
  return true;
}

function anywhere(event: KeyboardEvent, actions: Actions): void {
  const writing = event.target instanceof HTMLSelectElement || event.target instanceof HTMLInputElement;
  if (event.altKey && event.key === 'ArrowLeft') actions.back();
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') actions.leave();
  else if (event.key === 'Backspace') actions.back();
  else if (event.key === 't') actions.table();
  else if (event.key === '+' || event.key === '=') actions.zoom('in');
  else if (event.key === '-') actions.zoom('out');
  else if (event.key === '0') actions.zoom('reset');
}
