import { html } from './dom.ts';
import { PART } from './dress.ts';
import { contentOf } from './content.ts';

/** Milliseconds that the mouse, or the focus, rests on a part before its card is asked for. */
const REST = { mouse: 350, focus: 700 };

/** The editor's hover on parts of the picture: asked of the editor when somebody rests there, and read aloud as the part's description. */
export function card(viewport: HTMLElement, ask: (id: string) => void) {
  const body = html('div', { class: 'card', role: 'tooltip', id: 'card', hidden: true });
  document.body.append(body);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let part: Element | null = null;

  const partAt = (target: EventTarget | null) => (target as Element | null)?.closest?.(`g[${PART}].clickable`) ?? null;
  function rest(next: Element | null, after: number): void {
    if (next === part) return;
    hide();
    part = next;
    if (next) waiting = setTimeout(() => ask(next.getAttribute(PART)!), after);
  }
  function hide(): void {
    clearTimeout(waiting);
    part?.removeAttribute('aria-describedby');
    part = null;
    body.hidden = true;
  }
  /** The mouse may go from the part to its card. */
  const leave = ({ relatedTarget }: MouseEvent) => {
    if (relatedTarget instanceof Node && body.contains(relatedTarget)) return;
    if (partAt(relatedTarget) !== part) rest(partAt(relatedTarget), REST.mouse);
  };
  viewport.addEventListener('mouseover', ({ target, buttons }) => {
    if (buttons === 0 && partAt(target)) rest(partAt(target), REST.mouse);
  });
  viewport.addEventListener('mouseout', leave);
  body.addEventListener('mouseleave', leave);
  viewport.addEventListener('mousedown', hide);
  viewport.addEventListener('focusin', ({ target }) => {
    if ((target as Element).matches(':focus-visible')) rest(partAt(target), REST.focus);
  });
  viewport.addEventListener('focusout', hide);
  window.addEventListener('scroll', hide, { passive: true });
  viewport.addEventListener('wheel', hide, { passive: true });

  return {
    hide(): boolean {
      const shown = !body.hidden;
      hide();
      return shown;
    },
    /** The answer, where somebody still rests on that part. */
    show(id: string, markdown: readonly string[]): void {
      if (part?.getAttribute(PART) !== id || !part.isConnected || markdown.length === 0) return;
      body.replaceChildren(contentOf(markdown.join('\n\n---\n\n')));
      body.hidden = false;
      body.scrollTop = 0;
      part.setAttribute('aria-describedby', body.id);
      place(body, part.getBoundingClientRect());
    },
  };
}

/** Under the part, or above it where there is more room; within the window. */
function place(body: HTMLElement, { left, top, bottom }: DOMRect): void {
  const [room, above] = [window.innerHeight - bottom - 14, top - 14];
  const under = room >= Math.min(body.scrollHeight, 220) || room >= above;
  body.style.maxHeight = `${Math.max(80, Math.min(360, under ? room : above))}px`;
  body.style.left = `${Math.max(6, Math.min(left, window.innerWidth - body.offsetWidth - 6))}px`;
  body.style.top = `${under ? bottom + 6 : top - body.offsetHeight - 6}px`;
}
