import type { WireKnob } from '#server/protocol.ts';
import { assign, html } from './dom.ts';

export interface Row {
  readonly element: HTMLElement;
  /** shows a value, or with null the one that is written; `problem` says why it does not count */
  update(text: string | null, problem: string | null): void;
}

/** One value that can be varied: a slider for a number, a list for hardware, a field for whatever can be written. */
export function knobRow(knob: WireKnob, hardware: readonly string[], vary: (text: string | null) => void): Row {
  const label = knob.subject === null ? knob.name : knob.name.slice(knob.subject.length + 1);
  const id = `knob-${knob.name}`;
  const field = html('input', { type: 'text', id, 'data-knob': knob.name, spellcheck: 'false', autocomplete: 'off' });
  const parts = [
    ...(knob.slider ? [slider(knob, knob.slider, label)] : []),
    ...(knob.pool ? [picker(knob, hardware, label)] : []),
  ];
  const reset = html(
    'button',
    { type: 'button', class: 'reset', title: `Back to ${knob.text}`, 'aria-label': `${label}: back to ${knob.text}` },
    '↺',
  );
  const wrong = html('p', { class: 'wrong', id: `${id}-wrong` });
  const name = html('label', { for: id, title: knob.doc ?? knob.name }, label);
  const element = html(
    'div',
    { class: 'knob' },
    name,
    html('span', { class: 'turn' }, ...parts.map((part) => part.element)),
    field,
    reset,
    wrong,
  );

  const say = (text: string) => vary(text === knob.text ? null : text);
  for (const part of parts)
    part.listen((text) => {
      field.value = text;
      say(text);
    });
  field.addEventListener('change', () => say(field.value.trim() || knob.text));
  reset.addEventListener('click', () => {
    vary(null);
    field.focus();
  });
  return {
    element,
    update(text, problem) {
      const now = text ?? knob.text;
      // what somebody is writing is theirs until they are done
      if (document.activeElement !== field || text === null || problem === null) field.value = now;
      for (const part of parts) part.show(now);
      element.classList.toggle('varied', text !== null);
      reset.disabled = text === null;
      wrong.textContent = problem;
      wrong.hidden = problem === null;
      assign(field, { 'aria-invalid': problem !== null, 'aria-describedby': problem === null ? null : wrong.id });
    },
  };
}

interface Part {
  readonly element: HTMLElement;
  listen(said: (text: string) => void): void;
  show(text: string): void;
}

/** Positions of a slider over two orders of magnitude: each step is 4.7%, which three digits tell apart below 3, and two above. */
const STEPS = 100;

function slider(
  knob: WireKnob,
  { value, before, after, least, most, whole }: NonNullable<WireKnob['slider']>,
  label: string,
): Part {
  const [log, wide] = [!whole || most > 100, !whole];
  const input = html('input', {
    type: 'range',
    'aria-label': label,
    'data-knob': `${knob.name} slider`,
    min: log ? 0 : least,
    max: log ? STEPS : most,
    step: 1,
  });
  const textAt = (position: number): string => {
    const exact = log ? least * (most / least) ** (position / STEPS) : position;
    const rounded = wide
      ? Number(exact.toPrecision(Number(exact.toExponential()[0]) < 3 ? 3 : 2))
      : Math.round(Number(exact.toPrecision(3)));
    return `${before}${rounded}${after}`;
  };
  const positionOf = (number: number) =>
    log ? Math.round((STEPS * Math.log(number / least)) / Math.log(most / least)) : number;
  return {
    element: input,
    listen: (said) => {
      input.addEventListener('input', () => {
        // where it began, the value is as it was written
        const text = input.valueAsNumber === positionOf(value) ? knob.text : textAt(input.valueAsNumber);
        input.setAttribute('aria-valuetext', text);
        said(text);
      });
    },
    show(text) {
      const number = Number.parseFloat(text.replace(/^[^\d]*/, '').replaceAll('_', ''));
      const position = positionOf(Number.isFinite(number) ? number : value);
      if (textAt(input.valueAsNumber) !== text) input.value = String(position);
      input.setAttribute('aria-valuetext', text);
    },
  };
}

/** So many of which hardware: `4 x H100`. */
function picker({ name, pool }: WireKnob, hardware: readonly string[], label: string): Part {
  const { count, hardware: written } = pool!;
  const number = html('input', {
    type: 'number',
    min: 1,
    step: 1,
    'aria-label': `${label}, how many`,
    'data-knob': `${name} count`,
  });
  const options = [...new Set([written, ...hardware])].map((value) => html('option', { value }, value));
  const select = html('select', { 'aria-label': `${label}, which`, 'data-knob': `${name} hardware` }, ...options);
  const times = html('span', { 'aria-hidden': 'true' }, '×');
  return {
    element: html('span', { class: 'pool' }, number, times, select),
    listen: (said) => {
      const say = () => said(`${Math.max(1, Math.round(number.valueAsNumber) || count)} x ${select.value}`);
      number.addEventListener('input', () => number.value !== '' && say());
      select.addEventListener('change', say);
    },
    show(text) {
      const [, many, which] = /^(\d+)\s*[x×]\s*(\w+)$/.exec(text) ?? [];
      if (!many || !which) return;
      if (number.valueAsNumber !== Number(many)) number.value = many;
      select.value = which;
    },
  };
}
