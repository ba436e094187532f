/** View models built by hand, as the views build them from a design. The figures are illustrative. */
import type { Anchor } from '../../language/model/design.ts';
import type { DiagramNode, Edge, Group, Shape, Target, ViewModel } from '../../language/views/view.ts';

const DOCUMENT: Anchor = { uri: 'file:///fraud.mlsys', offset: 0 };
const names: string[] = [];

/** Every name stands on a line of its own, which is its place in this list. */
export function target(name: string): Target {
  if (!names.includes(name)) names.push(name);
  const start = 100 * names.indexOf(name);
  return { name, span: { at: DOCUMENT, start, end: start + name.length } };
}

export function node(
  id: string,
  shape: Shape,
  role: string,
  text: string,
  more: Partial<DiagramNode> = {},
): DiagramNode {
  return { id, shape, role, lines: text.split('|'), target: target(id.slice(id.indexOf('_') + 1)), ...more };
}

export function group(id: string, title: string, ...nodes: DiagramNode[]): Group {
  return { id, title, nodes };
}

export function edge(from: string, to: string, line: Edge['line'] = 'arrow', label?: string): Edge {
  return { from: from.split(' '), to: to.split(' '), line, ...(label ? { label } : {}) };
}

export function model(view: string, diagram: ViewModel['diagram'], more: Partial<ViewModel> = {}): ViewModel {
  const words = { title: `CardFraud, ${view}`, description: 'A picture.', summary: [{ text: 'A picture.' }] };
  return { view, ...words, diagram, tables: [], subjects: [], subject: null, legend: [], ...more };
}

/** What a user may write anywhere. */
export const HOSTILE: readonly string[] = [
  '"]-->x',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '%%{init: {"theme":"dark"}}%%',
  '%% comment',
  'direction LR',
  'redirection  RL',
  'end',
  'class',
  'style a fill:#f00',
  'classDef x y:#1;',
  'click a call alert()',
  '__proto__',
  'constructor',
  'a & b',
  'x --> y',
  'A->>B: hi',
  '#35;',
  '&#60;',
  '&lt;b&gt;',
  '#quot;',
  '**bold** _it_ `code`',
  '`markdown`',
  '$$x^2$$',
  'a|b|c',
  '{a}',
  '(a)',
  '[a]',
  '@{ shape: x }',
  'https://example.com/?a=1&b=2',
  'www.example.com',
  "it's",
  'a\\nb',
  '\\u0041',
  'a;b',
  'ﬂ°°60¶ß',
  '<br/>',
  '</text>',
  '---',
  'title: x',
  'accTitle: x',
  'עברית ابجد',
  '\u202Eevil',
  'Überwachung',
  '決済予測モデル',
  '🦄 emoji 👩‍👩‍👧',
  'x'.repeat(5000),
  'many words '.repeat(500),
  '\u0000\u0007',
  '\uD83D',
  'wrap: x',
  'two\nlines',
];
