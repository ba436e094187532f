import type { ViewResponse, WireNode, WireTarget } from '#server/protocol.ts';
import { html, marker } from './dom.ts';

export interface PartActions {
  reveal(target: WireTarget, focus: boolean): void;
  open(view: string, subject?: string): void;
}

/** The picture as a table: its parts in reading order, under the titles of their groups. */
export function partsTable({ model, views }: ViewResponse, actions: PartActions): HTMLElement {
  const titleOf = (view: string) => views.find(({ id }) => id === view)?.title ?? view;
  const head = ['Part', 'What it is', 'Opens'].map((title) => html('th', { scope: 'col' }, title));
  const rows = model.nodes.map((node) => {
    const name = nameOf(node, actions);
    const into =
      node.opens &&
      opener(`${titleOf(node.opens.view)}${node.opens.subject ? ` · ${node.opens.subject}` : ''}`, node.opens, actions);
    if (node.role === 'group')
      return html('tr', { class: 'group' }, html('th', { scope: 'rowgroup', colspan: 2 }, name), html('td', {}, into));
    const sign = node.severity && marker(node.severity);
    return html(
      'tr',
      {},
      html('th', { scope: 'row' }, sign, sign && ' ', name),
      html(
        'td',
        {},
        node.lines
          .slice(1)
          .join(' · ')
          .replace(/[▰▱]+ /g, ''),
      ),
      html('td', {}, into),
    );
  });
  return html(
    'table',
    { class: 'parts', 'aria-label': model.title },
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...rows),
  );
}

function nameOf({ lines, target, role }: WireNode, { reveal }: PartActions): HTMLElement | string {
  const first = (lines[0] ?? '').replace(/^(✖|⚠\uFE0E|ℹ\uFE0E) /, '');
  const text = role === 'group' ? lines.join(' ').trim() : first;
  if (!target) return text;
  const button = html('button', { type: 'button', class: 'link' }, text);
  button.addEventListener('click', ({ detail, ctrlKey, metaKey }) => reveal(target, detail > 1 || ctrlKey || metaKey));
  return button;
}

function opener(text: string, { view, subject }: NonNullable<WireNode['opens']>, { open }: PartActions): HTMLElement {
  const button = html('button', { type: 'button', class: 'link' }, text);
  button.addEventListener('click', () => open(view, subject));
  return button;
}
