import type { ViewResponse, WireFinding, WireSets, WireTarget, WireWhatIf } from '#server/protocol.ts';
import { html, marker } from './dom.ts';
import { knobRow, type Row } from './knob.ts';

export interface WhatIfActions {
  /** null closes the panel */
  vary(sets: WireSets | null): void;
  write(as: 'text' | 'scenario'): void;
  reveal(target: WireTarget, focus: boolean): void;
}

/** The panel of what can be varied, beside what that changes. The text stays as it is until somebody says "Apply". */
export function whatIf({ vary, write, reveal }: WhatIfActions) {
  const knobs = html('div', { class: 'knobs' });
  const [reset, apply, save] = [button('Reset'), button('Apply'), button('Save as scenario …')];
  const close = button('×', 'Close "What if"');
  const outcome = html('div', { class: 'outcome', role: 'status' });
  const heading = html('div', { class: 'heading' }, html('h2', {}, 'What if'), apply, save, reset, close);
  const element = html('section', { class: 'what-if', 'aria-label': 'What if' }, heading, knobs, outcome);
  let [rows, sets, shown]: [Map<string, Row>, Record<string, string>, string] = [new Map(), {}, ''];
  element.hidden = true;

  const set = (name: string, text: string | null) => {
    if (text === null) delete sets[name];
    else sets[name] = text;
    buttonsFor(sets);
    vary({ ...sets });
  };
  reset.addEventListener('click', () => vary({}));
  close.addEventListener('click', () => vary(null));
  apply.addEventListener('click', () => write('text'));
  save.addEventListener('click', () => write('scenario'));

  function buttonsFor(now: WireSets): void {
    const none = Object.keys(now).length === 0;
    for (const each of [reset, apply, save]) each.disabled = none;
  }

  /** Knobs that stay keep their elements, and with them the focus and the hand on the slider. */
  function build({ knobs: list, hardware }: WireWhatIf): void {
    const focused = (document.activeElement as HTMLElement | null)?.getAttribute('data-knob');
    rows = new Map(list.map((knob) => [knob.name, knobRow(knob, hardware, (text) => set(knob.name, text))]));
    const subjects = [...new Set(list.map(({ subject }) => subject))];
    knobs.replaceChildren(
      ...subjects.map((subject) => {
        const members = list.filter((knob) => knob.subject === subject);
        const elements = members.map(({ name }) => rows.get(name)!.element);
        return html('fieldset', {}, html('legend', {}, subject ?? 'Parameters'), ...elements);
      }),
    );
    if (focused) knobs.querySelector<HTMLElement>(`[data-knob="${CSS.escape(focused)}"]`)?.focus();
  }

  return {
    element,
    update({ whatIf: now, scenario }: Pick<ViewResponse, 'whatIf' | 'scenario'>): void {
      const opened = element.hidden && now !== null;
      element.hidden = !now;
      if (!now) return;
      const key = JSON.stringify([scenario, now.knobs]);
      if (key !== shown) build(now);
      shown = key;
      sets = { ...now.sets };
      for (const [name, row] of rows) row.update(now.sets[name] ?? null, now.problems[name] ?? null);
      buttonsFor(now.sets);
      apply.textContent = scenario ? `Apply to ${scenario}` : 'Apply';
      outcome.replaceChildren(...outcomeOf(now, reveal));
      if (opened) knobs.querySelector<HTMLElement>('input, select')?.focus();
    },
  };
}

function outcomeOf({ knobs, sets, figures, appeared, vanished }: WireWhatIf, reveal: WhatIfActions['reveal']): Node[] {
  if (knobs.length === 0)
    return [
      html('p', { class: 'soft' }, 'Nothing to vary yet: a `param`, replicas, hardware and batches appear here.'),
    ];
  if (Object.keys(sets).length === 0)
    return [
      html('p', { class: 'soft' }, 'Move a slider: figures before and after appear here, and the text stays as it is.'),
    ];
  if (figures.length + appeared.length + vanished.length === 0)
    return [html('p', { class: 'soft' }, 'This changes no figure and no finding.')];
  const [first, rest] = [figures.filter((f) => f.headline), figures.filter((f) => !f.headline)];
  const more = html('details', {}, html('summary', {}, `${rest.length} more figures`), table(rest, reveal));
  return [
    ...findings('New findings', appeared, reveal),
    ...findings('No longer found', vanished, reveal),
    ...(first.length > 0 ? [table(first, reveal)] : []),
    ...(rest.length > 0 ? [more] : []),
  ];
}

function findings(title: string, list: readonly WireFinding[], reveal: WhatIfActions['reveal']): Node[] {
  if (list.length === 0) return [];
  const items = list.map(({ severity, message, target }) => {
    const link = html('button', { type: 'button', class: 'link' }, message.replaceAll('`', ''));
    link.addEventListener('click', ({ detail }) => reveal(target, detail > 1));
    return html('li', {}, marker(severity), link);
  });
  return [html('h3', {}, title), html('ul', {}, ...items)];
}

function table(figures: WireWhatIf['figures'], reveal: WhatIfActions['reveal']): HTMLElement {
  const head = ['Figure', 'Now', 'What if', 'Change'].map((title, i) =>
    html('th', { scope: 'col', class: i ? 'numeric' : null }, title),
  );
  const rows = figures.map(({ name, title, before, after, change, target }) => {
    const link = html('button', { type: 'button', class: 'link' }, name);
    link.addEventListener('click', ({ detail }) => reveal(target, detail > 1));
    const cells = [before ?? 'none', after ?? 'none', change ?? ''].map((cell) =>
      html('td', { class: 'numeric' }, cell),
    );
    return html('tr', {}, html('th', { scope: 'row' }, link, html('span', { class: 'soft' }, ` ${title}`)), ...cells);
  });
  return html(
    'table',
    { 'aria-label': 'Figures before and after' },
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...rows),
  );
}

function button(text: string, name?: string): HTMLButtonElement {
  return html('button', { type: 'button', title: name, 'aria-label': name }, text);
}
