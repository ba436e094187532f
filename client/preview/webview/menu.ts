import { html } from './dom.ts';

export interface Item {
  readonly text: string;
  act(): void;
}

let count = 0;

/** A button that opens a list of actions: arrows move in it, Escape closes it, and focus comes back to the button. */
export function menu(text: string, name: string, items: readonly Item[]): HTMLElement {
  const id = `menu${++count}`;
  const list = html('div', { class: 'menu', role: 'menu', id, 'aria-label': name, hidden: true });
  const button = html(
    'button',
    {
      type: 'button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-controls': id,
      'aria-label': name,
      title: name,
    },
    text,
  );
  const element = html('span', { class: 'menu-button' }, button, list);
  const entries = items.map((item) => {
    const entry = html('button', { type: 'button', role: 'menuitem', tabindex: -1 }, item.text);
    entry.addEventListener('click', () => {
      open(false);
      button.focus();
      item.act();
    });
    return entry;
  });
  list.append(...entries);

  function open(yes: boolean): void {
    list.hidden = !yes;
    button.setAttribute('aria-expanded', String(yes));
    if (yes) entries[0]?.focus();
  }
  button.addEventListener('click', () => open(list.hidden !== false));
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (!element.contains(relatedTarget as Node | null)) open(false);
  });
  element.addEventListener('keydown', (event) => {
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at <= 0 ? entries.length : at) - 1,
      Home: 0,
      End: entries.length - 1,
    };
    if (event.key === 'Escape' && !list.hidden) {
      open(false);
      button.focus();
    } else if (Object.hasOwn(next, event.key)) {
      if (list.hidden) open(true);
      entries[next[event.key]!]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return element;
}
