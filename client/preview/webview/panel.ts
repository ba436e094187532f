import type { ViewResponse } from '#server/protocol.ts';
import type { ExportFormat } from '../messages.ts';
import { html } from './dom.ts';
import { header, type Pick } from './header.ts';
import type { Lens } from './lens.ts';
import { legend } from './legend.ts';
import { menu } from './menu.ts';
import { type PartActions, partsTable } from './parts.ts';
import { table as figuresTable } from './table.ts';
import { timeline } from './timeline.ts';
import { waterfall } from './waterfall.ts';
import { type WhatIfActions, whatIf } from './whatif.ts';

export interface PanelActions extends WhatIfActions, PartActions {
  pick(pick: Pick): void;
  zoom(step: 'in' | 'out' | 'reset'): void;
  export(format: ExportFormat): void;
  /** other numbers on the parts; null: the key figures */
  look(lens: Lens | null): void;
  /** the table stands in for the picture, or no longer does */
  tabled(yes: boolean): void;
}

/** Everything around the picture: who, which view, the answer in a sentence, exact figures, the legend. */
export function panel(
  root: HTMLElement,
  trail: HTMLElement,
  lens: Lens | null,
  { pick, reveal, zoom, ...actions }: PanelActions,
) {
  const head = header(pick, actions.look, lens);
  const strip = waterfall(reveal);
  const plan = timeline();
  const varied = whatIf({ reveal, ...actions });
  const viewport = html('div', { class: 'viewport' });
  const notice = html('p', { class: 'notice', role: 'status' });
  const summary = html('p', { class: 'summary' });
  const empty = html('p', { class: 'empty' });
  const tables = html('div', { class: 'tables' });
  const foot = html('div', { class: 'foot' });
  const reset = tool('Reset', 'Reset zoom (0)', () => zoom('reset'));
  const [less, more] = [tool('−', 'Zoom out (-)', () => zoom('out')), tool('+', 'Zoom in (+)', () => zoom('in'))];
  const parts = html('div', { class: 'as-table', hidden: true });
  const tabular = tool('Table', 'The picture as a table (t)', table);
  tabular.setAttribute('aria-pressed', 'false');
  const formats = EXPORTS.map(([text, format]) => ({ text, act: () => actions.export(format) }));
  const save = menu('Export ▾', 'Export', formats);
  const ask = tool('What if', 'What if: vary values without touching the text', () =>
    actions.vary(varied.element.hidden ? {} : null),
  );
  const tools = html(
    'div',
    { class: 'tools', role: 'toolbar', 'aria-label': 'Zoom and export' },
    reset,
    less,
    more,
    tabular,
    ask,
    save,
  );
  const answer = html('div', { class: 'answer' }, summary, tools);
  const picture = html('section', { class: 'picture', 'aria-label': 'Diagram' }, viewport, parts);
  const figures = html('div', { class: 'figures' }, strip.element, plan.element, tables);
  root.replaceChildren(
    head.element,
    trail,
    notice,
    answer,
    varied.element,
    empty,
    html('div', { class: 'body' }, picture, figures),
    foot,
  );

  let shown: ViewResponse | null = null;
  function table(): void {
    const yes = parts.hidden !== false;
    viewport.hidden = yes;
    parts.hidden = !yes;
    tabular.setAttribute('aria-pressed', String(yes));
    fill();
    actions.tabled(yes);
    if (yes) parts.querySelector('button')?.focus({ preventScroll: true });
  }
  function fill(): void {
    if (!parts.hidden && shown) parts.replaceChildren(partsTable(shown, { reveal, open: actions.open }));
  }

  return {
    viewport,
    /** The picture as a table, or as a picture again. */
    table,
    header: head.update,
    whatIf(response: ViewResponse): void {
      varied.update(response);
      ask.setAttribute('aria-expanded', String(!varied.element.hidden));
    },
    /** Offers the way back where the user has moved the picture. */
    moved(yes: boolean): void {
      reset.hidden = !yes;
    },
    /** One quiet line over what is shown; null takes it away. */
    notice(text: string | null): void {
      notice.hidden = text === null;
      if (notice.textContent !== text) notice.textContent = text;
    },
    figures(response: ViewResponse): void {
      const { model } = response;
      shown = response;
      fill();
      summary.replaceChildren(
        ...model.summary.map((part) => (part.strong ? html('strong', {}, part.text) : part.text)),
      );
      const [drawn, line] = [model.empty === null, model.empty ?? ''];
      empty.textContent = line;
      empty.hidden = drawn;
      picture.hidden = tools.hidden = !drawn;
      summary.hidden = !drawn && model.summary.map((part) => part.text).join('') === line;
      strip.update(model.waterfall);
      plan.update(model.timeline);
      tables.replaceChildren(...model.tables.map((data) => figuresTable(data, reveal)));
      figures.hidden = !model.waterfall && !model.timeline && model.tables.length === 0;
      foot.replaceChildren(...(model.legend.length > 0 ? [legend(model.legend)] : []));
    },
  };
}

const EXPORTS: readonly (readonly [text: string, format: ExportFormat])[] = [
  ['Save as SVG …', 'svg'],
  ['Save as PNG …', 'png'],
  ['Save as Mermaid …', 'mermaid'],
  ['Copy as Markdown', 'markdown'],
];

function tool(text: string, name: string, act: () => void): HTMLElement {
  const button = html('button', { type: 'button', title: name, 'aria-label': name }, text);
  button.addEventListener('click', act);
  return button;
}
