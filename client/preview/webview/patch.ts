import type { WireNode } from '#server/protocol.ts';
import { dressPart, partOf } from './dress.ts';

/** What has to be equal for two texts to differ in words, figures and findings alone: everything but what parts say. */
export function structureOf(mermaid: string): string {
  return mermaid
    .split('\n')
    .filter((line) => !/^ *(accTitle|accDescr|class [\w,]+ (error|warning|info|muted)$)/.test(line))
    .map((line) =>
      line
        .replace(
          PART,
          (_, before: string, label: string, after: string) => before + label.split('<br/>').length + after,
        )
        .replace(LABEL, (_, before: string, label: string, after = '') => before + masked(label) + after),
    )
    .join('\n');
}

/** What a node says: any words, on so many lines. */
const PART = /^( *\w+\[")(.*?)("\]@\{.*\})$/;
/** The title of a group, what a message or a note says, a lifeline's name: only their figures may change in place. */
const LABEL = /^( *(?:subgraph \w+ \["|participant \w+ as |\w+(?:->>|--\))\w+: |Note over \w+: ))(.*?)("\])?$/;

function masked(label: string): string {
  return label
    .replace(/^(✖|⚠\uFE0E|ℹ\uFE0E) /, '')
    .replace(/[▰▱]+/g, '▰')
    .replace(/\d+(?:[.,]\d+)*/g, '0');
}

/**
 * Changes texts and severities of a picture that stands on the screen. False where a text would leave its shape: then the
 * picture has to be drawn again.
 */
export function patch(picture: SVGSVGElement, nodes: readonly WireNode[], mermaid: string): boolean {
  const parts = nodes.map(({ id }) => partOf(picture, id));
  if (parts.includes(null)) return false;
  // first all changes, then all sizes: a size that is asked for after each change is worked out after each
  for (const [i, node] of nodes.entries()) dressPart(parts[i]!, node);
  if (!parts.every((part) => fits(part!))) return false;
  setTexts(picture.querySelectorAll('.messageText'), mermaid.matchAll(/^ *\w+(?:->>|--\))\w+: (.*)$/gm));
  setTexts(picture.querySelectorAll('.noteText'), mermaid.matchAll(/^ *Note over \w+: (.*)$/gm));
  return true;
}

function setTexts(elements: NodeListOf<Element>, matches: Iterable<RegExpMatchArray>): void {
  for (const [i, match] of [...matches].entries()) {
    const text = match[1]!.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    const element = elements[i]?.querySelector('tspan') ?? elements[i];
    if (element && element.textContent !== text) element.textContent = text;
  }
}

/** A label stays 6 px inside of its shape: Mermaid draws it 8 px or more inside. */
function fits(part: SVGGElement): boolean {
  const shape = part.querySelector<SVGGraphicsElement>('.label-container, rect.actor')?.getBBox();
  const text = part.querySelector<SVGGraphicsElement>('.label text, text.actor')?.getBBox();
  return !shape || !text || text.width <= shape.width - 12;
}
