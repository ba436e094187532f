import type { ViewResponse } from '#server/protocol.ts';
import { html } from './dom.ts';
import type { Pick } from './header.ts';

/** A view that a drill-down came from. */
export interface Crumb {
  readonly view: string;
  readonly subject: string | null;
}

const WAY_IN = 'lifecycle';

/** The way from the life cycle to what is shown, by the views that were drilled through. */
export function trail(start: readonly Crumb[], pick: (pick: Pick) => void, changed: (trail: readonly Crumb[]) => void) {
  const list = html('ol');
  const element = html('nav', { class: 'trail', 'aria-label': 'Breadcrumbs' }, list);
  let [crumbs, current]: [readonly Crumb[], Crumb | null] = [start, null];
  element.hidden = true;

  const set = (next: readonly Crumb[]) => {
    crumbs = next;
    changed(next);
  };
  const way = (): readonly Crumb[] => {
    const [first] = crumbs;
    return first?.view === WAY_IN || current?.view === WAY_IN ? crumbs : [{ view: WAY_IN, subject: null }, ...crumbs];
  };
  const goTo = (at: number) => {
    const crumb = way()[at];
    if (!crumb) return;
    set(way().slice(0, at));
    pick(crumb);
  };
  return {
    element,
    /** From what is shown into another view. */
    into(view: string, subject?: string): void {
      if (current) set([...way(), current]);
      pick({ view, ...(subject === undefined ? {} : { subject }) });
    },
    /** Somebody chose a view from the list: where they were before is not the way to it. */
    leave: () => set([]),
    back: () => goTo(way().length - 1),
    update({ model, views }: ViewResponse): void {
      current = { view: model.view, subject: model.subject };
      // the view is on its own way where it was picked by other means
      const loop = crumbs.findIndex(({ view, subject }) => view === model.view && subject === model.subject);
      if (loop >= 0) set(crumbs.slice(0, loop));
      const name = ({ view, subject }: Crumb) =>
        [views.find(({ id }) => id === view)?.title ?? view, subject].filter(Boolean).join(' · ');
      const steps = way().map((crumb, i) => {
        const button = html('button', { type: 'button', class: 'link' }, name(crumb));
        button.addEventListener('click', () => goTo(i));
        return html('li', {}, button, html('span', { class: 'soft', 'aria-hidden': 'true' }, '›'));
      });
      element.hidden = steps.length === 0;
      const here = html(
        'li',
        { 'aria-current': 'page' },
        name({ view: model.view, subject: model.subjects.length > 1 ? model.subject : null }),
      );
      list.replaceChildren(...steps, here);
    },
  };
}
