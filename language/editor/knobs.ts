import { isMissing } from '../estimate/estimate.ts';
import type { Design, Node, Span, Value } from '../model/design.ts';
import type { Document } from '../workspace.ts';

/** A value that can be varied without touching the text. */
export interface Knob {
  /** as in a scenario: `peak`, `Chat.replicas` */
  readonly name: string;
  /** the declaration that it belongs to; null for a parameter */
  readonly subject: string | null;
  /** as it counts while nothing is varied: written, or assigned by the scenario */
  readonly text: string;
  readonly doc?: string;
  readonly slider?: Slider;
  readonly pool?: { readonly count: number; readonly hardware: string };
  readonly span: Span;
}

/** A number between what stands before and behind it: `$` 20 `k/month`. */
export interface Slider {
  readonly value: number;
  readonly before: string;
  readonly after: string;
  readonly least: number;
  readonly most: number;
  /** whole numbers only */
  readonly whole: boolean;
}

/** What can be varied of a kind, where it is written; of models and features it would be another design. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  request: ['traffic'],
  serving: ['replicas', 'hardware', 'batching.max', 'utilization'],
  training: ['hardware', 'batch', 'epochs'],
  cluster: ['pool'],
};

/** Parameters first, then replicas, hardware and batches, in the order of the text. */
export function knobsOf(document: Document, scenario: string | null): readonly Knob[] {
  const { design } = document;
  const params = [...design.params.values()].map((param): Knob => {
    const text = assigned(document, scenario, param.name) ?? sourceOf(document, param.valueSpan);
    return knob(design, param.name, null, text, param.value, param.nameSpan, param.doc);
  });
  const properties = design.visible.flatMap((node) =>
    (PROPERTIES[node.kind] ?? []).flatMap((path): Knob[] => {
      const property = propertyAt(node, path);
      // a parameter has a slider of its own
      if (!property || design.params.has(sourceOf(document, property.valueSpan))) return [];
      const name = `${node.name}.${path}`;
      const text = assigned(document, scenario, name) ?? sourceOf(document, property.valueSpan);
      const found = knob(design, name, node.name, text, property.value, property.valueSpan);
      return [text === 'auto' && path === 'replicas' ? { ...found, ...chosen(document, scenario, node) } : found];
    }),
  );
  return [...params, ...properties];
}

export function propertyAt(node: Node, path: string) {
  const [head, tail] = path.split('.') as [string, string?];
  const own = node.properties.get(head);
  return tail === undefined || !own ? own : own.value.form === 'block' ? own.value.properties.get(tail) : undefined;
}

export const sourceOf = (document: Document, span: Span): string => {
  const text = document.uri === span.at.uri ? document.text : document.linesOf(span.at.uri).text;
  return text.slice(span.at.offset + span.start, span.at.offset + span.end);
};

/** What the scenario says instead; an expression such as `2 * base` is left to the text. */
function assigned(document: Document, scenario: string | null, name: string): string | undefined {
  const found = document.design.scenarios.find((s) => s.name === scenario);
  const assignment = found?.assignments.find(({ path }) => path.join('.') === name);
  return assignment && sourceOf(document, assignment.valueSpan);
}

function knob(
  design: Design,
  name: string,
  subject: string | null,
  text: string,
  value: Value,
  span: Span,
  doc?: string,
): Knob {
  const slider = sliderOf(text, value);
  const pool = poolOf(design, text);
  return { name, subject, text, span, ...(doc && { doc }), ...(slider && { slider }), ...(pool && { pool }) };
}

/** How many replicas `auto` chooses now: where a slider begins. */
function chosen(document: Document, scenario: string | null, node: Node): Pick<Knob, 'slider'> {
  const answer = document.analysis(scenario).estimate(node, 'serving.replicas');
  return isMissing(answer) ? {} : { slider: reach(Math.round(answer.value), '', '') };
}

const NUMBER = /^([$€£]?)(\d[\d_]*(?:\.\d+)?)(?:\s*([%A-Za-zµ][^\d\s]*))?$/u;

function sliderOf(text: string, value: Value): Slider | undefined {
  const [, before = '', digits, after = ''] = NUMBER.exec(text.trim()) ?? [];
  if (digits === undefined || value.form === 'pool') return undefined;
  return reach(Number(digits.replaceAll('_', '')), before, after);
}

/** A tenth to ten times a quantity, shares up to all, and counts from one. */
function reach(value: number, before: string, after: string): Slider {
  const whole = before + after === '' && Number.isInteger(value) && value > 0;
  if (after === '%') return { value, before, after, least: 1, most: Math.max(100, value), whole: value >= 1 };
  const least = whole ? 1 : value / 10;
  return { value, before, after, least, most: whole ? Math.max(10, 4 * value) : 10 * value, whole };
}

const POOL = /^(\d+)\s*[x×]\s*([A-Za-z_]\w*)$/;

function poolOf(design: Design, text: string): Knob['pool'] {
  const [, count, hardware] = POOL.exec(text.trim()) ?? [];
  if (!count || !hardware || design.lookup(hardware)?.kind !== 'hardware') return undefined;
  return { count: Number(count), hardware };
}

/** What a pool may be made of: the design's own hardware first, then the catalog's. */
export const hardwareOf = (design: Design): readonly string[] => [
  ...new Set(
    [...design.visible.filter((n) => n.kind === 'hardware'), ...design.catalog('hardware')].map((n) => n.name),
  ),
];
