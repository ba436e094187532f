/** Elements without HTML from strings: a text is never read as markup. */

type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
type Child = Node | string | null | undefined | false;

const SVG = 'http://www.w3.org/2000/svg';

export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Sets attributes; null, undefined and false take one away, true sets an empty one. */
export function assign(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

function fill<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  assign(element, attributes);
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** The sign of a severity, as a screen reader says it: the sign itself is decoration. */
export function marker(severity: 'error' | 'warning' | 'info'): HTMLElement {
  const sign = { error: '✖', warning: '⚠\uFE0E', info: 'ℹ\uFE0E' }[severity];
  return html(
    'span',
    { class: `marker ${severity}` },
    html('span', { 'aria-hidden': 'true' }, sign),
    html('span', { class: 'unseen' }, `${severity}:`),
  );
}

/** Calls back when an element's width has changed, after the frame: setting a height there does not observe itself. */
export function onWidth(element: Element, act: () => void): void {
  let width = -1;
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    requestAnimationFrame(act);
  }).observe(element);
}
