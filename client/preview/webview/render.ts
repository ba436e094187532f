import mermaid from 'mermaid';
import { html } from './dom.ts';
import { themeCSS, themeVariables } from './theme.ts';

let started = false;
let count = 0;

/**
 * Draws a text off-screen and gives the picture, not yet in the page. Throws what Mermaid throws.
 *
 * The drawing comes as a string that Mermaid's strict level has cleaned; it is read as XML, so it holds no scripts that run.
 */
export async function render(text: string, id = `diagram${++count}`): Promise<SVGSVGElement> {
  if (!started) start();
  const stage = html('div', { class: 'stage', 'aria-hidden': 'true' });
  document.body.append(stage);
  try {
    // widths and dashes of the severities come from the theme, which can change without a render
    const { svg } = await mermaid.render(id, text.replace(/^ *classDef .*\n/gm, ''), stage);
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    if (!(documentElement instanceof SVGSVGElement)) throw new Error('The diagram is not well-formed SVG.');
    return document.adoptNode(documentElement);
  } finally {
    stage.remove();
  }
}

const LOOK = { theme: 'base', look: 'classic', useMaxWidth: false } as const;

function start(): void {
  const variables = themeVariables();
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    maxTextSize: 1_000_000,
    maxEdges: 10_000,
    handDrawnSeed: 1,
    theme: 'base',
    look: 'classic',
    layout: 'dagre',
    htmlLabels: false,
    fontFamily: variables.fontFamily,
    fontSize: 12,
    themeVariables: variables,
    themeCSS,
    flowchart: {
      ...LOOK,
      minNodeWidth: 122,
      wrappingWidth: 400,
      padding: 8,
      nodeSpacing: 18,
      rankSpacing: 30,
      curve: 'rounded',
      diagramPadding: 2,
      subGraphTitleMargin: { top: 4, bottom: 8 },
    },
    sequence: {
      ...LOOK,
      width: 72,
      height: 34,
      actorMargin: 9,
      boxMargin: 6,
      boxTextMargin: 4,
      noteMargin: 6,
      messageMargin: 26,
      mirrorActors: false,
      diagramMarginX: 8,
      diagramMarginY: 8,
      actorFontSize: 12,
      actorFontWeight: 600,
      messageFontSize: 12,
      noteFontSize: 12,
      labelBoxWidth: 34,
      labelBoxHeight: 18,
      activationWidth: 8,
    },
  });
  started = true;
}
