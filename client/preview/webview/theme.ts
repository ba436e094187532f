/**
 * How Mermaid's drawing takes its look from VS Code's theme. Mermaid computes with `themeVariables`, so these are colours as
 * they are now; what is seen comes from `themeCSS`, whose custom properties (`style.css`) follow a change of theme by
 * themselves: no diagram is rendered again for one.
 */
export const themeCSS = `
& { font-size: 12px; }
text { font-variant-numeric: tabular-nums; }

.node .label-container:not(g), .node .label-container path {
  fill: var(--node-fill); stroke: var(--node-line); stroke-width: 1.3px;
}
.node .label-container path[stroke="none"] { stroke: none; }
.node .label-container path[fill="none"] { fill: none; }
.node .label rect { fill: none; stroke: none; }
.node .label text { fill: var(--second-line); }
.node .label .text-outer-tspan:first-child > .text-inner-tspan { fill: var(--text); font-weight: 600; }
.node.error .label .text-outer-tspan:first-child > .text-inner-tspan { fill: var(--error-text); }
${severity('error', 'stroke-width: 4px')}
${severity('warning', 'stroke-width: 2px; stroke-dasharray: 7 3')}
${severity('info', 'stroke-width: 2px; stroke-dasharray: 1 3')}
.node.muted .label-container:not(g), .node.muted .label-container path:not([stroke="none"]) { stroke-dasharray: 2 4; }
.node.stale .label-container:not(g), .node.stale .label-container path:not([stroke="none"]), .stale > rect.actor {
  stroke: var(--error); stroke-dasharray: 5 3 1 3;
}
.stale .label text, .stale text.actor { font-style: italic; }

.cluster rect { fill: none; stroke: var(--group-line); stroke-width: 1px; rx: 6px; }
.cluster-label text, .cluster-label .text-inner-tspan {
  fill: var(--soft); font-weight: 600; letter-spacing: 0.3px;
}

.flowchart-link { stroke: var(--edge); stroke-width: 1.3px; }
.flowchart-link.edge-thickness-thick { stroke-width: 3px; }
.flowchart-link.edge-thickness-invisible { stroke: none; }
.marker, .arrowMarkerPath { fill: var(--edge); stroke: var(--edge); }
.edgeLabel text { fill: var(--text); }
.edgeLabel rect, .edgeLabel .background { fill: var(--ground); opacity: 1; }

rect.actor { fill: var(--node-fill); stroke: var(--node-line); stroke-width: 1.3px; }
text.actor > tspan { fill: var(--text); }
.error > text.actor > tspan { fill: var(--error-text); }
.actor-line { stroke: var(--lifeline); stroke-width: 1px; }
.messageLine0, .messageLine1 { stroke: var(--edge); stroke-width: 1.3px; }
.messageText, .loopText, .loopText > tspan { fill: var(--text); paint-order: stroke; stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; }
.noteText, .noteText > tspan, .labelText, .labelText > tspan { fill: var(--text); }
.labelText { transform: translateY(-2px); }
.note, .labelBox { fill: var(--node-fill); stroke: var(--node-line); stroke-width: 1px; }
.loopLine { stroke: var(--lifeline); stroke-width: 1px; stroke-dasharray: 2 3; fill: none; }
[id$="-arrowhead"] path, [id$="-filled-head"] path, [id$="-crosshead"] path { fill: var(--edge); stroke: var(--edge); }
`;

/** A border of its own, and the colour. */
function severity(name: string, border: string): string {
  const shapes = [
    `.node.${name} .label-container:not(g)`,
    `.node.${name} .label-container path:not([stroke="none"])`,
    `.${name} > rect.actor`,
  ];
  return `${shapes.join(', ')} { stroke: var(--${name}); ${border}; }`;
}

/** `fontFamily` decides the sizes of all nodes; the colours are what is left where `themeCSS` names nothing. */
export function themeVariables(): Record<string, string> {
  const style = getComputedStyle(document.body);
  const token = (name: string) => solid(style.getPropertyValue(`--vscode-${name}`), style.backgroundColor);
  return {
    fontFamily: style.fontFamily,
    fontSize: '12px',
    background: token('editor-background'),
    primaryColor: token('editorWidget-background'),
    primaryBorderColor: token('foreground'),
    primaryTextColor: token('foreground'),
    lineColor: token('descriptionForeground'),
    textColor: token('foreground'),
  };
}

/** Mermaid reads neither `var()` nor `color-mix()`: a pixel of the colour, over the ground, says what it looks like. */
function solid(colour: string, ground: string): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  for (const layer of [ground, colour.trim() || ground]) {
    context.fillStyle = layer;
    context.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${r}, ${g}, ${b})`;
}
