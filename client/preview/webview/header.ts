import type { ViewResponse } from '#server/protocol.ts';
import { LENSES, type Lens } from './lens.ts';
import { html, marker } from './dom.ts';

export interface Pick {
  readonly view?: string;
  readonly subject?: string | null;
  readonly scenario?: string | null;
}

/** The system, what is shown of it, and how many findings there are. */
export function header(picked: (pick: Pick) => void, looked: (lens: Lens | null) => void, lens: Lens | null) {
  const system = html('h1');
  const view = picker('View', (id) => picked({ view: id }));
  const subject = picker('Subject', (name) => picked({ subject: name }));
  const scenario = picker('Scenario', (name) => picked({ scenario: name || null }));
  const numbers = picker('Numbers', (id) => looked((id || null) as Lens | null));
  numbers.update([['', 'Key figures'], ...LENSES], lens ?? '');
  const counts = html('p', { class: 'counts' });
  const element = html('header', {}, system, view.element, subject.element, scenario.element, numbers.element, counts);
  return {
    element,
    update({ system: name, views, scenarios, scenario: current, counts: found, model }: ViewResponse): void {
      system.textContent = name;
      system.title = name;
      view.update(
        views.map(({ id, title }) => [id, title] as const),
        model.view,
      );
      subject.update(
        model.subjects.map((text) => [text, text] as const),
        model.subject ?? '',
      );
      subject.element.hidden = model.subjects.length < 2;
      scenario.update([['', 'As written'], ...scenarios.map((text) => [text, text] as const)], current ?? '');
      numbers.element.hidden = !model.nodes.some(({ lenses }) => lenses);
      counts.replaceChildren(...countsOf(found));
    },
  };
}

type Options = readonly (readonly [value: string, text: string])[];

/** A list to pick from. Its options change only when they differ, so that an open list stays open. */
function picker(name: string, picked: (value: string) => void) {
  const select = html('select', { 'aria-label': name });
  const element = html('span', { class: 'picker' }, select);
  let shown = '';
  select.addEventListener('change', () => picked(select.value));
  return {
    element,
    update(options: Options, value: string): void {
      const key = JSON.stringify(options);
      if (key !== shown) select.replaceChildren(...options.map(([id, text]) => html('option', { value: id }, text)));
      shown = key;
      select.value = value;
      select.title = options.find(([id]) => id === value)?.[1] ?? '';
    },
  };
}

function countsOf({ errors, warnings, infos }: ViewResponse['counts']): Node[] {
  const count = (severity: 'error' | 'warning' | 'info', number: number) =>
    html('span', { title: `${number} ${severity}${number === 1 ? '' : 's'}` }, marker(severity), ` ${number}`);
  const found = [
    ...(errors ? [count('error', errors)] : []),
    ...(warnings ? [count('warning', warnings)] : []),
    ...(infos ? [count('info', infos)] : []),
  ];
  return found.length > 0 ? found : [html('span', { class: 'soft' }, 'No findings')];
}
