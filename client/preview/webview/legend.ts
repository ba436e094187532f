import type { WireView } from '#server/protocol.ts';
import { html, svg } from './dom.ts';

/** What the shapes mean: only those that occur. */
export function legend(items: WireView['legend']): HTMLElement {
  const list = items.map(({ shape, text, severity }) => {
    const sign = svg('svg', {
      class: `sign ${severity ?? ''}`,
      viewBox: '0 0 28 16',
      width: 28,
      height: 16,
      'aria-hidden': 'true',
    });
    sign.append(...(severity ? [box()] : drawn(shape)));
    return html('li', {}, sign, severity ? `${SIGNS[severity]} ${text}` : text);
  });
  return html('footer', {}, html('ul', { 'aria-label': 'Legend' }, ...list));
}

const SIGNS = { error: '✖', warning: '⚠\uFE0E', info: 'ℹ\uFE0E' };

/** The shapes in a box of 24 by 12, as Mermaid draws them. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  'h-cyl': ['M5 2h18a3 6 0 0 1 0 12h-18a3 6 0 0 1 0-12z', 'M23 2a3 6 0 0 0 0 12'],
  'bow-rect': ['M5 2h21a3 6 0 0 0 0 12h-21a3 6 0 0 1 0-12z'],
  'lean-r': ['M6 2h20l-4 12h-20z'],
  'win-pane': ['M2 2h24v12h-24z', 'M2 5h24M6 2v12'],
  'lin-cyl': ['M6 4v8c0 3 16 3 16 0v-8c0-3-16-3-16 0', 'M6 4c0 3 16 3 16 0M6 6c0 3 16 3 16 0'],
  cyl: ['M6 4v8c0 3 16 3 16 0v-8c0-3-16-3-16 0', 'M6 4c0 3 16 3 16 0'],
  datastore: ['M2 2h24M2 14h24'],
  hex: ['M6 2h16l4 6-4 6h-16l-4-6z'],
  'fr-rect': ['M2 2h24v12h-24z', 'M5 2v12M23 2v12'],
  'tag-rect': ['M2 2h24v12h-24z', 'M22 14l4-4'],
  procs: ['M6 1h20v9h-20z', 'M4 3h20v9h-20z', 'M2 5h20v9h-20z'],
  rounded: ['M5 2h18a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-18a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3z'],
  'sl-rect': ['M2 6l24-4v12h-24z'],
  stadium: ['M8 2h12a6 6 0 0 1 0 12h-12a6 6 0 0 1 0-12z'],
  'trap-b': ['M7 2h14l5 12h-24z'],
  delay: ['M2 2h18a6 6 0 0 1 0 12h-18z'],
  doc: ['M2 2h24v10c-8-4-16 6-24 2z'],
};

function drawn(shape: string): Element[] {
  if (shape === 'bar')
    return [
      svg('rect', { class: 'bar', x: 2, y: 3, width: 12, height: 10 }),
      svg('rect', { class: 'tail', x: 14, y: 3, width: 12, height: 10 }),
    ];
  if (shape === 'free') return [svg('rect', { class: 'free', x: 2, y: 3, width: 24, height: 10 })];
  if (shape === 'budget') return [svg('path', { class: 'budget', d: 'M14 1v14' })];
  return PATHS[shape]?.map((d) => svg('path', { d })) ?? [box()];
}

function box(): Element {
  return svg('rect', { x: 2, y: 2, width: 24, height: 12 });
}
