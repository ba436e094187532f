import type { WireTarget, WireView } from '#server/protocol.ts';
import { html, marker } from './dom.ts';

type Table = WireView['tables'][number];

/** The exact figures under or beside the diagram; a row with a place in the text leads there. */
export function table(
  { title, columns, rows }: Table,
  reveal: (target: WireTarget, focus: boolean) => void,
): HTMLElement {
  const numeric = columns.map((column) => (column.numeric ? 'numeric' : null));
  // a table of words is said by its title
  const silent = title !== '' && !columns.some((column) => column.numeric);
  const head = columns.map((column, i) => html('th', { scope: 'col', class: numeric[i] }, column.title));
  const body = rows.map((row) => {
    const [first = '', ...rest] = row.cells;
    const name = row.target ? link(first, row.target, reveal) : first;
    return html(
      'tr',
      {},
      html('th', { scope: 'row' }, row.severity && marker(row.severity), row.severity && ' ', name),
      ...rest.map((cell, i) => html('td', { class: numeric[i + 1] }, cell)),
    );
  });
  return html(
    'section',
    { class: 'table' },
    title !== '' && html('h2', {}, title),
    html(
      'table',
      { 'aria-label': title || columns[0]?.title || 'Figures' },
      html('thead', { class: silent ? 'unseen' : null }, html('tr', {}, ...head)),
      html('tbody', {}, ...body),
    ),
  );
}

/** Opens the declaration: a click leaves the focus here, a double click and Ctrl+Enter take it along. */
function link(text: string, target: WireTarget, reveal: (target: WireTarget, focus: boolean) => void): HTMLElement {
  const button = html('button', { type: 'button', class: 'link' }, text);
  button.addEventListener('click', (event) => {
    if (event.detail < 2) reveal(target, event.ctrlKey || event.metaKey);
  });
  button.addEventListener('dblclick', () => reveal(target, true));
  return button;
}
