import type { Span } from '../model/design.ts';
import { partsOf as inOrder } from './frame.ts';
import { nodeLabel, nodeLines, participantLines, titleLine } from './label.ts';
import { diagramId } from './mermaid.ts';
import type { DiagramNode, Group, Participant, Target, ViewModel } from './view.ts';

/**
 * A view model as it goes to the panel (`WireView` in the server's protocol): texts as they are drawn, ids as they are
 * printed, and targets as places in a file. `rangeOf` turns a span into such a place.
 */
export function toWire<Place extends object>(model: ViewModel, rangeOf: (span: Span) => Place) {
  const place = ({ name, span }: Target) => ({ name, ...rangeOf(span) });
  /** Leaves out what is absent, so that two equal views are equal as JSON. */
  const located = <T extends { readonly target?: Target }>({ target, ...rest }: T) => ({
    ...rest,
    ...(target ? { target: place(target) } : {}),
  });
  const { view, title, description, summary, diagram, waterfall, timeline, tables, subjects, subject, legend } = model;
  return {
    view,
    title,
    description,
    summary,
    empty: diagram.type === 'empty' ? diagram.text : null,
    nodes: partsOf(model).map(located),
    waterfall: waterfall ? { ...waterfall, rows: waterfall.rows.map(located) } : null,
    timeline: timeline ?? null,
    tables: tables.map((table) => ({ ...table, rows: table.rows.map(located) })),
    subjects,
    subject,
    legend,
  };
}

type Part = Pick<DiagramNode, 'id' | 'lines' | 'role' | 'severity' | 'muted' | 'target' | 'opens' | 'lenses'> & {
  readonly label: string;
};

/** Everything in the diagram that has an id, in reading order: a group before its members. */
function partsOf({ diagram }: ViewModel): Part[] {
  if (diagram.type === 'empty') return [];
  if (diagram.type === 'sequence') return diagram.participants.map(participant);
  return inOrder(diagram).flatMap((drawn) =>
    'nodes' in drawn ? [groupPart(drawn), ...drawn.nodes.map((node) => part(node, drawn.nodes.length))] : [part(drawn)],
  );
}

function part({ id, role, severity, muted, target, opens, lenses, lines }: DiagramNode, neighbours?: number) {
  const state = {
    ...(severity ? { severity } : {}),
    ...(muted ? { muted } : {}),
    ...(opens ? { opens } : {}),
    ...(lenses ? { lenses } : {}),
  };
  return {
    id: diagramId(id),
    lines: nodeLines({ lines, severity }, neighbours),
    role,
    label: nodeLabel({ lines, severity }),
    ...state,
    target,
  };
}

function participant({ id, name, role, severity, target }: Participant) {
  const lines = participantLines({ name, severity });
  return {
    id: diagramId(id),
    lines,
    role,
    label: nodeLabel({ lines: [name], severity }),
    ...(severity ? { severity } : {}),
    target,
  };
}

function groupPart({ id, title, target, opens }: Group) {
  return {
    id: diagramId(id),
    lines: [titleLine(title)],
    role: 'group',
    label: nodeLabel({ lines: [title] }),
    ...(opens ? { opens } : {}),
    target,
  };
}
