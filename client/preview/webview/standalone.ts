import { svg } from './dom.ts';

/** Space around what is exported, in pixels. */
const MARGIN = 12;

/**
 * Pictures that stand in the page, below each other, as one SVG that needs no style sheet: what their look is made of is
 * written on each element. The same pictures in the same theme give the same bytes.
 */
export function standalone(pictures: readonly SVGSVGElement[], title: string, description: string): string {
  const colour = painter();
  const sizes = pictures.map((picture) => [picture.width.baseVal.value, picture.height.baseVal.value] as const);
  const width = Math.ceil(Math.max(...sizes.map(([w]) => w))) + 2 * MARGIN;
  const root = svg('svg', { role: 'img' }, svg('title', {}, title), svg('desc', {}, description));
  const ground = svg('rect', {
    width: '100%',
    height: '100%',
    fill: colour(getComputedStyle(document.body).backgroundColor).fill,
  });
  root.append(ground);
  let top = MARGIN;
  for (const [i, picture] of pictures.entries()) {
    const [w, h] = sizes[i]!;
    const [x, viewBox] = [Math.round((width - w) / 2), picture.getAttribute('viewBox')];
    const place = svg('svg', { x, y: top, width: w, height: h, viewBox });
    for (const child of picture.children) place.append(...copied(child, colour));
    root.append(place);
    top += Math.ceil(h) + MARGIN;
  }
  const size = { width, height: top, viewBox: `0 0 ${width} ${top}` };
  for (const [name, value] of Object.entries(size)) root.setAttribute(name, String(value));
  return `${new XMLSerializer().serializeToString(root)}\n`;
}

/** What a style sheet may decide, and the value that an element has which nothing says otherwise of. */
const LOOKS: readonly (readonly [name: string, initial: string, inherited: boolean])[] = [
  ['fill', 'rgb(0, 0, 0)', true],
  ['stroke', 'none', true],
  ['stroke-width', '1px', true],
  ['stroke-dasharray', 'none', true],
  ['stroke-linecap', 'butt', true],
  ['stroke-linejoin', 'miter', true],
  ['opacity', '1', false],
  ['fill-opacity', '1', true],
  ['stroke-opacity', '1', true],
  ['paint-order', 'normal', true],
  ['font-family', '', true],
  ['font-size', '', true],
  ['font-style', 'normal', true],
  ['font-weight', '400', true],
  ['letter-spacing', 'normal', true],
  ['rx', 'auto', false],
  ['text-anchor', 'start', true],
  ['dominant-baseline', 'auto', true],
];

/** What places an element, refers to others, or is what it shows: all else is of the page, or said by its look. */
const KEPT =
  /^(id|x|y|[xy][12]|dx|dy|c[xy]|r|r[xy]|width|height|d|points|transform|viewBox|marker-(start|mid|end)|marker\w+|ref[XY]|orient|pattern\w+|clip-path|href|preserveAspectRatio)$/;
const DROPPED = 'style, script, .ring, .gap, .ground, :not(svg) > title, desc, foreignObject';

type Painter = ReturnType<typeof painter>;

/** A copy whose look is written on it; nothing of what is not seen. */
function copied(source: Element, colour: Painter, outer: ReadonlyMap<string, string> = INITIAL): Element[] {
  const style = getComputedStyle(source);
  if (source.matches(DROPPED) || style.display === 'none' || source.getAttribute('visibility') === 'hidden') return [];
  const copy = document.createElementNS('http://www.w3.org/2000/svg', source.localName);
  for (const { name, value } of source.attributes) if (KEPT.test(name)) copy.setAttribute(name, value);
  if (style.transform !== 'none' && !source.hasAttribute('transform')) copy.setAttribute('transform', style.transform);
  const inner = new Map(outer);
  for (const [name, initial, inherited] of LOOKS) {
    const { value, opacity } = lookOf(name, style.getPropertyValue(name), colour);
    if (value !== (inherited ? outer.get(name) : initial)) copy.setAttribute(name, value);
    if (opacity !== undefined) copy.setAttribute(`${name}-opacity`, opacity);
    if (inherited) inner.set(name, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof Element) copy.append(...copied(child, colour, inner));
    else if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
  }
  return [copy];
}

const INITIAL = new Map(LOOKS.map(([name, initial]) => [name, initial]));

function lookOf(name: string, value: string, colour: Painter): { value: string; opacity?: string } {
  if (name !== 'fill' && name !== 'stroke') return { value: value.replace(/"/g, "'") };
  if (value === 'none' || value.startsWith('url(')) return { value: value.replace(/"/g, '') };
  const { fill, opacity } = colour(value);
  return { value: fill, ...(opacity < 1 && { opacity: String(Number(opacity.toFixed(3))) }) };
}

/** Any colour of CSS as the hexadecimal one that every program reads, and its opacity. */
function painter(): (colour: string) => { fill: string; opacity: number } {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const known = new Map<string, { fill: string; opacity: number }>();
  const paint = (colour: string) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    const fill = `#${[r!, g!, b!].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    return { fill, opacity: a! / 255 };
  };
  return (colour) => {
    const found = known.get(colour) ?? paint(colour);
    known.set(colour, found);
    return found;
  };
}
